// A liquid crystal display: slanted segments, dark ones still faintly there, signs and units around them.

internal import MeterModel

/// Draws an LCD in a box.
struct CrystalPanel {
  let state: CrystalState
  var x: Double
  var y: Double
  var width: Double
  var height: Double
  /// Height of a digit.
  var tallest: Double
  /// Whether it has a field for the OBIS code instead of a short name of the page.
  var showsCode = false

  private static let slant = 0.11

  /// Ground, lit segment and ghost.
  private var colours: (ground: Ink, lit: String, ghost: Double) {
    state.isLit
      ? (.down("#bfe3ff", "#8fc8f4"), "#0d2740", 0.07) : (.down("#c3ccb4", "#aeb89c"), "#1e231a", 0.055)
  }

  func draw(on canvas: inout Canvas) {
    canvas.rectangle(
      x - 9, y - 9, width + 18, height + 18, radius: 5, .down("#1a1b1c", "#3a3c3e"), line: "#0d0d0d", width: 1
    )
    canvas.rectangle(x, y, width, height, radius: 2, colours.ground)
    canvas.draw(
      .rectangle(x, y, width, height),
      .fill(
        .shade(
          Ink.Shade(stops: [
            .init(at: 0, colour: "#000", opacity: 0.22), .init(at: 14, colour: "#000", opacity: 0),
            .init(at: 100, colour: "#000", opacity: 0),
          ]))))
    guard !state.isBlank else { return }
    digits(on: &canvas)
    signs(on: &canvas)
  }

  private var advance: Double { digit * 0.72 }

  /// As high as wished, or as fits beside the name of the page.
  private var digit: Double {
    let room = width - 14 - min(height * 0.13, 15) * (showsCode ? 2.2 : 2.6)
    return min(tallest, room / (Double(state.digits.count) * 0.72 + 0.2))
  }

  private func digits(on canvas: inout Canvas) {
    let count = state.digits.count
    let left = x + width - digit * 0.16 - Double(count) * advance
    let top = y + (height - digit) * 0.42
    var (lit, ghost) = (Outline(), Outline())
    for (index, segments) in state.digits.enumerated() {
      let at = left + Double(index) * advance
      for segment in 0..<7 {
        let shape = Self.segment(segment, at, top, digit)
        if segments.isLit(segment) { lit = lit + shape } else { ghost = ghost + shape }
      }
      let foot = Outline.circle(at + digit * 0.605, top + digit * 0.975, digit * 0.045)
      let isPoint = state.decimals > 0 && index == count - 1 - state.decimals
      if isPoint { lit = lit + foot } else if index < count - 1 { ghost = ghost + foot }
      if state.colons.contains(index + 1) {
        lit =
          lit + .circle(at + digit * 0.64, top + digit * 0.35, digit * 0.04)
          + .circle(at + digit * 0.61, top + digit * 0.68, digit * 0.04)
      }
    }
    canvas.draw(ghost, .fill(.colour(colours.lit), opacity: colours.ghost))
    canvas.draw(lit.mapped { Point(x: $0.x + 1.5, y: $0.y + 2) }, .fill(.colour("#000"), opacity: 0.12))
    canvas.draw(lit, .fill(.colour(colours.lit), opacity: 0.92))
  }

  /// One segment of a digit: bevelled bars, mitred where they meet, slanted to the right.
  static func segment(_ index: Int, _ x: Double, _ y: Double, _ height: Double) -> Outline {
    let (w, t) = (height * 0.54, height * 0.115)
    let gap = height * 0.014
    let half = height / 2
    func across(_ top: Double) -> [(Double, Double)] {
      // The middle bar is pointed at both ends; the outer ones are mitred outwards.
      switch index {
      case 0: [(gap * 2, 0), (w - gap * 2, 0), (w - t - gap, t), (t + gap, t)]
      case 3: [(t + gap, height - t), (w - t - gap, height - t), (w - gap * 2, height), (gap * 2, height)]
      default:
        [
          (t * 0.5 + gap, half), (t + gap, half - t / 2), (w - t - gap, half - t / 2),
          (w - t * 0.5 - gap, half),
          (w - t - gap, half + t / 2), (t + gap, half + t / 2),
        ]
      }
    }
    func upright(left: Bool, upper: Bool) -> [(Double, Double)] {
      let outer = upper ? gap * 2 : height - gap * 2
      let inner = upper ? t + gap : height - t - gap
      let middle = upper ? half - gap : half + gap
      let shoulder = upper ? half - t / 2 - gap : half + t / 2 + gap
      let points = [
        (0.0, outer), (t, inner), (t, shoulder), (t * 0.5, middle),
        (0.0, shoulder + (upper ? t * 0.3 : -t * 0.3)),
      ]
      return left ? points : points.map { (w - $0.0, $0.1) }
    }
    let points =
      switch index {
      case 1: upright(left: false, upper: true)
      case 2: upright(left: false, upper: false)
      case 4: upright(left: true, upper: false)
      case 5: upright(left: true, upper: true)
      default: across(0)
      }
    return .polygon(points.map { (x + $0.0 + (height - $0.1) * slant, y + $0.1) })
  }

  private func signs(on canvas: inout Canvas) {
    let small = min(height * 0.13, 15)
    let unit = state.signs.contains(.test) ? "kWh" : state.signs.contains(.watts) ? "W" : "kWh"
    let hasUnit = !state.signs.isDisjoint(with: [.kilowattHours, .watts, .test])
    ink(unit, x + width - 6, y + height - small * 0.55, small, .end, hasUnit, on: &canvas)
    let name = showsCode ? (state.signs.contains(.test) ? "88.8.8" : state.code) : state.label
    ink(name, x + 7, y + small * 1.65, small, .start, true, on: &canvas)
    let base = y + height - small * 0.55
    arrow(x + 9, base - small / 2, small, right: true, state.signs.contains(.importing), on: &canvas)
    arrow(
      x + 9 + small * 2.1, base - small / 2, small, right: false, state.signs.contains(.exporting),
      on: &canvas)
    if state.signs.contains(.reverseRun) {
      ink("REV", x + 9 + small * 4.4, base, small * 0.85, .start, true, on: &canvas)
    }
    if state.signs.contains(.phase1) {
      for (index, sign) in [CrystalState.Sign.phase1, .phase2, .phase3].enumerated() {
        ink(
          "L\(index + 1)", x + width - 9 - Double(2 - index) * small * 2, y + small * 1.65, small * 0.9, .end,
          state.signs.contains(sign), on: &canvas)
      }
    }
  }

  private func ink(
    _ text: String, _ at: Double, _ base: Double, _ size: Double, _ anchor: Canvas.Anchor, _ isLit: Bool,
    on canvas: inout Canvas
  ) {
    canvas.text(
      text, at, base, size: size, weight: 1.5, colours.lit, anchor: anchor,
      opacity: isLit ? 0.92 : colours.ghost)
  }

  private func arrow(
    _ left: Double, _ middle: Double, _ size: Double, right: Bool, _ isLit: Bool, on canvas: inout Canvas
  ) {
    let (tail, head) = right ? (left, left + size * 1.5) : (left + size * 1.5, left)
    let neck = head + (right ? -size * 0.6 : size * 0.6)
    let h = size * 0.42
    canvas.draw(
      .polygon([
        (tail, middle - h * 0.35), (neck, middle - h * 0.35), (neck, middle - h), (head, middle),
        (neck, middle + h), (neck, middle + h * 0.35), (tail, middle + h * 0.35),
      ]), .fill(.colour(colours.lit), opacity: isLit ? 0.92 : colours.ghost))
  }
}
