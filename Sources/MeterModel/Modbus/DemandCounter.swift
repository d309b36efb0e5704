// Demand: the mean power of a period, and the largest such mean since the meter was switched on. Periods lie
// end to end from the moment the meter is switched on (block demand), or, where a make's document says so,
// the period slides on by a step (IEC 61557-12, annex A: fixed and sliding block). Our assumption: the total
// is import and export together, and a mean shows when its period has ended; a sliding one not before the
// first whole period.

internal import Units

/// Means over the demand period.
public struct DemandCounter {
  /// What is averaged; in mW, or mW at the voltage for a current.
  public enum Item: Int, CaseIterable {
    case total, `import`, export, l1, l2, l3, neutral
  }

  private var mean = SIMD8<Int64>()
  private var most = SIMD8<Int64>()
  private var sums = SIMD8<Int64>()
  private var period: Int64
  /// By how much the period slides; the period itself for blocks.
  private var step: Int64
  private let slides: TimeSpan?
  /// What flowed in each step of the latest period, in a ring; empty for blocks. Made when the period is set.
  private var steps: [SIMD8<Int64>] = []
  private var oldest = 0
  private var filled = 0
  private var whole = SIMD8<Int64>()
  /// When the step that runs began.
  private var began: Int64
  private let isNet: Bool
  private let supply: ModbusMap.Supply

  /// `start` is when the meter was switched on; a vector meter nets its phases before it asks which way.
  /// `slides`: the step by which the period slides; nil for blocks.
  init(
    period: TimeSpan, slides: TimeSpan? = nil, supply: ModbusMap.Supply, isNet: Bool, at start: Instant
  ) {
    self.period = max(period.microseconds / 1000, 1000)
    (step, self.slides) = (self.period, slides)
    (began, self.supply, self.isNet) = (start.milliseconds, supply, isNet)
    layOut()
  }

  /// A period of whole steps slides; any other is a block.
  private mutating func layOut() {
    (sums, whole, oldest, filled) = (.zero, .zero, 0, 0)
    let wanted = max((slides?.microseconds ?? 0) / 1000, 0)
    guard wanted >= 1000, wanted < period, period % wanted == 0 else {
      (step, steps) = (period, [])
      return
    }
    step = wanted
    steps = Array(repeating: .zero, count: Int(period / wanted))
  }

  /// Counts what flows from `place` on until the segments end.
  mutating func count(_ segments: [FlowSegment], from start: Int64, signs: PhaseSigns) {
    var place = start
    for segment in segments where segment.endMilliseconds > place {
      let (l1, l2, l3) = (signs.l1 * segment.l1, signs.l2 * segment.l2, signs.l3 * segment.l3)
      let flows = values(l1, l2, l3)
      while place < segment.endMilliseconds {
        let end = min(segment.endMilliseconds, began + step)
        sums &+= flows &* (end - place)
        place = end
        if end == began + step { close() }
      }
    }
  }

  /// From now on over another period; the one that runs is given up.
  mutating func setPeriod(_ span: TimeSpan, at instant: Instant) {
    period = max(span.microseconds / 1000, 1000)
    began = instant.milliseconds
    layOut()
  }

  /// The mean of the last whole period; 0 before one has ended.
  public subscript(_ item: Item) -> Int64 { mean[item.rawValue] }
  /// The largest mean since it was switched on.
  public func largest(_ item: Item) -> Int64 { most[item.rawValue] }

  private func values(_ l1: Int64, _ l2: Int64, _ l3: Int64) -> SIMD8<Int64> {
    let sum = l1 + l2 + l3
    let forward = isNet ? max(sum, 0) : max(l1, 0) + max(l2, 0) + max(l3, 0)
    let reverse = isNet ? max(-sum, 0) : max(-l1, 0) + max(-l2, 0) + max(-l3, 0)
    let neutral = Visit.neutral(l1, l2, l3, supply)
    return SIMD8(forward + reverse, forward, reverse, abs(l1), abs(l2), abs(l3), neutral, 0)
  }

  private mutating func close() {
    defer {
      sums = .zero
      began += step
    }
    if steps.isEmpty {
      mean = sums / SIMD8(repeating: period)
    } else {
      whole = whole &+ sums &- steps[oldest]
      steps[oldest] = sums
      oldest = (oldest + 1) % steps.count
      filled = min(filled + 1, steps.count)
      guard filled == steps.count else { return }
      mean = whole / SIMD8(repeating: period)
    }
    for index in most.indices { most[index] = max(most[index], mean[index]) }
  }
}

extension DemandCounter {
  /// For a make of meter; nil where nobody can read a mean.
  init?(_ profile: Profile, at start: Instant) {
    guard let map = profile.modbus, map.showsDemand else { return nil }
    self.init(
      period: map.demandPeriod, slides: map.demandSlides, supply: map.supply,
      isNet: profile.phaseSum == .vector, at: start)
  }
}
