// Settling: at each instant that is due, the core is given all that was known by then, and what is new in its
// answer is kept with the run. What was kept before must come out again. At the end of what is asked for
// nothing may be due; then what has arrived is looked at and decided upon, and nothing is settled.

internal import GRDB
public import Settlement
public import Units

/// What a settlement of one agreement brought.
public struct SettledAgreement: Sendable {
  public var agreement: String
  /// Settlements that were due; none if everything was done.
  public var settled: [Instant]
  /// Whether anything was due, be it only a look.
  public var hasRun: Bool
  /// What was decided and stated now, and nothing of earlier runs.
  public var new: Outcome
  /// How far everything is settled or looked at, now or before.
  public var through: Instant?
}

extension Store {
  /// So many agreements are settled in one transaction: each costs one synchronisation of the disk.
  private static let batch = 64

  /// The names of all agreements, sorted.
  public func agreements() throws(StoreError) -> [String] {
    try read { try String.fetchAll($0, sql: "SELECT name FROM agreements ORDER BY name") }
  }

  /// Settles what is due up to an instant: at the instants that an agreement's case states; if it states
  /// none, at that instant itself. Agreements that are settled so far or further are only checked.
  ///
  /// Throws an invariant where what was stated before does not come out again; then nothing of that batch is
  /// kept.
  ///
  /// - Parameters:
  ///   - names: agreements; all if nil.
  ///   - report: called in order of names, when it is durable.
  public func settle(
    _ names: [String]? = nil, until: Instant, report: (SettledAgreement) throws -> Void
  ) throws {
    var rest = try names.map { $0.sorted() } ?? agreements()
    while !rest.isEmpty {
      let some = rest.prefix(Self.batch)
      rest.removeFirst(some.count)
      let done = try write { db in
        try some.map { name in
          try self.settle(name, db) { try self.due($0, $1, after: $2, until: until, db) }
        }
      }
      for one in done { try report(one) }
    }
  }

  /// Settles an agreement at an instant or looks at it, whatever its case states.
  func run(_ name: String, _ plan: RunPlan) throws(StoreError) {
    _ = try write { db in try self.settle(name, db) { _, _, _ in [plan] } }
  }

  /// - Parameter due: what is to be run, by the agreement's number, its terms and its last run.
  private func settle(
    _ name: String, _ db: Database, due: (Int64, AgreementTerms, Instant?) throws -> [RunPlan]
  ) throws -> SettledAgreement {
    let agreement = try number(of: name, db)
    guard let terms = try AgreementTerms.read(of: agreement, snapshots, db) else {
      throw StoreError(.damaged, "\(path) has no terms of \(name)")
    }
    let book = try FactBook(of: agreement, db)
    let runs = try Runs(of: agreement, db)
    if let what = try runs.contradiction(book) ?? contradiction(terms, book, runs, db) {
      throw StoreError(.invariant, "\(name) in \(path) does not come out again: \(what)")
    }
    let due = try due(agreement, terms, runs.last?.at)
    var one = SettledAgreement(
      agreement: name, settled: due.filter(\.settles).map(\.at), hasRun: !due.isEmpty, new: Outcome(),
      through: due.last?.at ?? runs.last?.at)
    guard !due.isEmpty else { return one }
    var keeping = try Keeping(of: agreement, last: runs.last, db)
    var plans = runs.all.map(\.plan)
    let digests = book.digests(at: (plans + due).map(\.at)).dropFirst(plans.count)
    for (plan, known) in zip(due, digests) {
      plans.append(plan)
      let outcome = EmbeddedCore().settle(book.settlementCase(terms, plans))
      if let what = try keeping.contradiction(outcome, isLast: false) {
        throw StoreError(.invariant, "\(name) in \(path) does not come out again at \(plan.at): \(what)")
      }
      one.new.add(try keeping.append(outcome, run: plan.at, db))
      try Runs.append(
        Run(
          plan: plan, version: terms.version, facts: known.facts, known: known.known,
          obligations: keeping.obligations.count, payments: keeping.payments.count,
          unpriced: outcome.balance.unpriced.value),
        of: agreement, db)
    }
    return one
  }

  private func due(
    _ agreement: Int64, _ terms: AgreementTerms, after last: Instant?, until: Instant, _ db: Database
  ) throws -> [RunPlan] {
    guard until > terms.from, last.map({ until > $0 }) ?? true else { return [] }
    let stated = try Int64.fetchAll(
      db, sql: "SELECT at FROM schedule WHERE agreement = ? ORDER BY at", arguments: [agreement]
    ).map { Instant(microseconds: $0) }
    guard !stated.isEmpty else { return [RunPlan(at: until, settles: true)] }
    let due = stated.filter { at in at <= until && last.map { at > $0 } ?? true }
    let look = due.last == until ? [] : [RunPlan(at: until, settles: false)]
    return due.map { RunPlan(at: $0, settles: true) } + look
  }

  /// The first thing kept of an agreement that does not come out again, by its newest terms.
  func contradiction(of agreement: Int64, _ db: Database) throws -> String? {
    guard let terms = try AgreementTerms.read(of: agreement, snapshots, db) else { return nil }
    return try contradiction(terms, FactBook(of: agreement, db), Runs(of: agreement, db), db)
  }

  private func contradiction(
    _ terms: AgreementTerms, _ book: FactBook, _ runs: Runs, _ db: Database
  ) throws -> String? {
    guard !runs.all.isEmpty else { return nil }
    let outcome = EmbeddedCore().settle(book.settlementCase(terms, runs.all.map(\.plan)))
    return try Keeping(of: runs.agreement, last: runs.last, db).contradiction(outcome, isLast: true)
  }
}

extension Outcome {
  fileprivate mutating func add(_ later: Outcome) {
    statements += later.statements
    decisions += later.decisions
    notifications += later.notifications
    obligations += later.obligations
    payments += later.payments
  }
}
