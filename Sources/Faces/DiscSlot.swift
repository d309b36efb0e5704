// The edge of an aluminium disc behind its slot: graduated, with one mark, turning to the right as energy is
// imported.

internal import MeterModel

/// Draws the disc.
struct DiscSlot {
  /// Thousandths of a degree of the mark from the middle of the front.
  let angle: Int64
  var x = 300.0
  var y = 372.0
  var width = 400.0

  private var rx: Double { width / 2 - 8 }
  private var ry: Double { 11 }
  private var edge: Double { 8 }

  func draw(on canvas: inout Canvas) {
    let slot = Outline.rectangle(x - width / 2, y - 30, width, 60, radius: 8)
    canvas.draw(
      slot, Paint(fill: .down("#0a0a0a", "#2a2927", "#141413"), line: .colour("#8d8a80"), width: 1.5))
    canvas.clipped(to: slot) { inner in
      let (cx, cy) = (x, y - 4)
      inner.draw(
        .ellipse(cx, cy + 16, rx * 0.97, ry), .fill(.colour("#000"), opacity: 0.35))
      inner.draw(
        .ellipse(cx, cy, rx, ry), .fill(.across("#6d6f70", "#c9cbcb", "#f4f4f2", "#c2c4c4", "#626465")))
      inner.draw(.ellipse(cx, cy, rx * 0.2, ry * 0.2), .fill(.across("#6c5c2e", "#d8c27a", "#6c5c2e")))
      // Holes against creeping lie opposite each other.
      for hole in [90.0, 270] {
        let there = degrees + hole
        inner.draw(
          .ellipse(cx + Turn.sin(there) * rx * 0.62, cy + Turn.cos(there) * ry * 0.62, 9, 1.5),
          .fill(.colour("#2c2c2b"), opacity: 0.8))
      }
      mark(on: &inner, cx, cy)
      rim(on: &inner, cx, cy)
    }
    // The arrow of forward rotation, and the line at which turns are counted.
    canvas.lines([(x - 34, y - 46), (x + 30, y - 46)], "#222", 2)
    canvas.draw(
      .polygon([(x + 28, y - 52), (x + 42, y - 46), (x + 28, y - 40)]), .fill(.colour("#222")))
    canvas.lines([(x, y + 30), (x, y + 40)], "#222", 2)
  }

  private var degrees: Double { Double(angle) / 1000 }

  /// The mark on the upper side: a wedge to the rim, seen flat.
  private func mark(on canvas: inout Canvas, _ cx: Double, _ cy: Double) {
    func point(_ turned: Double, _ share: Double) -> (Double, Double) {
      (cx + Turn.sin(turned) * rx * share, cy + Turn.cos(turned) * ry * share)
    }
    let arc = stride(from: -9.0, through: 9, by: 3).map { point(degrees + $0, 1) }
    canvas.draw(
      .polygon([point(degrees + 9, 0.86), point(degrees - 9, 0.86)] + arc), .fill(.colour("#141414")))
  }

  /// The rim in front: graduations, numbered by tenths, and the mark, 5 per cent of the round.
  private func rim(on canvas: inout Canvas, _ cx: Double, _ cy: Double) {
    func front(_ from: Double, _ to: Double) -> Outline {
      let steps = max(Int((to - from) / 6), 2)
      let angles = (0...steps).map { from + (to - from) * Double($0) / Double(steps) }
      let upper = angles.map { (cx + Turn.sin($0) * rx, cy + Turn.cos($0) * ry) }
      return .polygon(upper + upper.reversed().map { ($0.0, $0.1 + edge) })
    }
    canvas.draw(front(-90, 90), .fill(.across("#4b4c4d", "#a9abab", "#fafaf8", "#a4a6a6", "#434445")))
    var minor = Outline()
    for index in 0..<50 {
      let there = Self.signed(degrees + Double(index) * 7.2)
      guard there.magnitude < 86 else { continue }
      let top = cy + Turn.cos(there) * ry
      let length = index.isMultiple(of: 5) ? edge * 0.85 : edge * 0.45
      minor =
        minor
        + .line([(cx + Turn.sin(there) * rx, top + edge - length), (cx + Turn.sin(there) * rx, top + edge)])
    }
    canvas.draw(minor, .line("#4a4b4c", 1))
    let middle = Self.signed(degrees)
    let (from, to) = (max(middle - 9, -90), min(middle + 9, 90))
    if from < to { canvas.draw(front(from, to), .fill(.colour("#111"))) }
  }

  /// −180 ..< 180.
  private static func signed(_ degrees: Double) -> Double {
    var turned = degrees - 360 * (degrees / 360).rounded(.down)
    if turned >= 180 { turned -= 360 }
    return turned
  }
}
