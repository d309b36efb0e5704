// Taking in: agreements, the instants at which they are settled, and facts, each once. All of one call or
// nothing of it.

internal import GRDB
public import Settlement
public import Units

extension Store {
  /// Takes in what is not there yet. The same intake again changes nothing.
  ///
  /// Throws a contradiction where terms of an agreement are other than those kept and something that was
  /// stated would then come out otherwise, or where a settlement is asked for before one that is done.
  @discardableResult
  public func take(_ intakes: [Intake]) throws(StoreError) -> [Taken] {
    try write { db in try intakes.map { try self.take($0, db) } }
  }

  private func take(_ intake: Intake, _ db: Database) throws -> Taken {
    var taken = Taken(agreement: intake.agreement)
    let isChanged: Bool
    let agreement: Int64
    if let terms = intake.terms {
      agreement = try number(ofNew: intake.agreement, db, &taken)
      isChanged = try AgreementTerms.write(terms, of: agreement, snapshots, db)
    } else {
      (agreement, isChanged) = (try number(of: intake.agreement, db), false)
    }
    taken.isNewVersion = isChanged && !taken.isNewAgreement
    let file = try intake.file.map { try self.number(of: $0, db, &taken) }
    let floor = try lastRun(of: agreement, db)
    var writer = FactWriter(db: db, agreement: agreement, file: file, floor: floor, taken: taken)
    for at in (intake.terms?.settlements ?? []).sorted() { try writer.write(settlement: at) }
    for read in intake.reads { try writer.write(read) }
    for log in intake.logs { try writer.write(log) }
    for event in intake.events { try writer.write(event) }
    if writer.taken.isNewVersion, floor != nil, let what = try contradiction(of: agreement, db) {
      throw StoreError(
        .contradiction,
        "the terms of \(intake.agreement) differ from those it was settled with, and \(what)")
    }
    return writer.taken
  }

  private func known(_ agreement: String, _ db: Database) throws -> Int64? {
    let statement = try db.cachedStatement(sql: "SELECT number FROM agreements WHERE name = ?")
    return try Int64.fetchOne(statement, arguments: [agreement])
  }

  /// The number of an agreement that is there.
  func number(of agreement: String, _ db: Database) throws -> Int64 {
    guard let number = try known(agreement, db) else {
      throw StoreError(.contradiction, "\(path) has no agreement '\(agreement)'")
    }
    return number
  }

  private func number(ofNew agreement: String, _ db: Database, _ taken: inout Taken) throws -> Int64 {
    if let known = try known(agreement, db) { return known }
    try db.execute(sql: "INSERT INTO agreements (name) VALUES (?)", arguments: [agreement])
    taken.isNewAgreement = true
    return db.lastInsertedRowID
  }

  private func number(of file: SourceFile, _ db: Database, _ taken: inout Taken) throws -> Int64 {
    if let known = try Int64.fetchOne(
      db, sql: "SELECT number FROM files WHERE digest = ?", arguments: [file.digest.blob])
    {
      taken.isKnownFile = true
      return known
    }
    try db.execute(
      sql: "INSERT INTO files (digest, name, bytes, numbers) VALUES (?, ?, ?, ?)",
      arguments: [file.digest.blob, file.name, file.size, file.numbers.rawValue])
    return db.lastInsertedRowID
  }

  func lastRun(of agreement: Int64, _ db: Database) throws -> Instant? {
    try Int64.fetchOne(db, sql: "SELECT max(at) FROM runs WHERE agreement = ?", arguments: [agreement])
      .map { Instant(microseconds: $0) }
  }

  /// The newest terms of an agreement; nil if it is not there.
  public func terms(of name: String) throws(StoreError) -> (agreement: Agreement, from: Instant)? {
    try read { db in
      guard let number = try known(name, db) else { return nil }
      return try AgreementTerms.read(of: number, snapshots, db).map { ($0.agreement, $0.from) }
    }
  }
}
