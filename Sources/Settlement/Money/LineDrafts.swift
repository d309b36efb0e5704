// Statement lines while they grow: exact sums, no rounding yet. Energy of one kind, tariff, price and reason
// is one line.

internal import Units

struct LineDraft {
  var kind: StatementLine.Kind
  var basis: StatementLine.Basis
  var tariff: Int?
  var rate: UnitRate?
  var reason: ReasonCode
  var rule: Rule
  var from: Instant
  var to: Instant
  /// Nil when nobody knows how much.
  var energy: Int64?
  var exact = NanoPence(0)
  var halfHours = 0
  var causes: [Cause] = []

  var isPayable: Bool { kind != .held && kind != .awaited }

  func isSame(_ other: LineDraft) -> Bool {
    kind == other.kind && basis == other.basis && tariff == other.tariff && rate == other.rate
      && reason == other.reason && (energy == nil) == (other.energy == nil)
  }
}

struct LineDrafts {
  private(set) var lines: [LineDraft] = []
  private var last = 0

  /// Adds to the line of the same sort, or begins one.
  mutating func add(_ piece: LineDraft, because cause: Cause = .none) {
    let line = merge(piece)
    if cause != .none, lines[line].causes.last != cause { lines[line].causes.append(cause) }
  }

  private mutating func merge(_ piece: LineDraft) -> Int {
    if lines.isEmpty || !lines[last].isSame(piece) {
      guard let found = lines.firstIndex(where: { $0.isSame(piece) }) else {
        last = lines.count
        lines.append(piece)
        return last
      }
      last = found
    }
    lines[last].from = min(lines[last].from, piece.from)
    lines[last].to = max(lines[last].to, piece.to)
    if let more = piece.energy { lines[last].energy = (lines[last].energy ?? 0) + more }
    lines[last].exact = lines[last].exact + piece.exact
    lines[last].halfHours += piece.halfHours
    for cause in piece.causes where lines[last].causes.last != cause { lines[last].causes.append(cause) }
    return last
  }

  /// Says how much a line holds, where that was not known line by line.
  mutating func name(_ line: LineDraft, energy: Int64) {
    guard let index = lines.firstIndex(where: { $0.isSame(line) }) else { return }
    lines[index].energy = energy
  }

  var isEmpty: Bool { lines.isEmpty }
  var hasPayable: Bool { lines.contains { $0.isPayable } }
  var hasHeld: Bool { lines.contains { $0.kind == .held } }
  var exact: NanoPence { lines.reduce(NanoPence(0)) { $0 + $1.exact } }
}
