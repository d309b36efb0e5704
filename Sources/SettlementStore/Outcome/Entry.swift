// Entries: money that moves from one account to another, so that what is there in all never changes. Two
// books: what all energy is worth (accrued, and of that held, provisional, paid or forfeited, to the
// nano-penny), and what the customer is owed (the core's own account: accrued, payable, credit, paid,
// offset …, in whole pence).

internal import Settlement
internal import Units

/// One movement of one amount.
struct Entry: Hashable, Sendable {
  enum Book: String, Sendable { case energy, account }

  var book: Book
  var at: Instant
  var kind: String
  var from: String
  var to: String
  /// Above zero.
  var nanopence: Int64
  var reason: String?
  /// Ordinal of a statement, from 1.
  var statement: Int?

  /// What the core's account did, as an entry.
  init(_ posting: Account.Posting) throws(StoreError) {
    (book, at, kind) = (.account, posting.at, posting.kind.rawValue)
    (from, to, reason) = (posting.from.rawValue, posting.to.rawValue, posting.reason.rawValue)
    statement = posting.statement.map { $0 + 1 }
    nanopence = try Entry.whole(NanoPence(posting.amount).value)
  }

  private init(at: Instant, from: Part, to: Part, amount: Int128) throws(StoreError) {
    (book, self.at, kind, reason, statement) = (.energy, at, "moved", nil, nil)
    (self.from, self.to) = (from.rawValue, to.rawValue)
    nanopence = try Entry.whole(amount)
  }

  /// More than £92 million in one movement is no amount of an SEG agreement (5 MW at most, R-ELIG-01).
  private static func whole(_ amount: Int128) throws(StoreError) -> Int64 {
    guard let whole = Int64(exactly: amount) else {
      throw StoreError(.contradiction, "\(NanoPence(amount)) in one entry is more than can be kept")
    }
    return whole
  }
}

extension Entry {
  /// What becomes of the worth of energy. `accrued` is where it comes from: minus all there is.
  enum Part: String, CaseIterable { case accrued, held, provisional, paid, forfeited }

  /// The movements from one balance to the next: those that give, in order, to those that take.
  static func moves(from old: Balance, to new: Balance, at: Instant) throws(StoreError) -> [Entry] {
    guard old.isEven, new.isEven else {
      throw StoreError(.invariant, "the balance at \(at) is not even: \(new)")
    }
    var gains = Part.allCases.map { ($0, $0.sum(new) - $0.sum(old)) }
    var entries: [Entry] = []
    for giver in gains.indices {
      for taker in gains.indices where gains[giver].1 < 0 && gains[taker].1 > 0 {
        let amount = min(-gains[giver].1, gains[taker].1)
        gains[giver].1 += amount
        gains[taker].1 -= amount
        entries.append(try Entry(at: at, from: gains[giver].0, to: gains[taker].0, amount: amount))
      }
    }
    return entries
  }
}

extension Entry.Part {
  func sum(_ balance: Balance) -> Int128 {
    switch self {
    case .accrued: -balance.accrued.value
    case .held: balance.held.value
    case .provisional: balance.provisional.value
    case .paid: balance.paid.value
    case .forfeited: balance.forfeited.value
    }
  }
}

extension RecordTables {
  static let entries = RecordTable<Entry>(
    name: "entries", word: "entry",
    columns: [
      .text("book") { $0.book.rawValue }, .instant("at") { $0.at }, .text("kind") { $0.kind },
      .text("from") { $0.from }, .text("to") { $0.to }, .whole("nanopence") { $0.nanopence },
      .text("reason") { $0.reason }, .whole("statement") { $0.statement.map(Int64.init) },
    ])
}
