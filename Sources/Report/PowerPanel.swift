// One panel of powers against time: steps, since each value is the mean of a stretch, with the names and
// energies of what is drawn above it.

internal import Units

struct PowerPanel {
  enum Mark: String {
    case made, used, stored, imported, exported

    /// Drawn down to nothing rather than as a line.
    var isFilled: Bool { self != .used && self != .stored }
  }

  /// The mean of a stretch.
  struct Point {
    var from: Instant
    var until: Instant
    var watts: Double
  }

  struct Series {
    var mark: Mark
    var name: String
    var points: [Point]
  }

  static let width = 900.0
  let height = 214.0
  private static let (left, right, head, foot) = (58.0, 14.0, 22.0, 12.0)

  private let name: String
  private let series: [Series]
  private let from: Instant
  private let until: Instant
  private let low: Double
  private let high: Double

  init(name: String, series: [Series], from: Instant, until: Instant) {
    (self.name, self.series, self.from, self.until) = (name, series, from, until)
    let watts = series.flatMap { $0.points.map(\.watts) }
    let (least, most) = (min(watts.min() ?? 0, 0), max(watts.max() ?? 0, 0))
    let air = max((most - least) * 0.05, 1)
    (low, high) = (least < 0 ? least - air : 0, most + air)
  }

  func svg(top: Double) -> String {
    var out = "<text class=\"name\" x=\"14\" y=\"\(Plot.text(top + 12))\">\(name)</text>"
    out += legend(top) + grid(top)
    for one in series { out += draw(one, top) }
    let zero = Plot.text(y(0, top))
    return out
      + "<line class=\"zero\" x1=\"\(Plot.text(Self.left))\" x2=\"\(Plot.text(Self.width - Self.right))\" "
      + "y1=\"\(zero)\" y2=\"\(zero)\"/>"
  }

  /// Marks of time below a panel that ends at `foot`.
  func times(foot: Double) -> String {
    let marks = TimeMarks(from: from, until: until).marks.map { mark in
      let at = x(mark.at)
      let anchor = at < Self.left + 24 ? "start" : at > Self.width - Self.right - 40 ? "end" : "middle"
      return "<text text-anchor=\"\(anchor)\" x=\"\(Plot.text(at))\" y=\"\(Plot.text(foot + 8))\">"
        + "\(mark.text)</text>"
    }
    return marks.joined() + "<text x=\"14\" y=\"\(Plot.text(foot + 8))\">UTC</text>"
  }

  private func legend(_ top: Double) -> String {
    var x = Self.left + 90
    return series.map { one in
      defer { x += 36 + Double(one.name.count) * 7 }
      let swatch = Plot.text(x)
      let shape =
        one.mark.isFilled
        ? "h16v9h-16z" : "m0 4.5h16"
      return "<path class=\"\(one.mark.rawValue)\" d=\"M\(swatch) \(Plot.text(top + 3))\(shape)\"/>"
        + "<text x=\"\(Plot.text(x + 21))\" y=\"\(Plot.text(top + 12))\">\(HTMLText.escaped(one.name))</text>"
    }.joined()
  }

  private func draw(_ one: Series, _ top: Double) -> String {
    guard let first = one.points.first, let last = one.points.last else { return "" }
    var path = ""
    if one.mark.isFilled { path += "M\(place(first.from, 0, top))" }
    for point in one.points {
      path += path.isEmpty ? "M" : "L"
      path += "\(place(point.from, point.watts, top))H\(Plot.text(x(point.until)))"
    }
    if one.mark.isFilled { path += "L\(place(last.until, 0, top))z" }
    return "<path class=\"\(one.mark.rawValue)\" d=\"\(path)\"/>"
  }

  private func grid(_ top: Double) -> String {
    let step = Plot.step(for: high - low)
    var (value, out) = ((low / step).rounded(.up) * step, "")
    while value <= high {
      let at = y(value, top)
      out +=
        "<line class=\"grid\" x1=\"\(Plot.text(Self.left))\" x2=\"\(Plot.text(Self.width - Self.right))\" "
      out += "y1=\"\(Plot.text(at))\" y2=\"\(Plot.text(at))\"/>"
      out += "<text text-anchor=\"end\" x=\"\(Plot.text(Self.left - 6))\" y=\"\(Plot.text(at + 4))\">"
      out += "\(Power(watts: Int64(value.rounded())))</text>"
      value += step
    }
    return out
  }

  private func place(_ at: Instant, _ watts: Double, _ top: Double) -> String {
    "\(Plot.text(x(at))) \(Plot.text(y(watts, top)))"
  }

  private func x(_ at: Instant) -> Double {
    let part = Double((at - from).microseconds) / max(Double((until - from).microseconds), 1)
    return Self.left + part * (Self.width - Self.left - Self.right)
  }

  private func y(_ watts: Double, _ top: Double) -> Double {
    top + Self.head + (high - watts) / (high - low) * (height - Self.head - Self.foot)
  }
}
