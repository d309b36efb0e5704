// The card of one story.

internal import Runner
internal import Settlement
internal import Timeline
internal import Units

enum HTMLStory {
  static func card(_ story: StoryRecord) -> String {
    var out = "<section class=\"card \(story.verdict.rawValue)\" id=\"\(HTMLText.escaped(story.id))\">"
    out += "<h2><span class=\"mark\">\(HTMLPage.mark(story.verdict))</span> \(HTMLText.escaped(story.title))</h2>"
    out += "<p class=\"meta\">\(HTMLText.escaped(story.file)) · \(story.because.map(HTMLText.escaped).joined(separator: ", "))"
    out += " · journal of \(story.journal.entries.count) entries</p>"
    if let remark = story.remark { out += HTMLText.element("p", class: "remark", remark) }
    out += checks(story) + charts(story) + statements(story.outcome) + decisions(story.outcome)
    return out + "</section>"
  }

  private static func checks(_ story: StoryRecord) -> String {
    var out = "<table><thead>" + HTMLText.row(["check", "", "expected", "got"], head: true) + "</thead><tbody>"
    for check in story.checks {
      out += HTMLText.row([check.checker, check.finding.rawValue, check.expected, check.got])
      for reason in check.why {
        out += "<tr><td></td><td colspan=\"3\" class=\"why\">\(HTMLText.escaped(reason))</td></tr>"
      }
    }
    return out + "</tbody></table>"
  }

  private static func charts(_ story: StoryRecord) -> String {
    chart("Export since the start", story.beliefs.export, of: story, with: exportMarks(story))
      + chart("Import dial since the start", story.beliefs.import, of: story, with: [])
  }

  private static func chart(
    _ title: String, _ beliefs: BeliefSeries, of story: StoryRecord, with marks: [CumulativeChart.Series]
  ) -> String {
    guard beliefs.isCounted || !marks.isEmpty else { return "" }
    let first = HalfHour(containing: story.beliefs.from)
    func points(_ values: [WattHours]) -> [(at: Instant, energy: WattHours)] {
      values.enumerated().map { (at: first.advanced(by: $0.offset).end, energy: $0.element) }
    }
    let series =
      [
        CumulativeChart.Series(name: "true", mark: .truth, points: points(beliefs.truth)),
        CumulativeChart.Series(name: "meter", mark: .meter, points: points(beliefs.counted.compactMap { $0 })),
      ] + marks
    return CumulativeChart(title: title, from: story.from, until: story.until, series: series).svg
  }

  private static func exportMarks(_ story: StoryRecord) -> [CumulativeChart.Series] {
    let read = story.beliefs.others.filter { $0.layer == .reader }.map { (at: $0.at, energy: $0.believed) }
    let paid = story.beliefs.others.filter { $0.layer == .core }.map { (at: $0.at, energy: $0.believed) }
    return [
      CumulativeChart.Series(name: "read", mark: .read, points: read),
      CumulativeChart.Series(name: "accepted", mark: .paid, points: paid),
    ]
  }

  private static func statements(_ outcome: Outcome) -> String {
    guard !outcome.statements.isEmpty else { return "" }
    var out = "<table><thead>"
    out += HTMLText.row(["statement line", "energy", "rate", "exact", "amount", "reason"], head: true)
    out += "</thead><tbody>"
    for statement in outcome.statements {
      for line in statement.lines {
        out += HTMLText.row([
          "\(line.from) – \(line.to) (\(line.basis.rawValue))", line.energy.map { "\($0)" } ?? "unknown",
          line.rate.map { "\($0)" } ?? "–", "\(line.exact)", line.isPayable ? "\(line.amount)" : "held",
          line.reason.rawValue,
        ])
      }
      out += "<tr class=\"total\"><td>\(HTMLText.escaped(statement.licensee)), \(statement.status.rawValue)</td>"
      out += "<td></td><td></td><td></td><td>\(statement.net)</td><td></td></tr>"
    }
    return out + "</tbody></table>"
  }

  private static func decisions(_ outcome: Outcome) -> String {
    guard !outcome.decisions.isEmpty else { return "" }
    var out = "<details><summary>\(outcome.decisions.count) decisions</summary><table><tbody>"
    for one in outcome.decisions {
      out += HTMLText.row(["\(one.at)", one.code.rawValue, one.rule, one.text])
    }
    return out + "</tbody></table></details>"
  }
}
