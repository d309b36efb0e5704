// The plots of a story: cumulative export, and the import dial where it does not say what was imported.
// A person sees there at a glance where two lines part, and what was at work then.

internal import Runner
internal import Settlement
internal import Units

struct HTMLPlots {
  let story: StoryRecord
  /// What settlement refused or asked about, by the entry of the read.
  private let queried: [Cause: String]

  init(_ story: StoryRecord) {
    self.story = story
    var queried: [Cause: String] = [:]
    for decision in story.outcome.decisions where decision.severity >= .query {
      // A decision names the reads it rests on; the last of them is the one that it is about.
      guard let latest = decision.reads.max(by: { $0.number < $1.number }) else { continue }
      queried[latest] = queried[latest] ?? decision.code.rawValue
    }
    self.queried = queried
  }

  var html: String { export + dial + SettlementStrip(story).html }

  private var export: String {
    let beliefs = story.beliefs
    // Of facts that are only stated there is no truth to compare with.
    guard !beliefs.export.truth.isEmpty, beliefs.export.isCounted || !beliefs.others.isEmpty || hasMoney
    else {
      return ""
    }
    let accepted = beliefs.others.filter { $0.layer == .core }
    var lines = [line(.truth, beliefs.export.truth), line(.meter, beliefs.export.counted)]
    if !accepted.isEmpty {
      var points: [(at: Instant, energy: WattHours?)] = [(story.from, .zero)]
      for one in accepted { points.append((one.at, one.believed)) }
      points.append((story.until, accepted.last?.believed))
      lines.append(CumulativeChart.Line(mark: .accepted, points: points, isStepped: true))
    }
    let dots = beliefs.others.filter { $0.layer == .reader }.map { dot(at: $0.at, $0.believed, $0.cause) }
    return figure("Export since the start", lines, dots, meter: "meter counts", accepted: !accepted.isEmpty)
  }

  /// Only where it has something to say: somebody reads the dial, or it parts from what was imported.
  private var dial: String {
    let beliefs = story.beliefs
    let parts = zip(beliefs.import.truth, beliefs.import.counted).contains { truth, counted in
      counted.map { ($0 - truth).magnitude > WattHours(2) } ?? false
    }
    let isRead = story.evidence.reads.contains { $0.register != .export && $0.source != .remote }
    guard parts || isRead else { return "" }
    let dots = beliefs.dialReads.map { dot(at: $0.at, $0.counted, $0.cause) }
    return figure(
      "Import dial since the start",
      [line(.truth, beliefs.import.truth), line(.meter, beliefs.import.counted)],
      dots, meter: "dial counts", accepted: false)
  }

  private var hasMoney: Bool { !story.outcome.statements.isEmpty }

  private func line(_ mark: CumulativeChart.Mark, _ values: [WattHours?]) -> CumulativeChart.Line {
    let first = HalfHour(containing: story.from)
    // Everything counts from the start of the story, if it counts at all.
    let isThere = values.first.map { $0 != nil } ?? false
    var points: [(at: Instant, energy: WattHours?)] = [(story.from, isThere ? .zero : nil)]
    for (offset, energy) in values.enumerated() { points.append((first.advanced(by: offset).end, energy)) }
    return CumulativeChart.Line(mark: mark, points: points)
  }

  private func dot(at: Instant, _ energy: WattHours, _ cause: Cause) -> CumulativeChart.Dot {
    let code = queried[cause]
    return CumulativeChart.Dot(
      at: at, energy: energy, isQueried: code != nil,
      note: "read of \(at): \(energy) since the start" + (code.map { ", \($0)" } ?? ""))
  }

  private func figure(
    _ title: String, _ lines: [CumulativeChart.Line], _ dots: [CumulativeChart.Dot], meter: String,
    accepted: Bool
  ) -> String {
    var chart = CumulativeChart(
      title: title, from: story.from, until: story.until, lines: lines, dots: dots)
    chart.faults = story.faults.map {
      CumulativeChart.Event(from: $0.from, until: $0.until, note: "\($0.id) on \($0.target)")
    }
    chart.settlements = story.settlements.map {
      CumulativeChart.Event(from: $0, until: nil, note: "settled at \($0)")
    }
    chart.misses = story.evidence.failures.map {
      CumulativeChart.Event(from: $0.at, until: nil, note: "\($0.meter) at \($0.at): \($0.reason)")
    }
    var keys = [("truth", "true"), ("meter", meter)]
    if lines.first(where: { $0.mark == .meter })?.points.contains(where: { $0.energy != nil }) != true {
      keys.removeLast()
    }
    if dots.contains(where: { !$0.isQueried }) { keys.append(("read", "read")) }
    if dots.contains(where: \.isQueried) { keys.append(("queried", "read, refused or queried")) }
    if !chart.misses.isEmpty { keys.append(("miss", "read that failed")) }
    if accepted { keys.append(("accepted", "accepted for payment")) }
    if !chart.settlements.isEmpty { keys.append(("settled", "settled")) }
    if !chart.faults.isEmpty { keys.append(("fault", faultNames)) }
    let legend = keys.map { "<span class=\"key \($0.0)\">\(HTMLText.escaped($0.1))</span>" }.joined()
    return "<figure><figcaption><b>\(HTMLText.escaped(title))</b>\(legend)</figcaption>\(chart.svg)</figure>"
  }

  private var faultNames: String {
    var names: [String] = []
    for fault in story.faults {
      let name = "\(fault.id) on \(fault.target)"
      if !names.contains(name) { names.append(name) }
    }
    return names.joined(separator: ", ")
  }
}
