// What all time up to a settlement is worth: proposed afresh by all that is known, and kept as billed once the
// differences to the position before it are on a statement. Two forms side by side: half-hours in columns, and
// pieces for what readings or edges cut otherwise.

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
  var verdicts: [UInt32] = []
  /// Energy by row, in Wh.
  var energies: [Int64] = []
  /// Price by row where each half-hour has its own.
  var owns: [Int64] = []
  /// Index of the statement that billed a row; -1 before.
  var statements: [Int32] = []
  /// How far readings cover.
  var coveredThrough: Instant?
  /// Value of every known energy at its price, and energy that has none.
  var accrued = NanoPence(0)
  var unpriced = WattHours(0)

  init(rows: Int = 0) {
    verdicts = Array(repeating: VerdictBook.nothing, count: rows)
    energies = Array(repeating: 0, count: rows)
    statements = Array(repeating: -1, count: rows)
  }

  /// Verdict of a row; nothing beyond the end.
  func verdict(_ row: Int) -> UInt32 { row < verdicts.count ? verdicts[row] : VerdictBook.nothing }
  func energy(_ row: Int) -> Int64 { row < energies.count ? energies[row] : 0 }
  func own(_ row: Int) -> Int64 { row < owns.count ? owns[row] : 0 }

  mutating func sortPieces() {
    pieces.sort {
      ($0.from, $0.to, $0.verdict.kind.rawValue, $0.energy ?? .min, $0.verdict.reason.rawValue)
        < ($1.from, $1.to, $1.verdict.kind.rawValue, $1.energy ?? .min, $1.verdict.reason.rawValue)
    }
  }
}
