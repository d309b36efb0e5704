// A reader's HDLC over a door: IEC 62056-46:2002. The primary station says what may be said; here lies the
// waiting, the asking again, and the one failure that stands for whatever went wrong.

public import Line
public import Units
internal import Wire

/// Carries PDUs over HDLC. The door stands at the meter's speed, 8N1, or `signOn` brings it there.
public final class HDLCChannel: PDUChannel {
  public let rules: HDLCRules
  public let protection = MeterValue.Protection.checked
  public private(set) var remarks: [String] = []

  private let door: any Door
  private let signOn: ((any Door) throws(DialogueFailure) -> Void)?
  private var primary: HDLCPrimary
  private var echo: EchoFilter
  /// Heard and not yet looked at.
  private var left: ArraySlice<UInt8> = []
  private var deadline = Instant.epoch
  private var repeated = 0

  /// `signOn` is called by `open` before SNRM: mode E of IEC 62056-21, or nothing.
  public init(
    door: any Door, rules: HDLCRules = HDLCRules(),
    signOn: ((any Door) throws(DialogueFailure) -> Void)? = nil
  ) {
    (self.door, self.rules, self.signOn) = (door, rules, signOn)
    primary = HDLCPrimary(client: rules.client, server: rules.server, parameters: rules.parameters)
    echo = EchoFilter(rules.echo)
  }

  public var now: Instant { door.now }

  // MARK: The channel

  public func open() throws(DialogueFailure) {
    try signOn?(door)
    primary = HDLCPrimary(client: rules.client, server: rules.server, parameters: rules.parameters)
    (left, repeated) = ([], 0)
    door.flush()
    let event = try converse(primary.connect(), about: "SNRM")
    guard case .connected(let agreed) = event else { throw failure(.unexpected, "no UA came to SNRM") }
    remarks.append(
      "HDLC with \(rules.server): \(agreed.transmitBytes)/\(agreed.receiveBytes) bytes to a frame, window "
        + "\(agreed.transmitWindow)/\(agreed.receiveWindow)")
  }

  public func exchange(_ pdu: [UInt8]) throws(DialogueFailure) -> [UInt8] {
    let first: [UInt8]
    do throws(HDLCFault) {
      first = try primary.ask(pdu)
    } catch {
      throw failure(.unexpected, "the data link does not stand: \(error)")
    }
    let event = try converse(first, about: "a request")
    guard case .pdu(let answer) = event else { throw failure(.unexpected, "no PDU came to a request") }
    return answer
  }

  public func close() {
    defer { noteRepeats() }
    guard primary.state != .disconnected else { return }
    // One repeat, and no word of a failure: nothing hangs on it any more.
    do throws(DialogueFailure) {
      _ = try converse(primary.disconnect(), about: "DISC", repeats: min(1, rules.repeats))
    } catch {
      return
    }
  }

  private func noteRepeats() {
    if echo.echoes == true { remarks.append("the head echoes") }
    if repeated > 0 { remarks.append("\(repeated) commands were repeated") }
  }

  // MARK: One command and all that follows of it

  /// What has been heard since the last progress, for the failure.
  private struct Impression {
    var bytes = 0
    var fault: HDLCFault?
    var isBusy = false
  }

  /// Says some frames and goes on until the primary has what was wanted or patience is over.
  private func converse(
    _ frames: [UInt8], about what: String, repeats: Int? = nil
  ) throws(DialogueFailure) -> HDLCPrimary.Event {
    var chances = repeats ?? rules.repeats
    var progress = primary.progress
    var impression = Impression()
    say(frames)
    while true {
      let events = try hear(&impression)
      if primary.progress != progress {
        progress = primary.progress
        chances = repeats ?? rules.repeats
        impression = Impression()
      }
      for event in events {
        if let end = try take(event, &impression, &chances, about: what) { return end }
      }
      let isMidFrame = !primary.isBetweenFrames && door.now < deadline + rules.longestAnswer
      guard left.isEmpty, door.now >= deadline, !isMidFrame else { continue }
      guard chances > 0 else { throw failure(after: impression, about: what) }
      chances -= 1
      repeated += 1
      say(primary.askAgain())
    }
  }

  private func say(_ frames: [UInt8]) {
    echo.sent(frames)
    door.write(frames)
    let wire = door.settings?.time(ofCharacters: frames.count) ?? .zero
    deadline = door.now + wire + rules.firstByte
  }

  /// Waits for as many bytes as a frame needs at least; what is wrong with them is noted.
  private func hear(_ impression: inout Impression) throws(DialogueFailure) -> [HDLCPrimary.Event] {
    if left.isEmpty {
      let patience = primary.isBetweenFrames ? max(deadline, door.now) : door.now + rules.betweenBytes
      let heard = door.wait(for: primary.wantedBytes, first: patience, between: rules.betweenBytes)
      guard !heard.isEmpty else {
        // A lost line is silent at once, not after the meter's time.
        if let trouble = door.trouble { throw failure(.port, trouble) }
        return primary.silence()
      }
      impression.bytes += heard.count
      left = echo.strip(heard)[...]
    }
    return primary.hear(&left).map { [$0] } ?? []
  }

  /// What an event comes to: an end, or more to do.
  private func take(
    _ event: HDLCPrimary.Event, _ impression: inout Impression, _ chances: inout Int, about what: String
  ) throws(DialogueFailure) -> HDLCPrimary.Event? {
    switch event {
    case .connected, .pdu, .disconnected: return event
    case .say(let frames): try sayOn(frames, impression, &chances, about: what)
    case .busy: impression.isBusy = true
    case .passedOver(let fault): impression.fault = fault ?? impression.fault
    case .failed(.disconnectedMode): throw failure(.refused, "the meter answered DM to \(what)")
    case .failed(.rejected(let why)):
      let reasons = why.map { ", reasons \($0.reasons.rawValue)" } ?? ""
      throw failure(.refused, "the meter answered FRMR to \(what)\(reasons)")
    case .failed(.fault(let fault)): throw failure(.unexpected, "\(fault), in answer to \(what)")
    }
    return nil
  }

  /// The next segments, or the same once more: only what gets the dialogue on is free.
  private func sayOn(
    _ frames: [UInt8], _ impression: Impression, _ chances: inout Int, about what: String
  ) throws(DialogueFailure) {
    guard chances > 0 else { throw failure(after: impression, about: what) }
    chances -= 1
    say(frames)
  }

  // MARK: Failures

  private func failure(_ kind: DialogueFailure.Kind, _ detail: String) -> DialogueFailure {
    DialogueFailure(kind, detail, at: door)
  }

  private func failure(after impression: Impression, about what: String) -> DialogueFailure {
    guard impression.bytes > 0 else { return failure(.silence, "no answer to \(what)") }
    if impression.isBusy { return failure(.silence, "the meter acknowledged \(what) and answered nothing") }
    guard let fault = impression.fault else {
      return failure(.unexpected, "no frame that came was an answer to \(what)")
    }
    let kind: DialogueFailure.Kind =
      switch fault {
      case .headerCheck, .frameCheck: .checksum
      case .cutShort: .incomplete
      case .noise, .format, .length, .address, .closingFlag: .unreadable
      default: .unexpected
      }
    return failure(kind, "\(fault), in answer to \(what)")
  }
}
