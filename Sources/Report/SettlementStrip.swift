// What became of the export, drawn as a strip: along it time, on it a row for each statement and in it a bar
// for each line, coloured by what became of the energy; above what was told and when, below what rules say of
// whole stretches at the end. A held bar that turns into a paid one in a later row is a release; a bar under
// an older bar is a correction.

internal import Runner
internal import Settlement
internal import Units

struct SettlementStrip {
  /// Later statements than these are drawn; the tables have all of them.
  private static let mostRows = 16
  private static let rowHeight = 20.0
  private static let laneHeight = 14.0
  private static let mostLanes = 4
  private static let left = 92.0
  private static let right = 14.0
  private static let width = ChartAxes.width

  private struct Row {
    var name: String
    var bars: String
  }

  private let story: StoryRecord
  private let from: Instant
  private let span: Double
  private let lanes: [[(x: Double, text: String, note: String)]]

  init(_ story: StoryRecord) {
    self.story = story
    let lines = story.outcome.statements.flatMap(\.lines)
    from = min(story.from, lines.map(\.from).min() ?? story.from)
    let until = max(story.until, lines.map(\.to).max() ?? story.until)
    span = max(Double((until - from).microseconds), 1)
    lanes = Self.lanes(of: story.events, from: from, span: span)
  }

  var html: String {
    guard !story.outcome.statements.isEmpty else { return "" }
    return "<figure><figcaption><b>What became of the export</b>\(legend)</figcaption>\(svg)</figure>"
  }

  private var legend: String {
    let kinds = Set(story.outcome.statements.flatMap(\.lines).map(\.kind))
    return StatementLine.Kind.allCases.filter(kinds.contains).map {
      "<span class=\"key bar \($0.rawValue)\">\($0.rawValue)</span>"
    }.joined()
  }

  private var svg: String {
    let rows = statementRows + treatmentRow
    let top = 8 + Double(lanes.count) * Self.laneHeight
    let foot = top + Double(rows.count) * Self.rowHeight
    let height = Int(foot + 24)
    var out = "<svg class=\"chart strip\" viewBox=\"0 0 \(Int(Self.width)) \(height)\" role=\"img\" "
    out += "aria-label=\"What became of the export, statement by statement\">"
    out += days(foot) + told(foot)
    for (index, row) in rows.enumerated() {
      let y = top + Double(index) * Self.rowHeight
      out += "<g transform=\"translate(0 \(Plot.text(y)))\"><text text-anchor=\"end\" x=\"\(Self.left - 8)\" "
      out += "y=\"14\">\(HTMLText.escaped(row.name))</text>\(row.bars)</g>"
    }
    return out + "</svg>"
  }

  // MARK: Bars

  private var statementRows: [Row] {
    story.outcome.statements.enumerated().suffix(Self.mostRows).map { index, one in
      // What is not paid lies behind what is.
      let lines = one.lines.filter { !$0.isPayable } + one.lines.filter(\.isPayable)
      let name = "statement \(index + 1)"
      return Row(name: name, bars: lines.map(bar).joined() + settled(at: one.to))
    }
  }

  private func bar(_ line: StatementLine) -> String {
    let energy = line.energy.map { "\($0)" } ?? "unknown energy"
    let (left, right) = (x(line.from), x(line.to))
    let words = line.isPayable ? "\(line.amount)" : line.kind == .awaited ? "" : line.reason.rawValue
    return rect(
      left, right, style: line.kind.rawValue, label: words,
      note: "\(line.kind.rawValue): \(line.from) to \(line.to), \(energy), \(line.amount), "
        + "\(line.reason.rawValue) (\(line.rule))")
  }

  /// What rules say of time to come or gone, as it stands at the end; VAT and payers move no bar.
  private var treatmentRow: [Row] {
    let bars = story.outcome.treatments.compactMap { one -> String? in
      let style: String
      switch one.effect {
      case .forfeit: style = "forfeited"
      case .hold: style = "held"
      case .reduce: style = "provisional"
      case .payer, .vat: return nil
      }
      let (left, right) = (x(max(one.from, from)), x(one.to))
      guard right - left > 0.5 else { return nil }
      return rect(
        left, right, style: style + " rule", label: one.reason.rawValue,
        note: "\(style) from \(one.from): \(one.reason.rawValue) (\(one.rule.rawValue))")
    }
    return bars.isEmpty ? [] : [Row(name: "rules say", bars: bars.joined())]
  }

  private func rect(_ left: Double, _ right: Double, style: String, label: String, note: String) -> String {
    let wide = max(right - left, 1.5)
    var out = "<g class=\"bar \(style)\"><title>\(HTMLText.escaped(note))</title>"
    out += "<rect x=\"\(Plot.text(left))\" y=\"2\" width=\"\(Plot.text(wide))\" height=\"16\" rx=\"2\"/>"
    // Some 6.4 pixels a character of this size.
    if !label.isEmpty, Double(label.count) * 6.4 + 8 < wide {
      out += "<text x=\"\(Plot.text(left + 5))\" y=\"14\">\(HTMLText.escaped(label))</text>"
    }
    return out + "</g>"
  }

  private func settled(at: Instant) -> String {
    let x = Plot.text(x(at))
    return "<line class=\"settled\" x1=\"\(x)\" x2=\"\(x)\" y1=\"0\" y2=\"20\"/>"
  }

  // MARK: Time

  private func x(_ at: Instant) -> Double { Self.x(at, from: from, span: span) }

  private static func x(_ at: Instant, from: Instant, span: Double) -> Double {
    let part = min(max(Double((at - from).microseconds) / span, 0), 1)
    return left + part * (width - left - right)
  }

  private func days(_ foot: Double) -> String {
    let until = from + TimeSpan(microseconds: Int64(span))
    return TimeMarks(from: from, until: until).marks.map { mark in
      let at = Plot.text(x(mark.at))
      let anchor = x(mark.at) > Self.width - Self.right - 24 ? "end" : "middle"
      return "<line class=\"grid\" x1=\"\(at)\" x2=\"\(at)\" y1=\"4\" y2=\"\(Plot.text(foot + 4))\"/>"
        + "<text text-anchor=\"\(anchor)\" x=\"\(at)\" y=\"\(Plot.text(foot + 18))\">\(mark.text)</text>"
    }.joined()
  }

  /// Names of events at the instants of which they speak, in as many lanes as keep them apart.
  private static func lanes(
    of events: [CaseEvent], from: Instant, span: Double
  ) -> [[(x: Double, text: String, note: String)]] {
    var lanes: [[(x: Double, text: String, note: String)]] = []
    var ends: [Double] = []
    for event in events.sorted(by: { $0.at < $1.at }) {
      let place = x(event.at, from: from, span: span)
      let name = event.name.name
      let long = Double(name.count) * 6.2 + 14
      // At the right edge a name stands to the left of its instant.
      let start = place + long > width ? place - long : place
      let free = ends.firstIndex { $0 <= start }
      guard let lane = free ?? (ends.count < mostLanes ? ends.count : nil) else { continue }
      if lane == ends.count {
        ends.append(0)
        lanes.append([])
      }
      ends[lane] = start + long
      lanes[lane].append((place, name, "\(name) of \(event.at), told at \(event.received)"))
    }
    return lanes
  }

  private func told(_ foot: Double) -> String {
    lanes.enumerated().map { index, lane in
      lane.map { one in
        let y = 14 + Double(index) * Self.laneHeight
        let isLeft = one.x + Double(one.text.count) * 6.2 + 14 > Self.width
        return "<g class=\"told\"><title>\(HTMLText.escaped(one.note))</title>"
          + "<line x1=\"\(Plot.text(one.x))\" x2=\"\(Plot.text(one.x))\" y1=\"\(Plot.text(y - 8))\" "
          + "y2=\"\(Plot.text(foot))\"/><text text-anchor=\"\(isLeft ? "end" : "start")\" "
          + "x=\"\(Plot.text(one.x + (isLeft ? -4 : 4)))\" y=\"\(Plot.text(y))\">"
          + "\(HTMLText.escaped(one.text))</text></g>"
      }.joined()
    }.joined()
  }
}
