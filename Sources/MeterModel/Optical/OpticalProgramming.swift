// What the programming mode of a make of meter allows (IEC 62056-21:2002, clauses 6.4.3, 6.4.6 and 6.4.7):
// passwords and levels, commands, what may be written, how long answers are cut into blocks.

public import Units

/// The programming mode of an optical port.
public struct OpticalProgramming: Hashable, Sendable {
  /// What the meter sends in `P0`.
  public enum Seed: Hashable, Sendable {
    case none
    case serial
    case text(String)
  }

  /// A password and what it opens.
  public struct Password: Hashable, Sendable {
    public enum Command: String, Hashable, Sendable, CaseIterable {
      /// P1: the password itself.
      case plain
      /// P2: what the maker's algorithm makes of the seed; it stands here ready made, so the seed must be
      /// fixed.
      case computed
    }

    public var text: String
    /// 1 and up; a level opens all below it. 0 is open without a password.
    public var level: Int
    public var command: Command

    public init(_ text: String, level: Int = 1, command: Command = .plain) {
      (self.text, self.level, self.command) = (text, level, command)
    }
  }

  /// What a write changes.
  public struct Writable: Hashable, Sendable {
    public enum Target: Hashable, Sendable {
      /// The time of day, or the date, of the meter's clock; the other part stays.
      case clock(OpticalClockPattern)
      /// A text that stays and is read back under the same address; of at most so many characters.
      case note(longest: Int)
      /// The billing reset: whatever is written closes a billing period.
      case reset
    }

    public var address: String
    public var level: Int
    public var target: Target

    public init(_ address: String, level: Int = 1, target: Target) {
      (self.address, self.level, self.target) = (address, level, target)
    }
  }

  /// The maker's words in error answers; an empty text answers NAK instead.
  public struct Words: Hashable, Sendable {
    public var unknownAddress: String
    public var unknownCommand: String
    public var locked: String
    public var malformed: String

    /// Texts are the maker's; these are our assumption.
    public static let usual = Words(
      unknownAddress: "ER01", unknownCommand: "ER02", locked: "ER03", malformed: "ER04")

    public init(unknownAddress: String, unknownCommand: String, locked: String, malformed: String) {
      (self.unknownAddress, self.unknownCommand) = (unknownAddress, unknownCommand)
      (self.locked, self.malformed) = (locked, malformed)
    }
  }

  public var seed: Seed
  public var passwords: [Password]
  /// Wrong passwords until it locks; 0: never. Three is usual.
  public var attempts: Int
  /// How long it stays locked.
  public var lockOut: TimeSpan
  /// Whether it signs off with `B0` after a wrong password (else NAK).
  public var breaksOnWrongPassword: Bool
  /// The commands that it knows besides P and B: of R1…R6, W1…W6, E1…E6.
  public var commands: Set<String>
  /// The level that reading single values takes, and the one for load profiles.
  public var readLevel: Int
  public var profileLevel: Int
  public var writables: [Writable]
  /// Whether an answer repeats the address before the bracket.
  public var repeatsAddress: Bool
  /// Data bytes of a block in R3, R4, R6 answers, after which EOT stands; nil: whole answers only.
  public var blockBytes: Int?
  public var words: Words

  public init(
    seed: Seed = .none, passwords: [Password] = [], attempts: Int = 3, lockOut: TimeSpan = .minutes(15),
    breaksOnWrongPassword: Bool = false, commands: Set<String> = ["R1", "R5", "W1"], readLevel: Int = 0,
    profileLevel: Int = 0, writables: [Writable] = [], repeatsAddress: Bool = true, blockBytes: Int? = nil,
    words: Words = .usual
  ) {
    (self.seed, self.passwords, self.attempts, self.lockOut) = (seed, passwords, attempts, lockOut)
    (self.breaksOnWrongPassword, self.commands) = (breaksOnWrongPassword, commands)
    (self.readLevel, self.profileLevel, self.writables) = (readLevel, profileLevel, writables)
    (self.repeatsAddress, self.blockBytes, self.words) = (repeatsAddress, blockBytes, words)
  }
}
