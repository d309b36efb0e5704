// The entries of one agreement with the sums they come to.

internal import GRDB
internal import Settlement
internal import Units

struct EntryBook {
  private static let table = RecordTables.entries
  private static let places = (
    book: place("book"), from: place("from"), to: place("to"), amount: place("nanopence")
  )

  private static func place(_ column: String) -> Int {
    table.columns.firstIndex { $0.name == column } ?? table.columns.count
  }

  private(set) var rows: [KeptRow]
  /// What stands under each name of each book, in nano-pence.
  private(set) var sums: [Entry.Book: [String: Int128]] = [.energy: [:], .account: [:]]
  /// Entries of the account, in order.
  private var account: [KeptRow] = []

  init(of agreement: Int64, _ db: Database) throws {
    rows = []
    for row in try Self.table.rows(of: agreement, db) { try add(row) }
  }

  private mutating func add(_ row: KeptRow) throws {
    guard let name = String.fromDatabaseValue(row.cells[Self.places.book]),
      let book = Entry.Book(rawValue: name),
      let from = String.fromDatabaseValue(row.cells[Self.places.from]),
      let to = String.fromDatabaseValue(row.cells[Self.places.to]),
      let amount = Int64.fromDatabaseValue(row.cells[Self.places.amount])
    else { throw StoreError(.damaged, "entry \(rows.count + 1) cannot be read back") }
    rows.append(row)
    if book == .account { account.append(row) }
    sums[book]?[from, default: 0] -= Int128(amount)
    sums[book]?[to, default: 0] += Int128(amount)
  }

  /// What stands under a name, in nano-pence.
  func sum(_ book: Entry.Book, _ name: String) -> Int128 { sums[book]?[name] ?? 0 }

  /// Where the worth of all energy stands, by the entries.
  private func energy(_ part: Entry.Part) -> Int128 { sum(.energy, part.rawValue) }

  private var balance: Balance {
    Balance(
      accrued: NanoPence(-energy(.accrued)), paid: NanoPence(energy(.paid)),
      provisional: NanoPence(energy(.provisional)), held: NanoPence(energy(.held)),
      forfeited: NanoPence(energy(.forfeited)))
  }

  func contradiction(_ outcome: Outcome, isLast: Bool) throws -> String? {
    let again = try outcome.account.postings.map { try Entry($0) }
    for (index, row) in account.enumerated() {
      guard index < again.count else { return "entry \(index + 1) of the account does not come out again" }
      if let what = Self.table.difference(row, Self.table.cells(again[index], schema: row.schema)) {
        return "entry \(index + 1) of the account comes out otherwise: \(what)"
      }
    }
    guard isLast else { return nil }
    if again.count > account.count { return "an entry of the account comes out that was not there" }
    for part in Entry.Part.allCases where energy(part) != part.sum(outcome.balance) {
      return
        "\(part.rawValue) energy is worth \(NanoPence(part.sum(outcome.balance))), and the entries come to "
        + "\(NanoPence(energy(part)))"
    }
    for (name, sum) in outcome.account.balances {
      let kept = self.sum(.account, name.rawValue)
      if kept != NanoPence(sum).value {
        return "the account has \(sum) \(name.rawValue), and the entries come to \(NanoPence(kept))"
      }
    }
    return nil
  }

  mutating func append(_ outcome: Outcome, _ agreement: Int64, _ run: Instant, _ db: Database) throws {
    let moves = try Entry.moves(from: balance, to: outcome.balance, at: run)
    let postings = try outcome.account.postings.dropFirst(account.count).map { try Entry($0) }
    for entry in moves + postings {
      let row = KeptRow(run: run, schema: Schema.newest, cells: Self.table.cells(entry))
      try add(row)
      try Self.table.insert(row.cells, RowPlace(agreement: agreement, ordinal: rows.count, run: run), db)
    }
  }
}
