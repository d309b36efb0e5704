// `read-count`, `half-hour-count`, `frames-refused`: how many there were. `register`: what a register showed.
// `first-divergence`: who parted from the truth first, and when.

internal import Scenario
internal import Settlement
internal import Units

enum CountChecker {
  static func judgeReads(_ expected: ExpectedCount, source: ReadSource?, of story: LivedStory) -> Judgement {
    let what = "reads of \(expected.meter)" + (source.map { " by \($0.rawValue)" } ?? "")
    let serials = story.world.serials(of: expected.meter)
    let count = story.world.evidence.reads.count { read in
      serials.contains(read.serial) && (expected.role.map { $0 == read.register } ?? true)
        && (source.map { $0 == read.source } ?? true)
    }
    return judge(count, expected.count, what, why: failures(of: expected.meter, story))
  }

  static func judgeHalfHours(_ expected: ExpectedCount, state: HalfHourState?, of story: LivedStory) -> Judgement {
    let what = (state.map { "\($0.rawValue) " } ?? "") + "half-hours of \(expected.meter)"
    let count = story.outcome.halfHours.count { one in
      one.quality != .missing && (state.map { $0.rawValue == word(one.state) } ?? true)
    }
    return judge(count, expected.count, what, why: failures(of: expected.meter, story))
  }

  static func judgeRefused(_ line: String, _ range: CountRange, of story: LivedStory) -> Judgement {
    guard let station = story.world.lines[line], station.attempts > 0 else {
      return .vacuous(expected: "\(range.words) refused frames", because: "nothing was read over line '\(line)'")
    }
    return judge(
      station.framesRefused, range, "refused frames on \(line)",
      why: ["\(station.attempts) attempts, \(station.silences) unanswered"])
  }

  private static func judge(_ count: Int, _ range: CountRange, _ what: String, why: [String]) -> Judgement {
    .met(if: range.contains(count), expected: "\(range.words) \(what)", got: "\(count)", why: why)
  }

  private static func failures(of meter: String, _ story: LivedStory) -> [String] {
    story.world.evidence.failures.filter { $0.meter == meter }.prefix(3).map { "\($0.at): \($0.reason)" }
  }

  private static func word(_ state: SettledHalfHour.State) -> String {
    switch state {
    case .open: "open"
    case .paid: "paid"
    case .provisional: "provisional"
    case .inAdvance: "in-advance"
    case .held: "held"
    }
  }
}

extension CountRange {
  var words: String {
    switch (least, most) {
    case (let least, let most?) where least == most: "\(least)"
    case (let least, let most?): "\(least) to \(most)"
    case (let least, nil): "at least \(least)"
    }
  }
}

enum RegisterChecker {
  static func judge(_ expected: ExpectedRegister, of story: LivedStory) -> Judgement {
    let within = expected.within == .zero ? "" : " ± \(expected.within)"
    let wanted = "\(expected.role.rawValue) register of \(expected.meter) at \(expected.at): \(expected.value)\(within)"
    guard let shown = story.registers[expected] else {
      return .vacuous(expected: wanted, because: "'\(expected.meter)' has no \(expected.role.rawValue) register")
    }
    return .met(
      if: (shown - expected.value).magnitude <= expected.within, expected: wanted, got: "\(shown)",
      why: ["a difference of \(shown - expected.value)"])
  }
}

enum DivergenceChecker {
  static func judge(_ expected: ExpectedDivergence, of story: LivedStory) -> Judgement {
    let when = expected.at.map { " at \($0)" + (expected.within == .zero ? "" : " ± \(expected.within)") } ?? ""
    let wanted = expected.layer == .none ? "no divergence" : "\(expected.layer.rawValue) first\(when)"
    guard !story.world.beliefs.others.isEmpty || !story.world.beliefs.export.counted.isEmpty else {
      return .vacuous(expected: wanted, because: "nobody had a belief of export to compare with the truth")
    }
    guard let found = story.world.beliefs.firstDivergence else {
      return .met(if: expected.layer == .none, expected: wanted, got: "no divergence")
    }
    let inTime = expected.at.map { (found.at - $0).magnitude <= expected.within } ?? true
    return .met(
      if: found.layer.rawValue == expected.layer.rawValue && inTime, expected: wanted,
      got: "\(found.layer.rawValue) at \(found.at): true export \(found.truth), believed \(found.believed)")
  }
}
