// Turns the energies of a half-hour into constant powers that give back exactly those energies.
//
// A half-hour has 1 800 000 ms. Energy E over T ms is E = p·T + r with 0 ≤ r < T, so `p + 1` mW for r ms and
// then `p` mW for the other T − r is exact in mW·ms: nothing is rounded and no remainder is carried on. Where
// import and export both happened, the half-hour is cut in two in the proportion of the energies, so that
// neither block needs more power than their mean; which block comes first is stated, as the columns cannot
// say.

internal import Units

/// Which block comes first in a half-hour in which energy went both ways. Nothing in two columns of totals
/// says so; export first is our assumption.
public enum BlockOrder: String, Hashable, Sendable, CaseIterable {
  case exportFirst = "export-first"
  case importFirst = "import-first"
}

/// What one phase did in one half-hour: neither part negative.
struct HalfHourEnergies: Hashable {
  var imported: FineEnergy = .zero
  var exported: FineEnergy = .zero
}

/// Builds the segments of half-hours, one after another.
struct HalfHourBlocks {
  static let milliseconds = HalfHour.length.microseconds / 1000

  /// A stretch of constant power, counted from the start of the half-hour.
  private struct Run {
    var end: Int64
    var milliwatts: Int64
  }

  let order: BlockOrder
  private(set) var segments: [FlowSegment] = []
  private var runs: [[Run]] = [[], [], []]

  init(order: BlockOrder) { self.order = order }

  /// Appends the segments of one half-hour from the energies of one to three phases.
  mutating func append(_ halfHour: HalfHour, phases: [HalfHourEnergies]) {
    for phase in 0..<3 { lay(phase < phases.count ? phases[phase] : HalfHourEnergies(), in: phase) }
    let start = halfHour.start.milliseconds
    var place = (0, 0, 0)
    var at: Int64 = 0
    while at < Self.milliseconds {
      let now = (runs[0][place.0], runs[1][place.1], runs[2][place.2])
      at = min(now.0.end, now.1.end, now.2.end)
      segments.append(
        FlowSegment(
          endMilliseconds: start + at, l1: now.0.milliwatts, l2: now.1.milliwatts, l3: now.2.milliwatts))
      if now.0.end == at { place.0 += 1 }
      if now.1.end == at { place.1 += 1 }
      if now.2.end == at { place.2 += 1 }
    }
  }

  private mutating func lay(_ energies: HalfHourEnergies, in phase: Int) {
    runs[phase].removeAll(keepingCapacity: true)
    let (imported, exported) = (energies.imported.raw, energies.exported.raw)
    let length = Self.milliseconds
    guard imported > 0, exported > 0 else {
      return lay(imported - exported, until: length, in: phase)
    }
    let share = Int128(exported) * Int128(length) / (Int128(exported) + Int128(imported))
    let exportTime = min(max(Int64(share), 1), length - 1)
    switch order {
    case .exportFirst:
      lay(-exported, until: exportTime, in: phase)
      lay(imported, until: length, in: phase)
    case .importFirst:
      lay(imported, until: length - exportTime, in: phase)
      lay(-exported, until: length, in: phase)
    }
  }

  /// Lays signed energy between the end of the last run and `end`, exactly.
  private mutating func lay(_ energy: Int64, until end: Int64, in phase: Int) {
    let start = runs[phase].last?.end ?? 0
    let (power, rest) = energy.magnitude.quotientAndRemainder(dividingBy: UInt64(end - start))
    let sign: Int64 = energy < 0 ? -1 : 1
    if rest > 0 {
      runs[phase].append(Run(end: start + Int64(rest), milliwatts: sign * (Int64(power) + 1)))
    }
    runs[phase].append(Run(end: end, milliwatts: sign * Int64(power)))
  }
}
