// What became of each half-hour, made when somebody asks.

internal import Units

/// The half-hours of a case, each with what the last settlement made of it. They are made when they are asked
/// for: a settlement itself keeps columns.
public struct SettledHalfHours: RandomAccessCollection, Sendable {
  private enum Form: Sendable {
    case given([SettledHalfHour])
    case made(count: Int, @Sendable (Int) -> SettledHalfHour)
  }

  private let form: Form

  public init(_ rows: [SettledHalfHour] = []) { form = .given(rows) }

  init(count: Int, row: @escaping @Sendable (Int) -> SettledHalfHour) { form = .made(count: count, row) }

  public var startIndex: Int { 0 }
  public var endIndex: Int {
    switch form {
    case .given(let rows): rows.count
    case .made(let count, _): count
    }
  }

  public subscript(index: Int) -> SettledHalfHour {
    switch form {
    case .given(let rows): rows[index]
    case .made(_, let row): row(index)
    }
  }
}

extension SettledHalfHours: Hashable {
  public static func == (left: SettledHalfHours, right: SettledHalfHours) -> Bool {
    left.count == right.count && left.elementsEqual(right)
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(count)
    for row in self { hasher.combine(row) }
  }
}

extension SettledHalfHours: ExpressibleByArrayLiteral {
  public init(arrayLiteral rows: SettledHalfHour...) { self.init(rows) }
}

extension Ledger {
  /// The half-hours of the case with what the last settlement made of them.
  var outcomeRows: SettledHalfHours {
    let snapshot = Snapshot(table: exports, position: position, book: verdicts)
    return SettledHalfHours(count: exports.count) { snapshot.row($0) }
  }
}

/// What the rows of an outcome are made from. Nobody changes the columns any more.
private struct Snapshot: @unchecked Sendable {
  let table: HalfHourTable
  let position: Position
  let book: VerdictBook

  func row(_ index: Int) -> SettledHalfHour {
    var row = table.row(index)
    let number = position.verdict(index)
    if number == VerdictBook.covered { row.state = .inAdvance }
    guard let verdict = book[number] else { return row }
    row.state = verdict.state
    guard verdict.isMoney else { return row }
    // What was billed: later values wait for the next settlement.
    row.energy = WattHours(position.energy(index))
    if row.quality == .missing { row.quality = .estimated }
    row.rate = verdict.price(position.own(index))
    row.statement = position.statement(index)
    return row
  }
}

extension Verdict {
  fileprivate var state: SettledHalfHour.State {
    switch kind {
    case .payable: .paid
    case .provisional: .provisional
    case .held: .held(reason)
    case .forfeited: .forfeited(reason)
    case .awaited: .open
    }
  }
}
