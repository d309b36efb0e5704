// A settlement core of the user's own in place of ours: a case goes out as one line of JSON, an outcome comes
// back as one. Whatever else happens is a finding with evidence: what was sent, what came, how the program
// ended, what it complained of. It is never a hang, and never a crash of ours.
//
//   → {"hello":"backspin","version":1}            ← {"hello":"my core","version":1}
//   → {"id":"1","case":{…}}                       ← {"id":"1","outcome":{…}}
//                                                 or {"id":"1","error":"why there is none"}

internal import Scenario
public import Settlement
public import Units

/// A target behind a peer. One thread at a time may use it; it starts its peer when it is first needed, keeps
/// it from case to case, and starts another after a failure.
public final class ExternalTarget: Target {
  /// Bytes that an answer may have: years of half-hours of one meter, with room (our limit).
  public static let longestAnswer = 64_000_000

  private static let longestGreeting = 65_536

  private let patience: TimeSpan
  private let longest: Int
  private let start: () throws -> any TargetPeer
  private var peer: (any TargetPeer)?
  private var count = 0
  /// Why it cannot even be greeted: asking again for each case would only take time.
  private var hopeless: TargetFailure?

  /// - Parameters:
  ///   - patience: how long each answer may take.
  ///   - longest: bytes that an answer may have.
  ///   - start: starts the program.
  public init(
    patience: TimeSpan, longest: Int = ExternalTarget.longestAnswer,
    start: @escaping () throws -> any TargetPeer
  ) {
    (self.patience, self.longest, self.start) = (patience, longest, start)
  }

  deinit { _ = peer?.end() }

  public func settle(_ one: SettlementCase) throws(TargetFailure) -> Outcome {
    let peer = try greeted()
    count += 1
    let request = JSONText.object([("id", .text("\(count)")), ("case", TargetJSON.write(one))]).compact
    let answer = try ask(peer, request, longest: longest)
    do {
      return try Answer.outcome(answer, id: "\(count)", of: one)
    } catch {
      if error.isRefusal {
        throw TargetFailure(error.message, evidence: evidence(request, Array(answer.utf8)))
      }
      throw failure(error.message, peer, sent: request, came: Array(answer.utf8))
    }
  }

  /// The peer, started and greeted.
  private func greeted() throws(TargetFailure) -> any TargetPeer {
    if let hopeless { throw hopeless }
    if let peer { return peer }
    do throws(TargetFailure) {
      let fresh = try started()
      let hello = JSONText.object([
        ("hello", .text("backspin")), ("version", .whole(TargetJSON.version)),
      ]).compact
      let answer = try ask(fresh, hello, longest: min(longest, Self.longestGreeting))
      do throws(AnswerFault) { try Answer.greeting(answer) } catch {
        throw failure(error.message, fresh, sent: hello, came: Array(answer.utf8))
      }
      peer = fresh
      return fresh
    } catch {
      hopeless = error
      throw error
    }
  }

  private func started() throws(TargetFailure) -> any TargetPeer {
    do { return try start() } catch { throw TargetFailure("\(error)") }
  }

  private func ask(
    _ peer: any TargetPeer, _ request: String, longest: Int
  ) throws(TargetFailure) -> String {
    let (bytes, trouble) = peer.ask(Array(request.utf8), within: patience, longest: longest)
    if let trouble { throw failure(trouble, peer, sent: request, came: bytes, isWhole: false) }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw failure("its answer is not UTF-8 text", peer, sent: request, came: bytes)
    }
    return text
  }

  /// Ends the peer and says what is known of its failure.
  private func failure(
    _ message: String, _ peer: any TargetPeer, sent: String, came: [UInt8], isWhole: Bool = true
  ) -> TargetFailure {
    let (status, errors) = peer.end()
    self.peer = nil
    var lines = evidence(sent, came, isWhole: isWhole)
    lines.append("the program: \(status)")
    let complaints = errors.split(whereSeparator: \.isNewline).suffix(8)
    if !complaints.isEmpty { lines.append("its standard error ends:") }
    return TargetFailure(
      message, evidence: lines + complaints.map { "  " + Self.shown($0.utf8, first: 200, last: 120) })
  }

  private func evidence(_ sent: String, _ came: [UInt8], isWhole: Bool = true) -> [String] {
    let what = came.isEmpty && !isWhole ? "nothing" : Self.shown(came, first: 300, last: 120)
    return [
      "sent (\(sent.utf8.count) bytes): \(Self.shown(sent.utf8, first: 160, last: 60))",
      "came (\(came.count) bytes\(isWhole ? "" : ", no whole line")): \(what)",
    ]
  }

  /// The beginning and the end of some bytes as one printable line.
  private static func shown(_ bytes: some Collection<UInt8>, first: Int, last: Int) -> String {
    func printable(_ part: some Sequence<UInt8>) -> String {
      String(decoding: Array(part), as: UTF8.self).unicodeScalars.map { scalar in
        scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) ? "\u{00B7}" : String(scalar)
      }.joined()
    }
    guard bytes.count > first + last + 1 else { return printable(bytes) }
    return printable(bytes.prefix(first)) + " … " + printable(bytes.suffix(last))
  }
}
