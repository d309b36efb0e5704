// Statement lines while they grow: exact sums, no rounding yet. Energy of one kind,
// sale and reason is one line.

internal import Units

struct LineDraft {
  var kind: StatementLine.Kind
  var basis: StatementLine.Basis
  var tariff = ""
  var rate: UnitRate?
  var reason: ReasonCode
  var rule: Rule
  var from: Instant
  var to: Instant
  /// Nil when nobody knows how much.
  var energy: Int64?
  var exact = NanoPence(0)
  var halfHours = 0
  var payer: String
  var vat = 0
  var flags: LineFlags = []
  var causes: [Cause] = []

  var isPayable: Bool { kind.isPayable }

  func isSame(_ other: LineDraft) -> Bool {
    kind == other.kind && basis == other.basis && reason == other.reason && rate == other.rate
      && (energy == nil) == (other.energy == nil) && rule == other.rule && tariff == other.tariff
      && vat == other.vat && flags == other.flags && payer == other.payer
  }
}

extension LineDraft {
  /// A line of so much energy under a verdict. Where no money moves, the price is nobody's concern.
  init(
    _ verdict: Verdict, _ basis: StatementLine.Basis, from: Instant, to: Instant, energy: Int64?,
    exact: NanoPence = NanoPence(0), halfHours: Int = 0, causes: [Cause] = []
  ) {
    self.init(
      kind: verdict.lineKind, basis: basis, tariff: verdict.isMoney ? verdict.sale.tariff : "",
      rate: verdict.isMoney ? verdict.sale.rate : nil, reason: verdict.reason, rule: verdict.rule,
      from: from, to: to, energy: energy, exact: verdict.isMoney ? exact : NanoPence(0),
      halfHours: halfHours, payer: verdict.sale.payer, vat: verdict.isMoney ? verdict.sale.vat : 0,
      flags: verdict.flags, causes: causes + verdict.causes)
  }
}

struct LineDrafts {
  private(set) var lines: [LineDraft] = []
  private var last = 0

  /// Adds to the line of the same sort, or begins one.
  mutating func add(_ piece: LineDraft) {
    if lines.isEmpty || !lines[last].isSame(piece) {
      guard let found = lines.firstIndex(where: { $0.isSame(piece) }) else {
        last = lines.count
        lines.append(piece)
        return
      }
      last = found
    }
    lines[last].from = min(lines[last].from, piece.from)
    lines[last].to = max(lines[last].to, piece.to)
    if let more = piece.energy { lines[last].energy = (lines[last].energy ?? 0) + more }
    lines[last].exact = lines[last].exact + piece.exact
    lines[last].halfHours += piece.halfHours
    for cause in piece.causes where lines[last].causes.last != cause { lines[last].causes.append(cause) }
  }

  /// Says how much a line holds, where that was not known line by line.
  mutating func name(_ line: LineDraft, energy: Int64) {
    guard let index = lines.firstIndex(where: { $0.isSame(line) }) else { return }
    lines[index].energy = energy
  }

  mutating func removeAll(where isGone: (LineDraft) -> Bool) {
    lines.removeAll(where: isGone)
    last = 0
  }

  /// What is new comes first, then what corrects earlier statements.
  mutating func moveAdjustmentsBack() {
    lines = lines.filter { $0.kind != .adjustment } + lines.filter { $0.kind == .adjustment }
    last = 0
  }

  var isEmpty: Bool { lines.isEmpty }
  var hasPayable: Bool { lines.contains { $0.isPayable } }
  var hasHeld: Bool { lines.contains { $0.kind == .held } }
}
