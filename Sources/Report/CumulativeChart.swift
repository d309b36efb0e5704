// A plot of cumulative energy against time as plain SVG: what was true, what the meter counted, what was read, what
// was paid. The eye finds the place where two lines part sooner than any table tells it.

public import Units

/// One chart: lines, steps and dots over a stretch of time.
public struct CumulativeChart: Sendable {
  /// What a series looks like; colours stand in the page's style, so that they follow light and dark.
  public enum Mark: String, Sendable { case truth, meter, read, paid }

  public struct Series: Sendable {
    public var name: String
    public var mark: Mark
    public var points: [(at: Instant, energy: WattHours)]

    public init(name: String, mark: Mark, points: [(at: Instant, energy: WattHours)]) {
      (self.name, self.mark, self.points) = (name, mark, points)
    }
  }

  public var title: String
  public var from: Instant
  public var until: Instant
  public var series: [Series]

  public init(title: String, from: Instant, until: Instant, series: [Series]) {
    (self.title, self.from, self.until, self.series) = (title, from, until, series)
  }

  private static let size = (width: 720.0, height: 220.0)
  private static let inset = (left: 64.0, right: 12.0, top: 26.0, bottom: 28.0)
  /// More points than this across the width cannot be told apart.
  private static let mostPoints = 500

  public var svg: String {
    var all: [Int64] = [0]
    for one in series { all += one.points.map { $0.energy.value } }
    let (low, high) = Self.bounds(all.min() ?? 0, all.max() ?? 0)
    var out = "<svg class=\"chart\" viewBox=\"0 0 \(Int(Self.size.width)) \(Int(Self.size.height))\" "
    out += "role=\"img\" aria-label=\"\(HTMLText.escaped(title))\">"
    out += "<text class=\"title\" x=\"\(Self.inset.left)\" y=\"14\">\(HTMLText.escaped(title))</text>"
    out += grid(low: low, high: high)
    for one in series where !one.points.isEmpty { out += draw(one, low: low, high: high) }
    return out + legend + "</svg>"
  }

  private func x(_ at: Instant) -> Double {
    let span = max(Double((until - from).microseconds), 1)
    return Self.inset.left
      + Double((at - from).microseconds) / span * (Self.size.width - Self.inset.left - Self.inset.right)
  }

  private func y(_ energy: Double, low: Double, high: Double) -> Double {
    let height = Self.size.height - Self.inset.top - Self.inset.bottom
    return Self.inset.top + (high - energy) / max(high - low, 1) * height
  }

  private func draw(_ one: Series, low: Double, high: Double) -> String {
    let step = max(one.points.count / Self.mostPoints, 1)
    var kept: [(Double, Double)] = []
    for (index, point) in one.points.enumerated() where index % step == 0 || index == one.points.count - 1 {
      kept.append((x(point.at), y(Double(point.energy.value), low: low, high: high)))
    }
    switch one.mark {
    case .read:
      return kept.map { "<circle class=\"read\" cx=\"\(Self.text($0.0))\" cy=\"\(Self.text($0.1))\" r=\"3\"/>" }
        .joined()
    case .truth, .meter, .paid:
      let path = kept.map { "\(Self.text($0.0)),\(Self.text($0.1))" }.joined(separator: " ")
      return "<polyline class=\"\(one.mark.rawValue)\" points=\"\(path)\"/>"
    }
  }

  private func grid(low: Double, high: Double) -> String {
    var out = ""
    let step = Self.step(for: high - low)
    var value = (low / step).rounded(.up) * step
    while value <= high {
      let at = Self.text(y(value, low: low, high: high))
      out += "<line class=\"grid\" x1=\"\(Self.inset.left)\" x2=\"\(Self.size.width - Self.inset.right)\" "
      out += "y1=\"\(at)\" y2=\"\(at)\"/><text class=\"axis\" text-anchor=\"end\" x=\"\(Self.inset.left - 6)\" "
      out += "y=\"\(at)\" dy=\"4\">\(Self.kilowattHours(value))</text>"
      value += step
    }
    let bottom = Self.size.height - 8
    for (at, anchor) in [(from, "start"), (until, "end")] {
      let day = String("\(at)".prefix(16)).replacingT
      out += "<text class=\"axis\" text-anchor=\"\(anchor)\" x=\"\(Self.text(x(at)))\" y=\"\(bottom)\">\(day)</text>"
    }
    return out
  }

  private var legend: String {
    var out = ""
    var place = Self.size.width - Self.inset.right
    for one in series.reversed() where !one.points.isEmpty {
      out += "<text class=\"key \(one.mark.rawValue)\" text-anchor=\"end\" x=\"\(Self.text(place))\" y=\"14\">"
      out += "\(one.mark == .read ? "●" : "━") \(HTMLText.escaped(one.name))</text>"
      place -= Double(one.name.count) * 6.6 + 34
    }
    return out
  }

  private static func bounds(_ low: Int64, _ high: Int64) -> (Double, Double) {
    let room = max(Double(high - low) * 0.06, 1)
    return (low < 0 ? Double(low) - room : 0, Double(high) + room)
  }

  /// A step of 1, 2 or 5 times a power of ten that gives some four lines.
  private static func step(for span: Double) -> Double {
    var unit = 1.0
    while unit * 10 < span / 4 { unit *= 10 }
    for factor in [1.0, 2, 5, 10] where unit * factor >= span / 5 { return unit * factor }
    return unit * 10
  }

  private static func kilowattHours(_ wattHours: Double) -> String {
    let text = "\(WattHours(Int64(wattHours)))"
    return text
  }

  /// One decimal is a tenth of a pixel.
  private static func text(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }
}

extension String {
  /// An ISO date and time with a blank where the T stands.
  fileprivate var replacingT: String { String(map { $0 == "T" ? " " : $0 }) }
}
