// The append-only journal of one run: the product. Every frame, register change that somebody could see,
// read, decision and penny is an entry with its causes; every report and checker derives from it.
// An entry is flat (40 bytes): no string is formatted and nothing is allocated per entry but the array's
// growth.

public import Units

/// What kind of thing happened. Raw values are stable: recorded runs hold them.
public enum EntryKind: UInt16, Sendable, CaseIterable {
  /// A scenario's command took effect. Value: its row in the timeline.
  case command = 1
  /// A fault began or ended. Value: 1 on, 0 off.
  case faultEdge = 2
  /// True energy of a half-hour at the boundary: value in Wh of export, bytes none.
  case trueHalfHour = 3
  /// A meter closed a half-hour of its log. Value: Wh.
  case loggedHalfHour = 4
  /// A register as it stood when somebody looked. Value: Wh.
  case registerSeen = 5
  /// Bytes that left the reader. Value: length.
  case requestBytes = 6
  /// Bytes that reached the reader. Value: length.
  case answerBytes = 7
  /// A frame was refused by the reader. Value: the failure's number.
  case frameRefused = 8
  /// A message on the WAN: sent, delivered, lost.
  case wanMessage = 9
  /// A read that arrived. Value: Wh.
  case read = 10
  /// A read that failed. Value: the failure's number.
  case readFailed = 11
  /// A half-hour accepted for settlement. Value: Wh.
  case halfHour = 12
  /// A settlement decision.
  case decision = 13
  /// A statement line. Value: nano-pence, cut to 64 bits.
  case statementLine = 14
  /// A statement. Value: pence.
  case statement = 15
  /// More causes for another entry than its two fields hold.
  case joining = 16
  /// A note for people: bytes are UTF-8.
  case note = 17
  /// What a story states and nothing emulates: a reading or a half-hour (value: Wh), an event (bytes: words).
  case given = 18
}

/// One flat entry; its number is its place, counted from 1 (`Cause`).
public struct JournalEntry: Sendable, Hashable {
  public var at: Instant
  public var value: Int64
  /// A stretch of the journal's byte arena.
  public var bytesStart: UInt32
  public var bytesCount: UInt32
  public var first: Cause
  public var second: Cause
  public var kind: EntryKind
  /// Index into the journal's table of subjects.
  public var subject: UInt16
}

/// The journal of one world: a value, so a finished one is handed on as it is.
public struct Journal: Sendable, Equatable {
  /// Most different subjects of one journal: an entry names its subject in 16 bits.
  static let mostSubjects = Int(UInt16.max) + 1

  public private(set) var entries: [JournalEntry] = []
  public private(set) var arena: [UInt8] = []
  public private(set) var subjects: [String] = [""]
  private var subjectIndex: [String: UInt16] = ["": 0]

  public init() {}

  /// The number of a subject's name (a meter, a line, an MPAN, a rule), kept once.
  public mutating func subject(_ name: String) -> UInt16 {
    if let known = subjectIndex[name] { return known }
    precondition(subjects.count < Self.mostSubjects, "a journal holds at most \(Self.mostSubjects) subjects")
    let index = UInt16(subjects.count)
    subjects.append(name)
    subjectIndex[name] = index
    return index
  }

  @discardableResult
  public mutating func append(
    _ kind: EntryKind, at: Instant, subject: UInt16 = 0, value: Int64 = 0, because first: Cause = .none,
    and second: Cause = .none
  ) -> Cause {
    entries.append(
      JournalEntry(
        at: at, value: value, bytesStart: UInt32(arena.count), bytesCount: 0, first: first, second: second,
        kind: kind, subject: subject))
    return Cause(number: UInt32(entries.count))
  }

  /// As `append`, with bytes that belong to the entry (a frame, a note).
  @discardableResult
  public mutating func append(
    _ kind: EntryKind, at: Instant, subject: UInt16 = 0, value: Int64 = 0, because first: Cause = .none,
    and second: Cause = .none, bytes: some Collection<UInt8>
  ) -> Cause {
    let start = UInt32(arena.count)
    arena.append(contentsOf: bytes)
    entries.append(
      JournalEntry(
        at: at, value: value, bytesStart: start, bytesCount: UInt32(bytes.count), first: first,
        second: second,
        kind: kind, subject: subject))
    return Cause(number: UInt32(entries.count))
  }

  /// One cause that stands for many: the entry itself for one, a chain of joining entries for more than two.
  public mutating func join(_ causes: some Sequence<Cause>, at: Instant) -> Cause {
    var joined = Cause.none
    for cause in causes where cause != .none {
      joined = joined == .none ? cause : append(.joining, at: at, because: joined, and: cause)
    }
    return joined
  }

  mutating func append(restored entry: JournalEntry) { entries.append(entry) }

  mutating func append(restoredArena bytes: ArraySlice<UInt8>) { arena.append(contentsOf: bytes) }

  public subscript(cause: Cause) -> JournalEntry? {
    cause == .none || Int(cause.number) > entries.count ? nil : entries[Int(cause.number) - 1]
  }

  public func bytes(of entry: JournalEntry) -> ArraySlice<UInt8> {
    arena[Int(entry.bytesStart)..<Int(entry.bytesStart + entry.bytesCount)]
  }

  /// 64 bits over everything written: equal journals have equal digests (FNV-1a over words).
  public var digest: UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    func mix(_ word: UInt64) {
      hash = (hash ^ word) &* 0x100_0000_01b3
      hash ^= hash >> 29
    }
    for entry in entries {
      mix(UInt64(bitPattern: entry.at.microseconds))
      mix(UInt64(bitPattern: entry.value))
      mix(UInt64(entry.bytesStart) << 32 | UInt64(entry.bytesCount))
      mix(UInt64(entry.first.number) << 32 | UInt64(entry.second.number))
      mix(UInt64(entry.kind.rawValue) << 16 | UInt64(entry.subject))
    }
    // Each part after its length, so that no byte can pass from one part to the next unseen.
    mix(UInt64(entries.count))
    mix(UInt64(arena.count))
    for byte in arena { mix(UInt64(byte)) }
    for name in subjects {
      mix(UInt64(name.utf8.count))
      for byte in name.utf8 { mix(UInt64(byte)) }
    }
    return hash
  }
}
