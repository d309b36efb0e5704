// From the flow on each phase to what the measuring element saw go each way: signs, phase sum, netting.

internal import Units

/// The measuring element of one meter.
struct Integrator {
  private(set) var place: Place
  private var sum: Lane
  private var second: Lane
  private var third: Lane
  private let phases: Int
  /// Two elements, each counted by itself.
  let isTwin: Bool
  private var phaseSum: PhaseSum
  private var netting: Netting

  init(_ profile: Profile, at start: Instant) {
    let time = start.milliseconds
    place = Place(time: time)
    sum = Lane(profile.netting, at: time)
    (second, third) = (sum, sum)
    (phases, phaseSum, netting) = (profile.phases, profile.phaseSum, profile.netting)
    isTwin = profile.isTwin
  }

  /// Nets and sums in another way from now on. What a window or bucket held until now goes where its sign
  /// says.
  mutating func refit(_ netting: Netting, _ phaseSum: PhaseSum) {
    guard netting != self.netting || phaseSum != self.phaseSum else { return }
    (self.netting, self.phaseSum) = (netting, phaseSum)
    sum.refit(netting, at: place.time)
    second.refit(netting, at: place.time)
    third.refit(netting, at: place.time)
  }

  /// Begins a new row of segments.
  mutating func rewind() { place.index = 0 }

  /// Measures until the segments or the block end, with the signs that hold throughout the block.
  mutating func measure(_ segments: [FlowSegment], until boundary: Int64, signs: PhaseSigns) {
    let (one, two, three) = (signs.l1, signs.l2, signs.l3)
    if phases == 1 {
      let start = place
      sum.integrate(segments, from: &place, until: boundary) { one * $0.l1 }
      guard isTwin else { return }
      place = start
      second.integrate(segments, from: &place, until: boundary) { two * $0.l2 }
    } else if phaseSum == .vector {
      sum.integrate(segments, from: &place, until: boundary) { one * $0.l1 + two * $0.l2 + three * $0.l3 }
    } else {
      let start = place
      sum.integrate(segments, from: &place, until: boundary) { one * $0.l1 }
      place = start
      second.integrate(segments, from: &place, until: boundary) { two * $0.l2 }
      place = start
      third.integrate(segments, from: &place, until: boundary) { three * $0.l3 }
    }
  }

  /// What buckets or running windows hold, in mW·ms.
  var held: Int64 { sum.carry + second.carry + third.carry }

  /// What flowed each way since the last call, in mW·ms, both ≥ 0.
  mutating func take() -> (forward: Int64, reverse: Int64) {
    guard !isTwin else { return sum.take() }
    let (first, second, third) = (sum.take(), second.take(), third.take())
    let forward = first.forward + second.forward + third.forward
    let reverse = first.reverse + second.reverse + third.reverse
    return phaseSum == .absolute ? (forward + reverse, 0) : (forward, reverse)
  }

  /// Of a twin-element meter, what flowed each way through the second element since the last call.
  mutating func takeSecond() -> (forward: Int64, reverse: Int64) { second.take() }
}
