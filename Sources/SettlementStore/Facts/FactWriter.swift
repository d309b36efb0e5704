// Facts of one agreement into their tables, each once. Nothing here settles.

internal import Foundation
internal import GRDB
internal import Settlement
internal import Units

/// Writes facts of one agreement, in one transaction.
struct FactWriter {
  let db: Database
  let agreement: Int64
  let file: Int64?
  /// The last settlement that is done. What is taken in now cannot have been known to it.
  let floor: Instant?
  var taken: Taken

  /// When a fact is known: when it was received, but never by a settlement that was done without it.
  private mutating func known(_ received: Instant) -> Instant {
    guard let floor, received <= floor else { return received }
    return floor + TimeSpan(microseconds: 1)
  }

  private mutating func count(
    _ received: Instant, isNew: Bool, _ count: WritableKeyPath<Taken, Taken.Count>
  ) {
    guard isNew else {
      taken[keyPath: count].known += 1
      return
    }
    taken[keyPath: count].new += 1
    if let floor, received <= floor { taken.late += 1 }
  }

  /// Inserts a row unless its key is there; true if it was not.
  private func insert(_ sql: String, _ arguments: StatementArguments) throws -> Bool {
    try db.cachedStatement(sql: sql).execute(arguments: arguments)
    return db.changesCount > 0
  }

  mutating func write(_ read: Read) throws {
    let key = FactDigest.key(read)
    let photo = read.photo
    let isNew = try insert(
      """
      INSERT INTO reads (agreement, key, file, known, received, at, serial, register, value, resolution, source,
        meter_clock, photo_serial, photo_register, photo_value, channel, cause)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (agreement, key) DO NOTHING
      """,
      [
        agreement, key.blob, file, known(read.received).microseconds, read.received.microseconds,
        read.at.microseconds, read.serial, read.register.rawValue, read.value.value, read.resolution.value,
        read.source.rawValue, read.meterClock?.microseconds, photo?.serial, photo?.register.rawValue,
        photo?.value.value, read.channel, Int64(read.cause.number),
      ])
    count(read.received, isNew: isNew, \.reads)
  }

  mutating func write(_ log: LogRead) throws {
    let content = LogColumns.content(log.entries)
    let isNew = try insert(
      """
      INSERT INTO logs (agreement, key, file, known, received, serial, register, convention, resolution, derived,
        count, entries, causes, cause)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (agreement, key) DO NOTHING
      """,
      [
        agreement, FactDigest.key(log, content: content).blob, file, known(log.received).microseconds,
        log.received.microseconds, log.serial, log.register.rawValue, log.convention.rawValue,
        log.resolution.value, log.derivedFromRegister, log.entries.count, content.blob,
        LogColumns.causes(log.entries).blob, Int64(log.cause.number),
      ])
    count(log.received, isNew: isNew, \.logs)
    if isNew { taken.halfHours += log.entries.count }
  }

  mutating func write(_ event: CaseEvent) throws {
    let facts = TextTree(event.facts)
    guard try facts.facts("an event") == event.facts else {
      throw StoreError(.invariant, "the facts of '\(event.name)' at \(event.at) cannot be kept exactly")
    }
    let text = facts.description
    let isNew = try insert(
      """
      INSERT INTO events (agreement, key, file, known, received, at, name, facts, cause)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (agreement, key) DO NOTHING
      """,
      [
        agreement, FactDigest.key(event, facts: text).blob, file, known(event.received).microseconds,
        event.received.microseconds, event.at.microseconds, event.name.name, text, Int64(event.cause.number),
      ])
    count(event.received, isNew: isNew, \.events)
  }

  /// An instant at which somebody settles. One that a later settlement has passed can not be added.
  mutating func write(settlement at: Instant) throws {
    let isDone = try Bool.fetchOne(
      db, sql: "SELECT EXISTS (SELECT 1 FROM runs WHERE agreement = ? AND at = ? AND settles)",
      arguments: [agreement, at.microseconds])
    if let floor, at <= floor, isDone != true {
      throw StoreError(
        .contradiction,
        "\(taken.agreement) is settled up to \(floor); a settlement at \(at) cannot be added before that")
    }
    let isNew = try insert(
      "INSERT INTO schedule (agreement, at) VALUES (?, ?) ON CONFLICT DO NOTHING",
      [agreement, at.microseconds])
    if isNew { taken.settlements.new += 1 } else { taken.settlements.known += 1 }
  }
}

extension [UInt8] {
  /// As SQLite takes bytes; an array of numbers would be none.
  var blob: DatabaseValue { Data(self).databaseValue }
}
