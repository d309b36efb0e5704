// `read-count`, `answer-count`, `half-hour-count`, `frames-refused`: how many there were. Where nobody tried,
// counting nothing proves nothing.

internal import Scenario
internal import Settlement
internal import Units

enum CountChecker {
  static func judgeReads(
    _ expected: ExpectedCount, source: ReadSource?, of story: LivedStory
  ) -> Judgement {
    let what =
      "\(expected.role.map { $0.rawValue + " " } ?? "")reads of \(expected.meter)"
      + (source.map { " by \($0.rawValue)" } ?? "")
    guard story.file.timeline.contains(where: { $0.action.reads(expected.meter) }) else {
      return .vacuous(
        expected: "\(expected.count.words) \(what)", because: "nobody reads '\(expected.meter)'")
    }
    let serials = story.serials(of: expected.meter)
    let count = story.world.evidence.reads.count { read in
      serials.contains(read.serial) && (expected.role.map { $0 == read.register } ?? true)
        && (source.map { $0 == read.source } ?? true)
    }
    return judge(count, expected.count, what, why: failures(of: expected.meter, story))
  }

  static func judgeAnswers(
    of meter: String, saying words: String, _ range: CountRange, in story: LivedStory
  ) -> Judgement {
    let what = "answers of \(meter) saying '\(words)'"
    let answers = story.world.evidence.answers.filter { $0.meter == meter }
    guard !answers.isEmpty else {
      return .vacuous(expected: "\(range.words) \(what)", because: "nobody orders anything of '\(meter)'")
    }
    let count = answers.count { $0.words.contains(words) }
    return judge(count, range, what, why: answers.prefix(5).map { "\($0.at): \($0.words)" })
  }

  static func judgeHalfHours(
    _ expected: ExpectedCount, state: HalfHourState?, of story: LivedStory
  ) -> Judgement {
    let what = (state.map { "\($0.rawValue) " } ?? "") + "half-hours of \(expected.meter)"
    guard !story.outcome.halfHours.isEmpty else {
      return .vacuous(
        expected: "\(expected.count.words) \(what)", because: "settlement knows of no half-hours")
    }
    let count = story.outcome.halfHours.count { one in
      // Without a state, those that have a value count; a gap has a state and no value.
      state.map { $0.rawValue == one.state.word } ?? (one.quality != .missing)
    }
    return judge(count, expected.count, what, why: failures(of: expected.meter, story) + states(story))
  }

  static func judgeRefused(_ line: String, _ range: CountRange, of story: LivedStory) -> Judgement {
    guard let station = story.world.lines[line], station.attempts > 0 else {
      return .vacuous(
        expected: "\(range.words) refused frames", because: "nothing was read over line '\(line)'")
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

  /// How many half-hours are in which state.
  private static func states(_ story: LivedStory) -> [String] {
    let words = HalfHourState.allCases.compactMap { state -> String? in
      let count = story.outcome.halfHours.count { $0.state.word == state.rawValue }
      return count == 0 ? nil : "\(count) \(state.rawValue)"
    }
    return [words.joined(separator: ", ")]
  }
}

extension Command.Action {
  /// Whether it asks for reads of a meter.
  fileprivate func reads(_ meter: String) -> Bool {
    switch self {
    case .displayRead(let order): order.meter == meter
    case .remoteRead(let order): order.meter == meter
    case .poll(let order): order.meter == meter
    case .benchRead(let order): order.meter == meter && order.givesReads
    // Values are written down when meters are exchanged.
    case .meterExchanged(let exchange): exchange.meter == meter && exchange.readsTaken
    case .reading(let name, _): name == meter
    case .flowFile(let arrival): !arrival.taken.reads.isEmpty
    case .remoteOrder, .smets1, .migration, .button, .setLine, .powerCycle: false
    case .fault, .settle, .write, .flow, .voltage, .halfHours, .event, .pulseLogger: false
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
