// Sign-on: wake-up, request, identification, and the choice of speed (IEC 62056-21:2002, clauses 6.3.1 to
// 6.3.3 and 6.4, annex B).

internal import Line
internal import Units
internal import Wire

extension OpticalReader {
  /// Asks who is there until somebody answers.
  func signOn() throws(DialogueFailure) -> ModeCIdentification {
    link.stand(at: options.startBaud)
    if let quiet = quietUntil, quiet > link.now { link.rest(quiet - link.now) }
    quietUntil = nil
    let request = ModeCRequest.signOn(address: options.address).bytes
    var last = Heard.silence
    for attempt in 1...max(options.tries, 1) {
      if attempt > 1 {
        link.rest(options.answerWait)
        // Behind a stream somebody may stand 8N1: what one parity did not reach, the other may.
        if link.isSoftware, link.door.settings == nil, options.parity == .auto { link.addsParity.toggle() }
      }
      if options.wakesUp { wakeUp() }
      say(request)
      last = hear(after: request.count)
      if case .lost = last { break }
      if case .answer(.identification(let found)) = last {
        identification = found
        link.learnParity(from: found.raw.utf8.count + 2)
        noteLine()
        return found
      }
    }
    throw failure(of: last, awaiting: "identification")
  }

  /// Zeros for 2.2 s, then 1.6 s of rest (annex B: 2.1…2.3 s and 1.5…1.7 s).
  private func wakeUp() {
    let count = Int(2_200_000 / max(link.time(of: 1).microseconds, 1))
    link.send([UInt8](repeating: 0, count: count))
    let end = link.now + link.time(of: count) + .milliseconds(1600)
    while link.now < end, link.door.trouble == nil { _ = link.receive(until: end) }
  }

  private func noteLine() {
    if link.echoes == true, options.echo == .auto { remark("the head echoes") }
    guard link.isSoftware, options.parity == .auto, link.door.settings != nil else { return }
    remark(
      link.checksParity == false ? "the meter sends no parity" : "parity is done in software, in bit 7")
  }

  /// The speed that the reader accepts. It stays at the start speed where the meter did not keep its own.
  func chosenBaud(_ found: ModeCIdentification) -> Int {
    let proposed = found.proposedBaud ?? options.startBaud
    switch options.speed {
    case .force(let baud): return baud
    case .atMost(let most):
      return doubtsSpeed ? options.startBaud : ModeCSpeed.fastest(notAbove: min(proposed, most))
    case .proposed: return doubtsSpeed ? options.startBaud : proposed
    }
  }

  /// Sends `ACK V Z Y` and changes speed when it has left. A meter that knows no such speed gets Z of 300.
  func acknowledge(_ mode: UInt8, baud: Int, control: UInt8 = UInt8(ascii: "0")) {
    link.rest(reaction)
    let speed = ModeCSpeed.character(of: baud) ?? UInt8(ascii: "0")
    let message = ModeCRequest.option(control: control, speed: speed, mode: mode).bytes
    say(message)
    guard baud != link.baud else { return }
    left += link.awaitEcho()
    if options.baudChangeDelay > .zero { restAfterSending(message.count) }
    link.stand(at: baud)
  }

  /// The echo of the last message comes at the old speed; a meter's answer only after the reaction time.
  private func restAfterSending(_ count: Int) {
    let end = link.now + link.time(of: count) + options.baudChangeDelay
    while link.now < end {
      let codes = link.receive(until: end)
      left += codes
      if codes.isEmpty { break }
    }
  }

  /// Modes A and B tell their list by themselves, after the identification; C and E want an acknowledgement.
  func modeOf(_ found: ModeCIdentification) -> OpticalOptions.Mode {
    if options.mode != .auto { return options.mode }
    guard found.proposedBaud != nil else { return .a }
    return found.isModeB ? .b : .c
  }

  func modeEOnce() throws(DialogueFailure) -> Int {
    let found = try signOn()
    let baud = chosenBaud(found)
    let two = UInt8(ascii: "2")
    link.rest(reaction)
    let speed = ModeCSpeed.character(of: baud) ?? UInt8(ascii: "0")
    let message = ModeCRequest.option(control: two, speed: speed, mode: two).bytes
    say(message)
    do { return try agreed(on: message) } catch {
      guard !found.offersModeE, error.kind.isWorthAnotherTry else { throw error }
      throw failure(.refused, "the meter offers no HDLC, and did not take it")
    }
  }

  /// The same six characters come back at the start speed. A first character of another kind is another
  /// mode's.
  private func agreed(on message: [UInt8]) throws(DialogueFailure) -> Int {
    let two = UInt8(ascii: "2")
    var answer: [UInt8] = []
    var patience = link.now + link.time(of: message.count) + options.answerWait
    while answer.count < message.count {
      let codes = link.receive(until: patience)
      guard !codes.isEmpty else { break }
      answer += codes.drop { answer.isEmpty && $0 != ModeCText.ack && $0 != ModeCText.stx }
      guard answer.first != ModeCText.stx else {
        throw failure(.refused, "the meter lists instead of changing to HDLC")
      }
      patience = link.now + options.characterGap
    }
    if let trouble = link.door.trouble { throw failure(.port, trouble) }
    guard !answer.isEmpty else { throw failure(.silence, "no answer to the choice of mode E") }
    guard answer.count >= message.count, answer[1] == two, answer[3] == two,
      let agreed = ModeCSpeed.baud(of: answer[2])
    else { throw failure(.unexpected, "the answer to the choice of mode E is another") }
    link.stand(at: agreed, binary: true)
    return agreed
  }
}
