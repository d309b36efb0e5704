// Policies, calendars and tariffs as they were when an agreement was taken in, each distinct one once.

internal import Foundation
internal import GRDB
internal import Settlement
internal import Units

/// Snapshots of one store, with those read already kept at hand: ten thousand agreements share a few.
final class Snapshots {
  private var policies: [Int64: Policy] = [:]
  private var calendars: [Int64: WorkingDays] = [:]
  private var tariffs: [String: TariffTerms] = [:]

  /// The number of a snapshot, which is made if it is not there.
  static func number(of kind: String, _ body: String, _ db: Database) throws -> (
    number: Int64, digest: [UInt8]
  ) {
    let digest = SHA256.digest(Array(body.utf8))
    try db.cachedStatement(
      sql: "INSERT INTO snapshots (kind, digest, body) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
    ).execute(arguments: [kind, digest.blob, body])
    let found = try db.cachedStatement(sql: "SELECT number FROM snapshots WHERE kind = ? AND digest = ?")
    guard let number = try Int64.fetchOne(found, arguments: [kind, digest.blob]) else {
      throw StoreError(.damaged, "a \(kind) that was just kept is not there")
    }
    return (number, digest)
  }

  func policy(_ number: Int64, _ db: Database) throws -> Policy {
    if let known = policies[number] { return known }
    let policy = try body("policy", number: number, db).policy()
    policies[number] = policy
    return policy
  }

  func calendar(_ number: Int64, _ db: Database) throws -> WorkingDays {
    if let known = calendars[number] { return known }
    let calendar = try body("calendar", number: number, db).calendar("a calendar")
    calendars[number] = calendar
    return calendar
  }

  /// - Parameter digest: in hexadecimal, as agreements name it.
  func tariff(_ digest: String, _ db: Database) throws -> TariffTerms {
    if let known = tariffs[digest] { return known }
    let tariff = try body("tariff", number: Self.number(ofTariff: digest, db), db).tariff("tariff \(digest)")
    tariffs[digest] = tariff
    return tariff
  }

  static func number(ofTariff digest: String, _ db: Database) throws -> Int64 {
    guard let bytes = FactDigest.bytes(digest),
      let number = try Int64.fetchOne(
        db, sql: "SELECT number FROM snapshots WHERE kind = 'tariff' AND digest = ?", arguments: [bytes.blob])
    else { throw StoreError(.damaged, "tariff \(digest) is missing") }
    return number
  }

  /// What was kept, if it is still what its digest says.
  private func body(_ kind: String, number: Int64, _ db: Database) throws -> TextTree {
    let row = try Row.fetchOne(
      db, sql: "SELECT body, digest FROM snapshots WHERE number = ? AND kind = ?", arguments: [number, kind])
    guard let row, let body: String = row[0], let digest: Data = row[1],
      SHA256.digest(Array(body.utf8)) == Array(digest)
    else { throw StoreError(.damaged, "\(kind) \(number) is not what was kept") }
    return try TextTree(parsing: body)
  }
}
