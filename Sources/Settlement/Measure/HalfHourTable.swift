// Half-hours of one register from a start, one row each: what came, what is wrong with it, what became of it.

internal import Units

/// A gap-free run of half-hours. Columns beside the rows hold what nobody outside needs to see.
struct HalfHourTable {
  let first: HalfHour
  var rows: [SettledHalfHour]
  /// Why the value is not payable as it stands, if so.
  var doubts: [ReasonCode?]
  /// Checks already told of the value.
  var told: [Checks]
  /// Number of the meter in the book; -1 before a value came, `both` where two meters share it.
  var meters: [Int16]
  /// An old and a new meter each counted a part of it.
  static let both: Int16 = -2
  /// One past the last half-hour that has a value.
  private(set) var horizon: HalfHour

  init(from: Instant, to: Instant) {
    let start = HalfHour(containing: from)
    first = start.start < from ? start.next : start
    let count = max(0, first.distance(to: HalfHour(containing: to)))
    let start0 = first
    rows = (0..<count).map { SettledHalfHour(halfHour: start0.advanced(by: $0)) }
    doubts = Array(repeating: nil, count: count)
    told = Array(repeating: [], count: count)
    meters = Array(repeating: -1, count: count)
    horizon = first
  }

  /// Checks that found something, so that each is told once.
  struct Checks: OptionSet {
    var rawValue: UInt8
    static let negative = Checks(rawValue: 1)
    static let overCapacity = Checks(rawValue: 2)
    static let night = Checks(rawValue: 4)
    static let clock = Checks(rawValue: 8)
    static let stuck = Checks(rawValue: 16)
  }

  /// The row of a half-hour, if the table reaches it.
  func index(of halfHour: HalfHour) -> Int? {
    let index = first.distance(to: halfHour)
    return rows.indices.contains(index) ? index : nil
  }

  /// Rows of the half-hours that lie wholly in `from ..< to`.
  func indices(from: Instant, to: Instant) -> Range<Int> {
    let start = HalfHour(containing: from)
    let lower = first.distance(to: start.start < from ? start.next : start)
    let upper = first.distance(to: HalfHour(containing: to))
    let low = min(max(lower, 0), rows.count)
    return low..<min(max(upper, low), rows.count)
  }

  /// Rows of the half-hours that overlap `from ..< to`.
  func touching(_ from: Instant, _ to: Instant) -> Range<Int> {
    guard from < to else { return 0..<0 }
    let low = min(max(first.distance(to: HalfHour(containing: from)), 0), rows.count)
    let end = HalfHour(containing: to)
    let high = first.distance(to: end.start < to ? end.next : end)
    return low..<min(max(high, low), rows.count)
  }

  var count: Int { rows.count }

  mutating func put(
    _ index: Int, energy: WattHours, quality: Quality, resolution: WattHours, meter: Int, cause: Cause
  ) {
    rows[index].energy = energy
    rows[index].quality = quality
    rows[index].resolution = resolution
    rows[index].cause = cause
    meters[index] = Int16(clamping: meter)
    horizon = max(horizon, rows[index].halfHour.next)
  }

  /// Sum of the measured half-hours from `from` to `to`, both moved to the nearest half-hour; nil if one is
  /// missing, estimated, or outside the table.
  func energy(from: Instant, to: Instant) -> Int64? {
    let (start, end) = (Self.nearest(from), Self.nearest(to))
    guard start < end, let low = index(of: start), let high = index(of: end.previous) else { return nil }
    var sum: Int64 = 0
    for row in rows[low...high] {
      guard row.quality == .actual else { return nil }
      sum += row.energy.value
    }
    return sum
  }

  private static func nearest(_ at: Instant) -> HalfHour { HalfHour(containing: at + .minutes(15)) }
}

extension HalfHourTable: CustomStringConvertible {
  /// One line per half-hour that has a value, for people.
  var description: String {
    var lines: [String] = []
    for (index, row) in rows.enumerated() where row.quality != .missing {
      let doubt = doubts[index].map { "  \($0.rawValue)" } ?? ""
      lines.append("\(row.halfHour.start)  \(row.quality.rawValue)  \(row.energy)\(doubt)")
    }
    return lines.joined(separator: "\n")
  }
}
