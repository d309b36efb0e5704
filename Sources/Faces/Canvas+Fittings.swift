// What all meters have on their fronts: screws, seals, glass, bars, LEDs, optical ports, plates.

internal import MeterModel

extension Canvas {
  /// A slotted screw, its slot turned.
  mutating func screw(_ x: Double, _ y: Double, _ radius: Double, slot: Double = 30, dark: Bool = false) {
    let metal: Ink = dark ? .slanted("#6d6a63", "#3a3835") : .slanted("#f2f2ef", "#8f8f8b")
    circle(x, y, radius, metal, line: dark ? "#232220" : "#6c6c69", width: 1)
    let (dx, dy) = (Turn.cos(slot) * radius * 0.82, Turn.sin(slot) * radius * 0.82)
    lines([(x - dx, y - dy), (x + dx, y + dy)], dark ? "#1c1b1a" : "#4d4d4b", radius * 0.26)
    lines([(x - dx, y - dy + 1.4), (x + dx, y + dy + 1.4)], dark ? "#8a867d" : "#ffffff", radius * 0.07)
  }

  /// A sealing screw with wire and a crimped seal.
  mutating func seal(_ x: Double, _ y: Double) {
    draw(
      Outline(parsing: "M\(x) \(y + 8) C\(x - 10) \(y + 26) \(x + 4) \(y + 34) \(x + 2) \(y + 46)"),
      .line("#b9b4a6", 1.6))
    draw(
      Outline(parsing: "M\(x) \(y + 8) C\(x + 14) \(y + 22) \(x + 12) \(y + 34) \(x + 4) \(y + 46)"),
      .line("#8e897c", 1.6))
    circle(x + 3, y + 52, 9.5, .slanted("#c9cbcc", "#7d8081"), line: "#585a5b", width: 0.8)
    circle(x + 3, y + 52, 5.5, .none, line: "#6c6f70", width: 0.8)
  }

  /// Reflections of a window: two slanted bands, hardly there.
  mutating func glass(_ x: Double, _ y: Double, _ width: Double, _ height: Double, radius: Double) {
    clipped(to: .rectangle(x, y, width, height, radius: radius)) { canvas in
      let (l, r, t, b) = (x, x + width, y, y + height)
      canvas.draw(
        .polygon([(l, t), (l + width * 0.42, t), (l + width * 0.12, b), (l, b)]),
        .fill(.colour("#fff"), opacity: 0.06))
      canvas.draw(
        .polygon([(r - width * 0.34, t), (r - width * 0.22, t), (r - width * 0.52, b), (r - width * 0.64, b)]
        ),
        .fill(.colour("#fff"), opacity: 0.05))
      canvas.draw(.rectangle(l, t, width, 6), .fill(.colour("#000"), opacity: 0.16))
    }
  }

  /// A bar code of a number: bars by its digits, for the eye only.
  mutating func bars(_ text: String, _ x: Double, _ y: Double, width: Double, height: Double) {
    var outline = Outline()
    var all = [true, false, true]
    for byte in text.utf8 {
      for bit in 0..<6 { all.append((byte >> UInt8(bit)) & 1 == 1) }
      all += [true, false]
    }
    all += [true, true, false, true]
    let step = width / Double(all.count)
    var start: Int?
    for index in 0...all.count {
      let isBar = index < all.count && all[index]
      if isBar, start == nil { start = index }
      if !isBar, let from = start {
        outline =
          outline
          + .rectangle(x + Double(from) * step, y, Double(index - from) * step, height)
        start = nil
      }
    }
    draw(outline, .fill(.colour("#1d1d1d")))
  }

  /// The test LED, with its constant beside it.
  mutating func lamp(_ lamp: FaceState.Lamp?, _ x: Double, _ y: Double, radius: Double = 7) {
    guard let lamp else { return }
    if lamp == .lit {
      group(opacity: 0.7, .blur(radius * 0.9)) { $0.circle(x, y, radius * 1.8, .colour("#ff3b2a")) }
    }
    circle(
      x, y, radius, lamp == .lit ? .slanted("#ffd0c4", "#ff2a1a") : .slanted("#8e2a22", "#4a100c"),
      line: "#3a3a3a", width: 1)
    circle(x - radius * 0.3, y - radius * 0.35, radius * 0.22, .colour("#f3d6d2"))
  }

  /// What a reader's head meets, if there is anything.
  mutating func window(_ window: Nameplate.Window, _ x: Double, _ y: Double, radius: Double) {
    switch window {
    case .none: return
    case .oneWay:
      circle(x, y, radius * 0.34, .slanted("#5d6063", "#2b2c2e"), line: "#7b7f82", width: 1)
      circle(x, y, radius * 0.15, .colour("#3a0d12"))
    case .optical: opticalPort(x, y, radius: radius)
    }
  }

  /// An optical port (IEC 62056-21): a steel ring that holds the reader's magnet, two windows inside.
  private mutating func opticalPort(_ x: Double, _ y: Double, radius: Double) {
    circle(x, y, radius, .slanted("#fafafa", "#9ea2a5"), line: "#7b7f82", width: 1)
    circle(x, y, radius * 0.72, .slanted("#2b2c2e", "#4a4c4f"), line: "#5d6063", width: 1)
    circle(x - radius * 0.26, y, radius * 0.15, .colour("#0c0d0f"))
    circle(x + radius * 0.26, y, radius * 0.15, .colour("#3a0d12"))
    draw(
      .polygon([
        (x - radius * 0.1, y + radius * 0.62), (x + radius * 0.1, y + radius * 0.62), (x, y + radius * 0.48),
      ]),
      .fill(.colour("#9ea2a5")))
  }

  /// Protection by double insulation (IEC 60417-5172): a square in a square.
  mutating func doubleInsulation(_ x: Double, _ y: Double, _ side: Double, _ colour: String) {
    draw(.rectangle(x, y, side, side), .line(colour, side / 14))
    draw(.rectangle(x + side * 0.25, y + side * 0.25, side / 2, side / 2), .line(colour, side / 14))
  }

  /// A constant as plates print it: `166 ⅔ revs/kWh` with a standing fraction.
  mutating func constant(
    _ constant: Nameplate.Constant, _ x: Double, _ y: Double, size: Double, _ colour: String,
    bold: Bool = false
  ) {
    let weight = bold ? 1.5 : 1.1
    var pen = x
    if constant.whole > 0 || constant.numerator == nil {
      let text = "\(constant.whole)"
      self.text(text, pen, y, size: size, weight: weight, colour)
      pen += Self.lettering(text, 0, 0, size: size).width + size * 0.3
    }
    if let numerator = constant.numerator {
      let (up, down) = ("\(numerator)", "\(constant.denominator)")
      let wide = max(
        Self.lettering(up, 0, 0, size: size * 0.64).width, Self.lettering(down, 0, 0, size: size * 0.64).width
      )
      let middle = pen + wide / 2
      self.text(up, middle, y - size * 0.58, size: size * 0.64, weight: weight, colour, anchor: .middle)
      lines([(pen - 1, y - size * 0.44), (pen + wide + 1, y - size * 0.44)], colour, size * weight / 12)
      self.text(down, middle, y + size * 0.34, size: size * 0.64, weight: weight, colour, anchor: .middle)
      pen += wide + size * 0.7
    } else {
      pen += size * 0.3
    }
    self.text(constant.unit, pen, y, size: size, weight: weight, colour)
  }
}
