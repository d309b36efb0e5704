// Drums behind their windows: figures bent round a cylinder, two half visible while a drum is carried.

internal import MeterModel

/// Draws a cyclometer.
struct DrumWindow {
  let train: DrumTrain
  /// The middle of the row, and its size.
  var x = 300.0
  var y = 176.0
  var drumWidth = 54.0
  var height = 78.0

  private var pitch: Double { drumWidth + 9 }
  /// A window shows this much of the drum to each side of its middle.
  private static let halfAngle = 24.0
  private var radius: Double { height / 2 / Turn.sin(Self.halfAngle) }

  func draw(on canvas: inout Canvas) {
    let count = Double(train.drums.count)
    let left = x - count * pitch / 2
    canvas.rectangle(
      left - 12, y - height / 2 - 13, count * pitch + 24, height + 26, radius: 6, .down("#0b0b0b", "#232323"),
      line: "#8d8a80", width: 1.5)
    for (index, drum) in train.drums.enumerated() {
      let middle = left + (Double(index) + 0.5) * pitch
      self.drum(drum, at: middle, on: &canvas)
    }
  }

  private func drum(_ drum: Drum, at middle: Double, on canvas: inout Canvas) {
    let window = Outline.rectangle(
      middle - drumWidth / 2, y - height / 2, drumWidth, height, radius: 3)
    let body: Ink =
      drum.isRed
      ? .down("#4f0f0b", "#a3241b", "#b92c21", "#8c1d15", "#3b0a07")
      : .down("#060606", "#1d1d1e", "#2c2c2e", "#1a1a1b", "#040404")
    canvas.clipped(to: window) { inner in
      inner.draw(window, .fill(body))
      let figure = Double(drum.position) / Double(Drum.figure)
      for offset in -1...1 {
        let shown = drum.leaving + offset
        // The figures come up from below as the drum goes forward.
        let angle = (Double(shown) - figure) * 36
        guard angle.magnitude < Self.halfAngle + 22 else { continue }
        paint(((shown % 10) + 10) % 10, angle, middle, on: &inner)
      }
      // The gap to the neighbours, and the shadow of the window's edge.
      inner.draw(
        .rectangle(middle - drumWidth / 2, y - height / 2, drumWidth, height),
        .fill(
          .shade(
            Ink.Shade(stops: [
              .init(at: 0, colour: "#000", opacity: 0.75), .init(at: 22, colour: "#000", opacity: 0),
              .init(at: 78, colour: "#000", opacity: 0), .init(at: 100, colour: "#000", opacity: 0.7),
            ]))))
    }
    canvas.draw(window, .line(drum.isRed ? "#c8392d" : "#55534d", drum.isRed ? 2.4 : 1.2))
  }

  /// One figure at an angle from the middle of the window, foreshortened as on a cylinder.
  private func paint(_ figure: Int, _ angle: Double, _ middle: Double, on canvas: inout Canvas) {
    let size = height * 0.62
    let (flat, _) = Canvas.lettering("\(figure)", middle, size / 2, size: size, anchor: .middle)
    let perDegree = radius * Turn.pi / 180
    let bent = flat.mapped { Point(x: $0.x, y: y + radius * Turn.sin(angle + $0.y / perDegree)) }
    canvas.draw(bent, .line("#f4f1e6", size * 0.125, isRound: true))
  }
}
