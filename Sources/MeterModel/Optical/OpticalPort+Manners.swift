// From a profile's port to what the dialogue of IEC 62056-21 needs to know of it.

internal import Units
public import Wire

extension OpticalPort {
  /// How a meter with this port and serial behaves.
  public func manners(serial: String) -> ModeCManners {
    let identification = ModeCIdentification(
      maker: flag, proposal: proposalCharacter, escapes: escapes.compactMap { $0.utf8.first }, text: text)
    let quick = identification.isQuick ? TimeSpan.milliseconds(20) : .milliseconds(200)
    return ModeCManners(
      mode: ModeCManners.Mode(rawValue: mode.rawValue) ?? .c, identification: identification,
      topBaud: topBaud, address: address ?? serial, reaction: timing.reaction ?? quick,
      characterGap: timing.characterGap, acknowledgement: timing.acknowledgement,
      inactivity: timing.inactivity, tries: timing.tries, sleeps: timing.sleeps,
      fallsBack: fallback == .readout, breaksBeforeEnd: layout.breaksBeforeEnd, access: access,
      pushes: pushes)
  }

  /// Z as written, or the one that names the speed; in mode A, which has none, a letter outside mode B's.
  private var proposalCharacter: UInt8 {
    if let first = proposal?.utf8.first { return first }
    switch mode {
    case .a: return UInt8(ascii: "X")
    case .b: return ModeCSpeed.modeBCharacter(of: topBaud) ?? UInt8(ascii: "A")
    case .c, .e: return ModeCSpeed.character(of: topBaud) ?? UInt8(ascii: "0")
    case .d: return UInt8(ascii: "3")
    }
  }

  private var access: ModeCAccess? {
    programming.map { programming in
      ModeCAccess(
        passwords: programming.passwords.map {
          ModeCPassword(
            number: $0.command == .plain ? UInt8(ascii: "1") : UInt8(ascii: "2"), text: $0.text,
            level: $0.level)
        },
        attempts: programming.attempts, lockOut: programming.lockOut,
        breaksOnWrongPassword: programming.breaksOnWrongPassword, lockedText: programming.words.locked,
        malformedText: programming.words.malformed)
    }
  }
}
