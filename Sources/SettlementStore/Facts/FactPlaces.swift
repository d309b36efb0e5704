// Where a fact stood before it was kept: from the number in a decision back to a line of a file.

internal import GRDB
public import Units

/// Where a fact was taken from.
public struct FactPlace: Hashable, Sendable {
  /// Name of its file as given; nil if it came from none.
  public var file: String?
  public var numbers = SourceFile.Numbers.lines
  /// What the fact said of its own cause: a line of the file, a journal entry; none if it said nothing.
  public var cause: Cause
}

/// Places of all facts of one agreement, by the numbers that its decisions and lines give.
public struct FactPlaces: Sendable {
  private let facts: [(number: UInt32, file: Int64?, stated: Cause, entries: [Cause])]
  private let files: [Int64: (name: String, numbers: SourceFile.Numbers)]

  init(_ book: FactBook, _ db: Database) throws {
    facts = book.facts.map { fact in
      guard case .log(let log) = fact.content else { return (fact.number, fact.file, fact.stated, []) }
      let causes = log.entries.map(\.cause)
      return (fact.number, fact.file, fact.stated, causes.allSatisfy { $0 == .none } ? [] : causes)
    }
    var files: [Int64: (name: String, numbers: SourceFile.Numbers)] = [:]
    for row in try Row.fetchAll(db, sql: "SELECT number, name, numbers FROM files") {
      files[row[0]] = (row[1], SourceFile.Numbers(rawValue: row[2]) ?? .lines)
    }
    self.files = files
  }

  /// Nil for a number that no fact has.
  public subscript(_ cause: Cause) -> FactPlace? {
    var (low, high) = (0, facts.count)
    while low < high {
      let middle = (low + high) / 2
      if facts[middle].number <= cause.number { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return nil }
    let fact = facts[low - 1]
    let entry = Int(cause.number - fact.number) - 1
    guard entry < max(fact.entries.count, 0) else { return nil }
    var place = FactPlace(cause: entry < 0 ? fact.stated : fact.entries[entry])
    if let file = fact.file.flatMap({ files[$0] }) { (place.file, place.numbers) = (file.name, file.numbers) }
    return place
  }
}

extension Store {
  /// Places of all facts of an agreement.
  public func places(of agreement: String) throws(StoreError) -> FactPlaces {
    try read { db in try FactPlaces(FactBook(of: try number(of: agreement, db), db), db) }
  }
}
