// All facts of one agreement as they are kept, in the one order that any way of taking them in leads to: when
// they were known, then by content. In that order they are numbered from 1 (a log takes one more
// for each entry that stood in a place of its own), and the numbers stand in decisions and lines in place of
// a file's line numbers, which mean nothing beside those of another file.
// What a settlement knew keeps its numbers: later facts come after.

internal import Foundation
internal import GRDB
internal import Settlement
internal import Units

/// One fact with where it came from.
struct KeptFact {
  enum Content {
    case read(Read)
    case log(LogRead)
    case event(CaseEvent)
  }

  var known: Instant
  var content: Content
  var key: [UInt8]
  var file: Int64?
  /// What the fact said of its own cause when it was taken in: a line of a file, a journal entry.
  var stated: Cause
  /// Number of the fact, once they are in order.
  var number: UInt32 = 0

  /// Facts of one instant: reads, logs, then events as they stood in their file.
  fileprivate var rank: (Int, Int64, UInt32) {
    switch content {
    case .read: (0, 0, 0)
    case .log: (1, 0, 0)
    case .event(let event): (2, event.at.microseconds, stated.number)
    }
  }

  /// How many numbers it takes: a log whose entries stood in places of their own takes one for each.
  fileprivate var count: UInt32 {
    guard case .log(let log) = content, log.entries.contains(where: { $0.cause != .none }) else { return 1 }
    return UInt32(log.entries.count) + 1
  }

  fileprivate static func comesBefore(_ left: KeptFact, _ right: KeptFact) -> Bool {
    if left.known != right.known { return left.known < right.known }
    if left.rank != right.rank { return left.rank < right.rank }
    return left.key.lexicographicallyPrecedes(right.key)
  }
}

struct FactBook {
  private(set) var facts: [KeptFact] = []

  /// Reads all facts of an agreement, and checks each against its key.
  init(of agreement: Int64, _ db: Database) throws {
    try readReads(agreement, db)
    try readLogs(agreement, db)
    try readEvents(agreement, db)
    facts.sort(by: KeptFact.comesBefore)
    var next: UInt64 = 1
    for index in facts.indices {
      guard next + UInt64(facts[index].count) <= UInt64(UInt32.max) else {
        throw StoreError(.contradiction, "there are more half-hours in one agreement than can be numbered")
      }
      facts[index].number = UInt32(next)
      next += UInt64(facts[index].count)
    }
  }

  /// Facts known by an instant.
  func known(by instant: Instant) -> ArraySlice<KeptFact> { facts.prefix { $0.known <= instant } }

  /// A case of what was known by the last of some runs.
  func settlementCase(_ terms: AgreementTerms, _ runs: [RunPlan]) -> SettlementCase {
    var one = SettlementCase(
      policy: terms.policy, agreement: terms.agreement, calendar: terms.calendar, from: terms.from,
      settlements: runs.filter(\.settles).map(\.at), looks: runs.filter { !$0.settles }.map(\.at))
    for fact in known(by: one.until) {
      let cause = Cause(number: fact.number)
      switch fact.content {
      case .read(var read):
        (read.received, read.cause) = (fact.known, cause)
        one.reads.append(read)
      case .log(var log):
        (log.received, log.cause) = (fact.known, cause)
        for index in log.entries.indices where log.entries[index].cause != .none {
          log.entries[index].cause = Cause(number: fact.number + UInt32(index) + 1)
        }
        one.logs.append(log)
      case .event(var event):
        (event.received, event.cause) = (fact.known, cause)
        one.events.append(event)
      }
    }
    return one
  }

  /// The digest of what was known at each of some instants, in order: each goes on from the one before.
  func digests(at instants: [Instant]) -> [(known: [UInt8], facts: Int)] {
    var (digest, next): ([UInt8], Int) = (SHA256.digest(Array("known 1".utf8)), 0)
    return instants.map { instant in
      var hash = SHA256()
      hash.update(digest)
      var writer = ByteWriter()
      writer.put(instant.microseconds)
      hash.update(writer.bytes)
      while next < facts.count, facts[next].known <= instant {
        hash.update(facts[next].key)
        var known = ByteWriter()
        known.put(facts[next].known.microseconds)
        hash.update(known.bytes)
        next += 1
      }
      digest = hash.finish()
      return (digest, next)
    }
  }

  // MARK: Reading

  private mutating func readReads(_ agreement: Int64, _ db: Database) throws {
    let rows = try Row.fetchCursor(
      try db.cachedStatement(
        sql: """
          SELECT key, file, known, cause, serial, register, value, resolution, at, received, source, meter_clock,
            photo_serial, photo_register, photo_value, channel
          FROM reads WHERE agreement = ?
          """), arguments: [agreement])
    while let row = try rows.next() {
      guard let register = RegisterRole(rawValue: row[5]), let source = ReadSource(rawValue: row[10]) else {
        throw StoreError(.damaged, "a read of meter \(row[4] as String) cannot be read back")
      }
      var photo: Photo?
      if let serial: String = row[12] {
        guard let shown = RegisterRole(rawValue: row[13] ?? "") else {
          throw StoreError(.damaged, "the photo of a read of meter \(row[4] as String) cannot be read back")
        }
        photo = Photo(serial: serial, register: shown, value: WattHours(row[14]))
      }
      let clock: Int64? = row[11]
      let read = Read(
        serial: row[4], register: register, value: WattHours(row[6]), resolution: WattHours(row[7]),
        at: Instant(microseconds: row[8]), received: Instant(microseconds: row[9]), source: source,
        meterClock: clock.map { Instant(microseconds: $0) }, photo: photo, channel: row[15])
      try add(.read(read), FactDigest.key(read), row)
    }
  }

  private mutating func readLogs(_ agreement: Int64, _ db: Database) throws {
    let rows = try Row.fetchCursor(
      try db.cachedStatement(
        sql: """
          SELECT key, file, known, cause, serial, register, convention, resolution, received, derived, entries, causes
          FROM logs WHERE agreement = ?
          """), arguments: [agreement])
    while let row = try rows.next() {
      let content = [UInt8](row[10] as Data)
      guard let register = RegisterRole(rawValue: row[5]),
        let convention = LogRead.StampConvention(rawValue: row[6])
      else { throw StoreError(.damaged, "a log of meter \(row[4] as String) cannot be read back") }
      let log = LogRead(
        serial: row[4], register: register, convention: convention, resolution: WattHours(row[7]),
        received: Instant(microseconds: row[8]), derivedFromRegister: row[9],
        entries: try LogColumns.entries(content: content, causes: [UInt8](row[11] as Data)))
      try add(.log(log), FactDigest.key(log, content: content), row)
    }
  }

  private mutating func readEvents(_ agreement: Int64, _ db: Database) throws {
    let rows = try Row.fetchCursor(
      try db.cachedStatement(
        sql: "SELECT key, file, known, cause, name, at, received, facts FROM events WHERE agreement = ?"),
      arguments: [agreement])
    while let row = try rows.next() {
      let text: String = row[7]
      let name: String = row[4]
      let event = CaseEvent(
        EventName(name), at: Instant(microseconds: row[5]), received: Instant(microseconds: row[6]),
        try TextTree(parsing: text).facts("'\(name)'"))
      try add(.event(event), FactDigest.key(event, facts: text), row)
    }
  }

  private mutating func add(_ content: KeptFact.Content, _ key: [UInt8], _ row: Row) throws {
    let (kept, known): (Data, Int64) = (row[0], row[2])
    guard [UInt8](kept) == key, let cause = UInt32(exactly: row[3] as Int64) else {
      throw StoreError(.damaged, "a fact is not what its key says: \(FactDigest.hex([UInt8](kept)))")
    }
    facts.append(
      KeptFact(
        known: Instant(microseconds: known), content: content, key: key, file: row[1],
        stated: Cause(number: cause)))
  }
}
