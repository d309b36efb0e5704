// The sums of what is kept, without the core: lines make up their statement, statements make up what energy
// was paid, and the account passes on what statements say, to the penny.

internal import GRDB
internal import Settlement
internal import Units

struct Sums {
  private(set) var findings: [String] = []
  private var exact: [Int64: Int128] = [:]
  private var amounts: [Int64: Int64] = [:]
  /// Of charges, in pence: they are part of a statement and earned by no energy.
  private var charges: Int64 = 0

  init(of agreement: Int64, _ db: Database) throws {
    try addLines(agreement, db)
    try checkStatements(agreement, db)
    try checkEntries(agreement, db)
  }

  private static func nanopence(_ pence: String) throws -> Int128 {
    do { return try NanoPence(parsing: pence + "p").value } catch {
      throw StoreError(.damaged, "'\(pence)' is no amount of pence")
    }
  }

  private mutating func addLines(_ agreement: Int64, _ db: Database) throws {
    let rows = try Row.fetchCursor(
      db, sql: "SELECT statement, kind, exact, amount FROM lines WHERE agreement = ?", arguments: [agreement])
    while let row = try rows.next() {
      guard let kind = StatementLine.Kind(rawValue: row[1]) else {
        throw StoreError(.damaged, "a line is of a kind that is none")
      }
      guard kind.isPayable else { continue }
      exact[row[0], default: 0] += try Self.nanopence(row[2])
      amounts[row[0], default: 0] += row[3]
      if kind == .charge { charges += row[3] }
    }
  }

  private mutating func checkStatements(_ agreement: Int64, _ db: Database) throws {
    let rows = try Row.fetchCursor(
      db,
      sql: """
        SELECT ordinal, exact, net, vat, carried_in, payable FROM statements WHERE agreement = ? ORDER BY ordinal
        """, arguments: [agreement])
    while let row = try rows.next() {
      let (number, net): (Int64, Int64) = (row[0], row[2])
      if try Self.nanopence(row[1]) != exact[number] ?? 0 || net != amounts[number] ?? 0 {
        findings.append("statement \(number) is not the sum of its lines")
      }
      if row[5] != max(0, net + (row[3] as Int64) + (row[4] as Int64)) {
        findings.append("statement \(number) pays other than its net, VAT and what was carried in")
      }
    }
  }

  private mutating func checkEntries(_ agreement: Int64, _ db: Database) throws {
    let book = try EntryBook(of: agreement, db)
    for (name, sums) in book.sums where sums.values.reduce(0, +) != 0 {
      findings.append("the entries of \(name.rawValue) do not balance")
    }
    let paid = book.sum(.energy, "paid") + book.sum(.energy, "provisional")
    let stated = exact.values.reduce(0, +) - NanoPence(Pence(charges)).value
    if paid != stated {
      findings.append(
        "energy worth \(NanoPence(paid)) is billed by the entries, and \(NanoPence(stated)) by the lines")
    }
    let (earned, net) = (-book.sum(.account, "earned"), amounts.values.reduce(0, +) - charges)
    if earned != NanoPence(Pence(net)).value {
      findings.append("the account has \(NanoPence(earned)) from statements of \(Pence(net))")
    }
  }
}
