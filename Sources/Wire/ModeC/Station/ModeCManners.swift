// How a meter behaves at its optical port, as data for the dialogue: IEC 62056-21:2002, clause 6.4 (modes and
// times), 6.4.6 (passwords), annex B (wake-up).

public import Units

/// A password, the command that carries it, and the level it opens.
public struct ModeCPassword: Hashable, Sendable {
  /// `1` for P1, `2` for P2.
  public var number: UInt8
  public var text: String
  public var level: Int

  public init(number: UInt8 = UInt8(ascii: "1"), text: String, level: Int = 1) {
    (self.number, self.text, self.level) = (number, text, level)
  }
}

/// What a meter does about passwords.
public struct ModeCAccess: Hashable, Sendable {
  public var passwords: [ModeCPassword]
  /// Wrong ones until it locks; 0: never.
  public var attempts: Int
  public var lockOut: TimeSpan
  /// Whether a wrong password ends the session with B0; else NAK.
  public var breaksOnWrongPassword: Bool
  /// The error text while it is locked; empty for NAK.
  public var lockedText: String
  /// The error text for a command that it cannot read; empty for NAK.
  public var malformedText: String

  public init(
    passwords: [ModeCPassword] = [], attempts: Int = 3, lockOut: TimeSpan = .minutes(15),
    breaksOnWrongPassword: Bool = false, lockedText: String = "", malformedText: String = ""
  ) {
    (self.passwords, self.attempts, self.lockOut) = (passwords, attempts, lockOut)
    self.breaksOnWrongPassword = breaksOnWrongPassword
    (self.lockedText, self.malformedText) = (lockedText, malformedText)
  }
}

/// How a meter behaves at its port.
public struct ModeCManners: Hashable, Sendable {
  public enum Mode: String, Hashable, Sendable, CaseIterable { case a, b, c, d, e }

  public var mode: Mode
  public var identification: ModeCIdentification
  /// The speed it changes to in mode B, offers in modes C and E, and pushes at in mode D.
  public var topBaud: Int
  /// Leading zeros do not count; an empty one answers only requests without address.
  public var address: String
  public var reaction: TimeSpan
  public var characterGap: TimeSpan
  public var acknowledgement: TimeSpan
  public var inactivity: TimeSpan
  /// How often one message is said at most.
  public var tries: Int
  /// Whether it must be woken with zeros.
  public var sleeps: Bool
  /// Whether it lists at 300 baud when no acknowledgement comes (modes C and E).
  public var fallsBack: Bool
  /// Whether CR LF stands before `!`.
  public var breaksBeforeEnd: Bool
  /// Nil where there is no programming mode.
  public var access: ModeCAccess?
  /// Mode D: from the start of one push to that of the next; nil for pushes on demand.
  public var pushes: TimeSpan?

  public init(
    mode: Mode, identification: ModeCIdentification, topBaud: Int, address: String = "",
    reaction: TimeSpan = .milliseconds(200), characterGap: TimeSpan = .milliseconds(1500),
    acknowledgement: TimeSpan = .milliseconds(1500), inactivity: TimeSpan = .seconds(60), tries: Int = 3,
    sleeps: Bool = false, fallsBack: Bool = true, breaksBeforeEnd: Bool = true, access: ModeCAccess? = nil,
    pushes: TimeSpan? = nil
  ) {
    (self.mode, self.identification, self.topBaud) = (mode, identification, topBaud)
    (self.address, self.reaction, self.characterGap) = (address, reaction, characterGap)
    (self.acknowledgement, self.inactivity, self.tries) = (acknowledgement, inactivity, tries)
    (self.sleeps, self.fallsBack, self.breaksBeforeEnd) = (sleeps, fallsBack, breaksBeforeEnd)
    (self.access, self.pushes) = (access, pushes)
  }

  /// Whether a request is for this meter (clause 6.3.1).
  public func answers(to requested: String) -> Bool {
    let wanted = Self.significant(requested)
    return wanted.isEmpty || wanted == Self.significant(address)
  }

  private static func significant(_ address: String) -> Substring {
    var text = address[...]
    while text.first == "0" || text.first == " " { text.removeFirst() }
    while text.last == " " { text.removeLast() }
    return text
  }
}
