// What all time up to a settlement is worth: proposed afresh by all that is known, and kept as billed once
// the differences to the position before it are on a statement. Two forms side by side: half-hours in
// columns, and pieces for what readings or edges cut otherwise.

internal import Units

/// Some energy over a stretch of time that is no single half-hour.
struct Piece: Hashable {
  /// Half-open.
  var from: Instant
  var to: Instant
  /// Nil when nobody knows how much.
  var energy: Int64?
  var basis: StatementLine.Basis = .registers
  var verdict: Verdict
  /// Price of the half-hour that it is cut from, where each has its own.
  var own: Int64 = 0
  var causes: [Cause] = []

  var exact: NanoPence { verdict.isMoney ? verdict.worth(energy ?? 0, own: own) : NanoPence(0) }

  /// What was billed is the same, on whatever evidence.
  func bills(like other: Piece) -> Bool {
    from == other.from && to == other.to && energy == other.energy && own == other.own
      && verdict == other.verdict
  }
}

struct Position {
  /// In order of their starts.
  var pieces: [Piece] = []
  /// By row of the table of export half-hours: number of the verdict.
  var verdicts: [UInt32]
  /// The half-hours as they were known then; nil while there are none.
  private(set) var columns: HalfHourColumns?
  /// No energy in them is further from zero.
  private(set) var most: Int64 = 0
  /// Price by row where each half-hour has its own.
  var owns: [Int64] = []
  var mostOwn: Int64 = 0
  /// Index of the statement that billed a row; -1 before. Empty while nothing was billed.
  var statements: [Int32] = []
  /// How far readings cover.
  var coveredThrough: Instant?
  /// Value of every known energy at its price, and energy that has none.
  var accrued = NanoPence(0)
  var unpriced = WattHours(0)
  /// The columns are this position's own.
  private var isPatched = false

  init(_ table: HalfHourTable? = nil) {
    verdicts = Array(repeating: VerdictBook.nothing, count: table?.count ?? 0)
    (columns, most) = (table?.view, table?.most ?? 0)
  }

  /// Verdict of a row; nothing beyond the end.
  func verdict(_ row: Int) -> UInt32 { row < verdicts.count ? verdicts[row] : VerdictBook.nothing }
  func energy(_ row: Int) -> Int64 { columns?.energies[row] ?? 0 }
  func own(_ row: Int) -> Int64 { row < owns.count ? owns[row] : 0 }
  func statement(_ row: Int) -> Int32 { row < statements.count ? statements[row] : -1 }

  /// Whether any half-hour is paid for itself.
  var paysHalfHours: Bool { verdicts.contains { $0 > VerdictBook.covered } }

  /// Puts an estimate where nothing was measured.
  mutating func estimate(_ row: Int, _ energy: Int64) {
    let own: HalfHourColumns
    if let known = columns {
      own = isPatched ? known : known.copy()
    } else {
      own = .init(count: verdicts.count)
    }
    own.energies[row] = energy
    most = max(most, Int64(clamping: energy.magnitude))
    (columns, isPatched) = (own, true)
  }

  /// Energy and worth of rows under one verdict.
  func worth(_ rows: Range<Int>, _ verdict: Verdict) -> (energy: Int64, exact: NanoPence) {
    guard let columns else { return (0, NanoPence(0)) }
    let energy = HalfHourKernel.sum(columns.energies, rows, most: most)
    guard verdict.sale.isOwn else {
      let rate = verdict.sale.rate ?? .zero
      return (Int64(clamping: energy), NanoPence(energy * Int128(rate.microPencePerKilowattHour)))
    }
    if verdict.part == 1000 { return (Int64(clamping: energy), NanoPence(value(rows))) }
    let exact = rows.reduce(NanoPence(0)) { $0 + verdict.worth(columns.energies[$1], own: own($1)) }
    return (Int64(clamping: energy), exact)
  }

  /// Energy × own price.
  func value(_ rows: Range<Int>) -> Int128 {
    guard let columns, owns.count >= rows.upperBound else { return 0 }
    return owns.withUnsafeBufferPointer {
      HalfHourKernel.value(columns.energies, $0, rows, most: most, mostPrice: mostOwn)
    }
  }

  mutating func sortPieces() {
    pieces.sort {
      ($0.from, $0.to, $0.verdict.kind.rawValue, $0.energy ?? .min, $0.verdict.reason.rawValue)
        < ($1.from, $1.to, $1.verdict.kind.rawValue, $1.energy ?? .min, $1.verdict.reason.rawValue)
    }
  }
}
