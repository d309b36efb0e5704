// Waiting for one message: the first character within the reaction limit, each further one within the
// inter-character limit (IEC 62056-21:2002, clause 6.4.3).

internal import Line
internal import Units
internal import Wire

extension OpticalReader {
  /// What a wait gave.
  enum Heard {
    case answer(ModeCAnswer)
    /// Nothing at all.
    case silence
    /// Characters, but no message.
    case noise(Int)
    /// The line is lost, in the system's own word.
    case lost(String)
  }

  /// Sends a message; what came before it counts no more.
  func say(_ bytes: [UInt8]) {
    (left, decoder) = ([], ModeCAnswerDecoder())
    link.flush()
    link.send(bytes)
  }

  /// The next message, an echoed request passed over. Counted from the end of what was sent last. Where no
  /// ACK can be an answer, one is what an echoing head left of the reader's own.
  func hear(after sent: Int = 0, extra: TimeSpan = .zero, awaitsBlock: Bool = false) -> Heard {
    var patience = link.now + link.time(of: sent) + options.answerWait + extra
    // Noise must not hold a reader for ever.
    let end = patience + Self.longestNoise
    while true {
      while let code = left.popFirst() {
        guard let answer = decoder.take(code) else { continue }
        if answer == .echoedRequest || awaitsBlock && answer == .acknowledge { continue }
        return .answer(answer)
      }
      let isWithinMessage = !decoder.isIdle
      let codes = link.receive(until: isWithinMessage ? patience : min(patience, end))
      guard !codes.isEmpty else {
        if let trouble = link.door.trouble { return .lost(trouble) }
        if let cut = decoder.silence() { return .answer(cut) }
        return decoder.noise > 0 ? .noise(decoder.noise) : .silence
      }
      left = codes[...]
      patience = link.now + options.characterGap
    }
  }

  /// A fault of a message, as a failure.
  func failure(of fault: ModeCFault, in what: String) -> DialogueFailure {
    switch fault {
    case .check(let expected, let received):
      failure(.checksum, "\(what): the block check is \(hex(received)), not \(hex(expected))")
    case .tooLong(let bytes): failure(.unreadable, "\(what): no end after \(bytes) characters")
    case .identification: failure(.unreadable, "\(what): no identification")
    case .command: failure(.unreadable, "\(what): no command")
    case .grammar(let at): failure(.unreadable, "\(what): no data block, from character \(at) on")
    case .cutShort(let received): failure(.incomplete, "\(what): broken off after \(received) characters")
    }
  }

  /// Why there is no message where one should be.
  func failure(of heard: Heard, awaiting what: String) -> DialogueFailure {
    switch heard {
    case .silence: failure(.silence, "no \(what) came")
    case .lost(let trouble): failure(.port, trouble)
    case .noise(let count): failure(.unreadable, "\(count) characters came that are no \(what)")
    case .answer(.refused(let fault)): failure(of: fault, in: what)
    case .answer(.command(let command)) where command.isSignOff:
      failure(.refused, "the meter signed off where its \(what) should come")
    case .answer(.refusal): failure(.refused, "the meter answered NAK where its \(what) should come")
    case .answer: failure(.unexpected, "another message came than the \(what)")
    }
  }

  /// Our assumption: beyond it, noise alone is a broken line.
  private static let longestNoise = TimeSpan.seconds(20)

  private func hex(_ byte: UInt8) -> String {
    (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
  }
}
