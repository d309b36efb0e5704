// The programming mode: IEC 62056-21:2002, clauses 6.4.3, 6.4.6 and 6.4.7. A command whose check is wrong is
// answered with NAK; one in a wrong place with the maker's error text.

internal import Units

extension ModeCStation {
  func execute(_ command: ModeCCommand, at instant: Instant) {
    guard case .programming(let level) = phase else {
      if command.isSignOff, phase == .listed { goIdle(at: instant) }
      return
    }
    patience = instant + manners.inactivity
    switch command.letter {
    case UInt8(ascii: "B"):
      dropPlans()
      goIdle(at: instant)
    case UInt8(ascii: "P"): password(command, level: level, at: instant)
    default: answer(command, level: level, at: instant)
    }
  }

  private func password(_ command: ModeCCommand, level: Int, at instant: Instant) {
    guard let access = manners.access else { return }
    if let end = lockedUntil, instant < end { return error(access.lockedText, at: instant) }
    lockedUntil = nil
    let given = Self.inBrackets(command.data ?? [])
    let match = access.passwords.first { $0.number == command.number && Array($0.text.utf8) == given }
    if let match {
      wrongPasswords = 0
      phase = .programming(level: max(level, match.level))
      reply([ModeCText.ack], at: instant)
      return
    }
    wrongPasswords += 1
    if access.attempts > 0, wrongPasswords >= access.attempts {
      wrongPasswords = 0
      lockedUntil = instant + access.lockOut
      return signOff(at: instant)
    }
    if access.breaksOnWrongPassword { return signOff(at: instant) }
    reply([ModeCText.nak], at: instant)
  }

  private func answer(_ command: ModeCCommand, level: Int, at instant: Instant) {
    blocks = []
    switch source.answer(command, level: level, at: world(instant)) {
    case .acknowledge: reply([ModeCText.ack], at: instant)
    case .error(let text): error(text, at: instant)
    case .blocks(let parts):
      let messages = parts.enumerated().map { index, part in
        ModeCText.framed(
          part, from: ModeCText.stx, to: index + 1 < parts.count ? ModeCText.eot : ModeCText.etx)
      }
      guard let first = messages.first else { return error("", at: instant) }
      blocks = Array(messages.dropFirst())
      let end = reply(first, at: instant)
      patience = end + manners.inactivity
    }
  }

  private func error(_ text: String, at instant: Instant) {
    let bytes =
      text.isEmpty ? [ModeCText.nak] : ModeCText.framed(Array("(\(text))".utf8), from: ModeCText.stx)
    reply(bytes, at: instant)
  }

  /// What could not be read: NAK for a wrong check, the maker's text for a form that no command has. A
  /// message that only stopped is not answered, and nothing is outside the programming mode.
  func refuse(_ fault: ModeCFault, at instant: Instant) {
    guard case .programming = phase else { return }
    switch fault {
    case .cutShort, .identification: return
    case .check, .tooLong: reply([ModeCText.nak], at: instant)
    case .command, .grammar: error(manners.access?.malformedText ?? "", at: instant)
    }
  }

  static func inBrackets(_ data: [UInt8]) -> [UInt8] {
    guard data.first == ModeCText.opening, data.last == ModeCText.closing, data.count >= 2 else {
      return data
    }
    return Array(data.dropFirst().dropLast())
  }
}
