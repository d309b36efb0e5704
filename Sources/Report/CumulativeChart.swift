// A plot of cumulative energy against time as plain SVG: what was true, what the meter counted, what was
// read, what was accepted, with the faults and the settlements behind it. The eye finds the place where two
// lines part sooner than any table tells it. Colours stand in the page's style, so that they follow light and
// dark.

internal import Units

/// One chart: lines, dots and bands over a stretch of time.
struct CumulativeChart {
  enum Mark: String { case truth, meter, accepted }

  struct Line {
    var mark: Mark
    /// Nil breaks the line.
    var points: [(at: Instant, energy: WattHours?)]
    /// Steps rather than slopes: nothing changes between two points.
    var isStepped = false
  }

  struct Dot {
    var at: Instant
    var energy: WattHours
    /// Settlement refused it or asked about it.
    var isQueried: Bool
    var note: String

    var style: String { isQueried ? "queried" : "read" }
  }

  /// Something that lasts, or that happens at one instant (`until` is nil).
  struct Event {
    var from: Instant
    var until: Instant?
    var note: String
  }

  var title: String
  var lines: [Line]
  var dots: [Dot] = []
  var faults: [Event] = []
  var settlements: [Event] = []
  /// Reads that gave nothing.
  var misses: [Event] = []
  let axes: ChartAxes

  /// More points than this across the width cannot be told apart.
  private static let mostPoints = 600
  private static let mostDots = 100

  init(title: String, from: Instant, until: Instant, lines: [Line], dots: [Dot] = []) {
    (self.title, self.lines, self.dots) = (title, lines, dots)
    let told = lines.filter { $0.mark != .meter }.flatMap { $0.points.compactMap(\.energy?.value) }
    let counted = lines.filter { $0.mark == .meter }.flatMap { $0.points.compactMap(\.energy?.value) }
    axes = ChartAxes(from: from, until: until, told: told, counted: counted + dots.map(\.energy.value))
  }

  var svg: String {
    let (width, height) = (Int(ChartAxes.width), Int(ChartAxes.height))
    var out = "<svg class=\"chart\" viewBox=\"0 0 \(width) \(height)\" role=\"img\" "
    out += "aria-label=\"\(HTMLText.escaped(title))\">"
    for fault in faults { out += band(fault) }
    out += axes.grid
    for one in settlements { out += settlement(one) }
    for line in lines { out += draw(line) }
    for miss in misses { out += cross(miss) }
    out += drawDots()
    return out + "</svg>"
  }

  private func draw(_ line: Line) -> String {
    // Of many points between two that stand, the last of each stretch: nothing is averaged away at the ends.
    let step = max(line.points.count / Self.mostPoints, 1)
    var runs: [[String]] = [[]]
    var last: Double?
    for (index, point) in line.points.enumerated()
    where index % step == 0 || index == line.points.count - 1 || line.isStepped {
      guard let energy = point.energy else {
        runs.append([])
        last = nil
        continue
      }
      let (x, y) = (axes.x(point.at), axes.y(energy))
      if line.isStepped, let last { runs[runs.count - 1].append("\(Plot.text(x)),\(Plot.text(last))") }
      runs[runs.count - 1].append("\(Plot.text(x)),\(Plot.text(y))")
      last = y
    }
    return runs.filter { $0.count > 1 }.map {
      "<polyline class=\"\(line.mark.rawValue)\" points=\"\($0.joined(separator: " "))\"/>"
    }.joined()
  }

  /// All that were queried; of the others as many as the eye can tell apart.
  private func drawDots() -> String {
    let plain = dots.count { !$0.isQueried }
    let step = max((plain + Self.mostDots - 1) / Self.mostDots, 1)
    var (out, index, lastLabel) = ("", 0, -1000.0)
    for dot in dots {
      defer { index += dot.isQueried ? 0 : 1 }
      guard dot.isQueried || index % step == 0 else { continue }
      guard let edge = axes.edge(for: dot.energy) else {
        out += circle(dot)
        continue
      }
      // Labels of neighbours would lie on one another.
      let hasRoom = axes.x(dot.at) - lastLabel > 110
      if hasRoom { lastLabel = axes.x(dot.at) }
      out += beyond(dot, edge, isLabelled: hasRoom)
    }
    return out
  }

  private func circle(_ dot: Dot) -> String {
    let (x, y) = (Plot.text(axes.x(dot.at)), Plot.text(axes.y(dot.energy)))
    return "<circle class=\"\(dot.style)\" cx=\"\(x)\" cy=\"\(y)\" r=\"\(dot.isQueried ? 5 : 2.6)\">"
      + "<title>\(HTMLText.escaped(dot.note))</title></circle>"
  }

  /// What lies outside the picture stands at its edge, with its number.
  private func beyond(_ dot: Dot, _ edge: (y: Double, isTop: Bool), isLabelled: Bool) -> String {
    let x = axes.x(dot.at)
    let isFarRight = x > ChartAxes.width * 0.8
    var out = "<g class=\"\(dot.style) beyond\"><title>\(HTMLText.escaped(dot.note))</title>"
    out += "<path d=\"M\(Plot.text(x)) \(Plot.text(edge.y))l-5 \(edge.isTop ? 9 : -9)h10z\"/>"
    if isLabelled {
      out += "<text x=\"\(Plot.text(x + (isFarRight ? -8 : 8)))\" "
      out += "y=\"\(Plot.text(edge.y + (edge.isTop ? 9 : -2)))\" "
      out += "text-anchor=\"\(isFarRight ? "end" : "start")\">\(dot.energy)</text>"
    }
    return out + "</g>"
  }

  private func band(_ fault: Event) -> String {
    let (left, right) = (axes.x(fault.from), axes.x(fault.until ?? fault.from))
    return "<rect class=\"fault\" x=\"\(Plot.text(left))\" width=\"\(Plot.text(max(right - left, 2)))\" "
      + "y=\"\(Plot.text(ChartAxes.top))\" height=\"\(Plot.text(axes.depth))\">"
      + "<title>\(HTMLText.escaped(fault.note))</title></rect>"
  }

  private func settlement(_ one: Event) -> String {
    let x = Plot.text(axes.x(one.from))
    return "<line class=\"settled\" x1=\"\(x)\" x2=\"\(x)\" y1=\"\(Plot.text(ChartAxes.top - 6))\" "
      + "y2=\"\(Plot.text(ChartAxes.top + axes.depth))\"><title>\(HTMLText.escaped(one.note))</title></line>"
  }

  private func cross(_ miss: Event) -> String {
    let (x, y) = (axes.x(miss.from), ChartAxes.top + axes.depth - 5)
    return "<path class=\"miss\" d=\"M\(Plot.text(x - 3)) \(Plot.text(y - 3))l6 6m0 -6l-6 6\">"
      + "<title>\(HTMLText.escaped(miss.note))</title></path>"
  }
}
