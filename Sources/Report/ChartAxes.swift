// The axes of a plot: days along, kWh up, few and round marks on both.

internal import Units

/// Numbers of a picture as text.
enum Plot {
  /// One decimal is a tenth of a pixel.
  static func text(_ value: Double) -> String {
    let tenths = (value * 10).rounded() / 10
    return tenths == tenths.rounded() ? "\(Int(tenths))" : "\(tenths)"
  }

  /// A step of 1, 2 or 5 times a power of ten that gives some four lines; at least 1.
  static func step(for span: Double) -> Double {
    var unit = 1.0
    while unit * 10 < span / 5 { unit *= 10 }
    for factor in [1.0, 2, 5] where unit * factor >= span / 5 { return unit * factor }
    return unit * 10
  }
}

/// From instants and energies to places in the picture.
struct ChartAxes {
  static let width = 760.0
  static let height = 230.0
  static let top = 12.0
  private static let left = 70.0
  private static let right = 14.0
  private static let bottom = 24.0

  private let from: Instant
  private let span: Double
  private let low: Double
  private let high: Double

  /// The picture holds all that is `told` (truth, and what was accepted), and what was `counted` as far as
  /// that is not absurd beside it: a register that restarts from 0 must not press the truth flat.
  init(from: Instant, until: Instant, told: [Int64], counted: [Int64]) {
    self.from = from
    span = max(Double((until - from).microseconds), 1)
    var (low, high) = (Double(told.min() ?? 0), Double(told.max() ?? 0))
    (low, high) = (min(low, 0), max(high, 0))
    let room = high - low
    for value in counted.map(Double.init)
    where room == 0 || (value > low - 2 * room && value < high + 2 * room) {
      (low, high) = (min(low, value), max(high, value))
    }
    let air = max((high - low) * 0.06, 1)
    self.low = low < 0 ? low - air : 0
    self.high = high + air
  }

  /// Between top and bottom.
  var depth: Double { Self.height - Self.top - Self.bottom }

  func x(_ at: Instant) -> Double {
    let part = Double((at - from).microseconds) / span
    return Self.left + min(max(part, 0), 1) * (Self.width - Self.left - Self.right)
  }

  func y(_ energy: WattHours) -> Double { y(Double(energy.value)) }

  /// Cut at the edges.
  private func y(_ value: Double) -> Double {
    Self.top + (high - min(max(value, low), high)) / (high - low) * depth
  }

  /// Where something outside the picture stands; nil for what is inside.
  func edge(for energy: WattHours) -> (y: Double, isTop: Bool)? {
    let value = Double(energy.value)
    if value > high { return (Self.top, true) }
    return value < low ? (Self.top + depth, false) : nil
  }

  var grid: String {
    var out = ""
    let step = Plot.step(for: high - low)
    var value = (low / step).rounded(.up) * step
    while value <= high {
      let at = Plot.text(y(value))
      let right = Self.width - Self.right
      out += Self.mark(x: (Self.left, right), y: (y(value), y(value)))
      out += "<text text-anchor=\"end\" x=\"\(Plot.text(Self.left - 6))\" y=\"\(at)\" dy=\"4\">"
      out += "\(WattHours(Int64(value.rounded())))</text>"
      value += step
    }
    return out + days
  }

  private var days: String {
    let end = from + TimeSpan(microseconds: Int64(span))
    return TimeMarks(from: from, until: end).marks.map { mark in
      let at = x(mark.at)
      let anchor = at < Self.left + 24 ? "start" : at > Self.width - Self.right - 24 ? "end" : "middle"
      let foot = Self.top + depth
      return Self.mark(x: (at, at), y: (foot, foot + 4))
        + "<text text-anchor=\"\(anchor)\" x=\"\(Plot.text(at))\" y=\"\(Plot.text(Self.height - 6))\">"
        + "\(mark.text)</text>"
    }.joined()
  }

  private static func mark(x: (Double, Double), y: (Double, Double)) -> String {
    "<line class=\"grid\" x1=\"\(Plot.text(x.0))\" x2=\"\(Plot.text(x.1))\" "
      + "y1=\"\(Plot.text(y.0))\" y2=\"\(Plot.text(y.1))\"/>"
  }
}

/// Round instants of UTC along an axis, with their words.
struct TimeMarks {
  var marks: [(at: Instant, text: String)] = []

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]
  /// In minutes: from a few minutes up to half a year.
  private static let steps = [
    5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 7200, 10_080, 20_160, 43_200, 86_400, 259_200,
  ]
  private static let most = 9

  init(from: Instant, until: Instant) {
    let minutes = Int((until - from).microseconds / 60_000_000)
    let step = Self.steps.first { minutes / $0 < Self.most } ?? max(minutes / Self.most, 1)
    let length = TimeSpan.minutes(Int64(step))
    var at = Instant(
      microseconds: floorDivide(from.microseconds + length.microseconds - 1, length.microseconds)
        * length.microseconds)
    while at <= until {
      marks.append((at, Self.text(of: at)))
      at = at + length
    }
  }

  private static func text(of at: Instant) -> String {
    let days = floorDivide(at.seconds, 86_400)
    let minute = Int(floorModulo(at.seconds, 86_400)) / 60
    guard minute == 0 else {
      let (hours, minutes) = (minute / 60, minute % 60)
      return "\(hours < 10 ? "0" : "")\(hours):\(minutes < 10 ? "0" : "")\(minutes)"
    }
    let date = CivilDate(dayNumber: Int(days))
    return "\(date.day) \(months[date.month - 1])"
  }
}
