// An agreement with the policy it was made under, in versions. A new version is taken only if everything that
// was stated so far comes out of it just the same.

internal import Foundation
internal import GRDB
internal import Settlement
internal import Units

/// The terms of one agreement in one version.
struct AgreementTerms {
  var version: Int
  var policy: Policy
  var calendar: WorkingDays?
  var agreement: Agreement
  /// Nothing before this instant is payable.
  var from: Instant

  /// A version, or the newest; nil if there is none.
  static func read(
    of agreement: Int64, version: Int? = nil, _ snapshots: Snapshots, _ db: Database
  ) throws -> AgreementTerms? {
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT version, policy, calendar, body FROM agreement_versions
        WHERE agreement = ? AND (? IS NULL OR version = ?) ORDER BY version DESC LIMIT 1
        """, arguments: [agreement, version, version])
    guard let row, let body: String = row[3] else { return nil }
    let (kept, from) = try TextTree(parsing: body).agreement("agreement \(agreement)") {
      digest throws(StoreError) in
      do { return try snapshots.tariff(digest, db) } catch let error as StoreError { throw error } catch {
        throw StoreError(.damaged, "tariff \(digest) cannot be read: \(error)")
      }
    }
    let calendar: Int64? = row[2]
    return AgreementTerms(
      version: row[0], policy: try snapshots.policy(row[1], db),
      calendar: try calendar.map { try snapshots.calendar($0, db) }, agreement: kept, from: from)
  }

  /// Keeps the terms of a case, if they differ from those kept; false if they do not.
  static func write(
    _ one: SettlementCase, of agreement: Int64, _ snapshots: Snapshots, _ db: Database
  ) throws -> Bool {
    let known = try read(of: agreement, snapshots, db)
    if let known, known.policy == one.policy, known.calendar == one.calendar,
      known.agreement == one.agreement,
      known.from == one.from
    {
      return false
    }
    let policy = try Snapshots.number(of: "policy", TextTree(one.policy).description, db).number
    let calendar = try one.calendar.map {
      try Snapshots.number(of: "calendar", TextTree($0).description, db).number
    }
    let tariffs = try one.agreement.tariff.map {
      FactDigest.hex(try Snapshots.number(of: "tariff", TextTree($0).description, db).digest)
    }
    let version = (known?.version ?? 0) + 1
    try db.execute(
      sql:
        "INSERT INTO agreement_versions (agreement, version, policy, calendar, body) VALUES (?, ?, ?, ?, ?)",
      arguments: [
        agreement, version, policy, calendar,
        TextTree(one.agreement, from: one.from, tariffs: tariffs).description,
      ])
    let kept = try read(of: agreement, version: version, snapshots, db)
    guard let kept, kept.policy == one.policy, kept.calendar == one.calendar, kept.agreement == one.agreement,
      kept.from == one.from
    else {
      throw StoreError(.invariant, "the terms of \(Intake.name(of: one.agreement)) cannot be kept exactly")
    }
    return true
  }

  /// Keeps a version of an agreement's terms in another store, text by text as they are kept here: what a
  /// later program would write in their place may be longer.
  static func copy(
    version: Int, of agreement: Int64, named name: String, from db: Database, to other: Database
  ) throws {
    let row = try Row.fetchOne(
      db, sql: "SELECT policy, calendar, body FROM agreement_versions WHERE agreement = ? AND version = ?",
      arguments: [agreement, version])
    guard let row, let body: String = row[2] else {
      throw StoreError(.damaged, "version \(version) of the terms of \(name) is missing")
    }
    try other.execute(
      sql: "INSERT INTO agreements (name) VALUES (?) ON CONFLICT DO NOTHING", arguments: [name])
    func copy(_ kind: String, _ number: Int64) throws -> Int64 {
      let kept = try String.fetchOne(
        db, sql: "SELECT body FROM snapshots WHERE number = ?", arguments: [number])
      guard let kept else { throw StoreError(.damaged, "\(kind) \(number) is missing") }
      return try Snapshots.number(of: kind, kept, other).number
    }
    for tariff in try TextTree(parsing: body).tariffs {
      _ = try copy("tariff", Snapshots.number(ofTariff: tariff, db))
    }
    let calendar: Int64? = row[1]
    try other.execute(
      sql: """
        INSERT INTO agreement_versions (agreement, version, policy, calendar, body)
        SELECT number, ?, ?, ?, ? FROM agreements WHERE name = ?
        """,
      arguments: [
        version, try copy("policy", row[0]), try calendar.map { try copy("calendar", $0) }, body, name,
      ])
  }
}
