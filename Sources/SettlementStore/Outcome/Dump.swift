// The canonical text of a store: all that was taken in, decided and stated, in an order that does not depend
// on how it came in. Two stores of the same facts, settled at the same instants, have the same text.

internal import GRDB
internal import Settlement
internal import Units

/// The text of one agreement, line by line.
struct AgreementDump {
  let name: String
  let agreement: Int64

  func lines(_ snapshots: Snapshots, _ db: Database) throws -> [String] {
    var lines = ["agreement \(TextTree.text(name))"]
    lines += try terms(db)
    let schedule = try Int64.fetchAll(
      db, sql: "SELECT at FROM schedule WHERE agreement = ? ORDER BY at", arguments: [agreement])
    lines += schedule.map { "settle-at \(Instant(microseconds: $0))" }
    for fact in try FactBook(of: agreement, db).facts { lines.append(Self.line(of: fact)) }
    for run in try Runs(of: agreement, db).all {
      let word = run.plan.settles ? "settlement" : "look"
      let known = "facts=\(run.facts) known=\(FactDigest.hex(run.known))"
      let stood = "obligations=\(run.obligations) payments=\(run.payments) unpriced=\(run.unpriced)"
      lines.append("\(word) \(run.at) terms=\(run.version) \(known) \(stood)")
    }
    lines += try Self.lines(RecordTables.decisions, agreement, db)
    lines += try Self.lines(RecordTables.statements, agreement, db)
    lines += try Self.lines(RecordTables.lines, agreement, db)
    lines += try Self.lines(RecordTables.notifications, agreement, db)
    lines += try Self.lines(RecordTables.obligations, agreement, db)
    lines += try Self.lines(RecordTables.payments, agreement, db)
    lines += try Self.lines(RecordTables.entries, agreement, db)
    return lines
  }

  private func terms(_ db: Database) throws -> [String] {
    let rows = try Row.fetchAll(
      db,
      sql: """
        SELECT version, lower(hex(p.digest)), CASE WHEN c.number THEN lower(hex(c.digest)) END, v.body FROM agreement_versions v
        JOIN snapshots p ON p.number = v.policy LEFT JOIN snapshots c ON c.number = v.calendar
        WHERE agreement = ? ORDER BY version
        """, arguments: [agreement])
    return rows.map { row in
      let calendar: String? = row[2]
      return
        "terms \(row[0] as Int) policy=\(row[1] as String) calendar=\(calendar ?? "-") \(row[3] as String)"
    }
  }

  private static func lines<Record>(
    _ table: RecordTable<Record>, _ agreement: Int64, _ db: Database
  ) throws -> [String] {
    try table.rows(of: agreement, db).enumerated().map { table.line($1, ordinal: $0 + 1) }
  }

  private static func line(of fact: KeptFact) -> String {
    let tail = "known=\(fact.known) cause=\(fact.stated.number) key=\(FactDigest.hex(fact.key))"
    return "\(words(fact.content, number: fact.number)) \(tail)"
  }

  private static func words(_ content: KeptFact.Content, number: UInt32) -> String {
    switch content {
    case .read(let read):
      let what = "read \(number) \(TextTree.text(read.serial)) \(read.register.rawValue)"
      let value = "value=\(read.value.value) step=\(read.resolution.value) source=\(read.source.rawValue)"
      return "\(what) \(value) at=\(read.at) received=\(read.received)"
    case .log(let log):
      let what = "log \(number) \(TextTree.text(log.serial)) \(log.register.rawValue)"
      let energy = log.entries.reduce(Int128(0)) { $0 + Int128($1.energy.value) }
      let value = "half-hours=\(log.entries.count) energy=\(energy) step=\(log.resolution.value)"
      return "\(what) \(value) received=\(log.received)"
    case .event(let event):
      return
        "event \(number) \(event.name) at=\(event.at) received=\(event.received) \(TextTree(event.facts))"
    }
  }
}

extension Store {
  /// The canonical text of all agreements, line by line, in order of their names.
  public func writeText(_ line: (String) throws -> Void) throws {
    try line("backspin settlement store, version \(Schema.newest)")
    for name in try agreements() {
      for one in try lines(of: name) { try line(one) }
    }
  }

  func lines(of name: String) throws -> [String] {
    try read { db in
      try AgreementDump(name: name, agreement: try number(of: name, db)).lines(snapshots, db)
    }
  }
}
