// Pointer dials: five in an arch and the red one of tenths below, figures clockwise or anticlockwise.

internal import MeterModel

/// Draws a register of dials.
struct DialPlate {
  let pointers: [DialPointer]
  var x = 300.0
  var y = 172.0

  func draw(on canvas: inout Canvas) {
    let black = pointers.filter { !$0.isRed }
    let span = 82.0
    for (index, pointer) in black.enumerated() {
      let place = Double(index) - Double(black.count - 1) / 2
      let middle = x + place * span
      let height = y + place * place * 7
      dial(pointer, middle, height, 38, on: &canvas)
      canvas.text(
        Self.words(pointer.kilowattHours), middle, height - 46, size: 9, weight: 1.3, "#222", anchor: .middle)
    }
    if let red = pointers.first(where: \.isRed) {
      dial(red, x, y + 96, 25, on: &canvas)
      canvas.text("1/10", x - 36, y + 99, size: 9, weight: 1.3, "#b3261b", anchor: .end)
      canvas.text("kWh per division", x + 36, y + 99, size: 9, "#333")
    } else {
      canvas.text("kWh per division", x, y + 72, size: 9, "#333", anchor: .middle)
    }
  }

  private static func words(_ value: Int) -> String {
    value >= 1000 ? "\(value / 1000),000" : "\(value)"
  }

  private func dial(
    _ pointer: DialPointer, _ x: Double, _ y: Double, _ radius: Double, on canvas: inout Canvas
  ) {
    let colour = pointer.isRed ? "#b3261b" : "#191919"
    canvas.circle(x, y, radius, .colour("#fbfaf4"), line: colour, width: radius * 0.055)
    var ticks = Outline()
    var halves = Outline()
    for index in 0..<20 {
      let angle = Double(index) * 18
      let inner = radius * (index.isMultiple(of: 2) ? 0.83 : 0.9)
      let tick = Outline.line([
        (x + Turn.sin(angle) * inner, y - Turn.cos(angle) * inner),
        (x + Turn.sin(angle) * radius, y - Turn.cos(angle) * radius),
      ])
      if index.isMultiple(of: 2) { ticks = ticks + tick } else { halves = halves + tick }
    }
    canvas.draw(ticks, .line(colour, radius * 0.045))
    canvas.draw(halves, .line(colour, radius * 0.025))
    for figure in 0..<10 {
      let angle = Double(pointer.isAnticlockwise ? -figure : figure) * 36
      let size = radius * 0.22
      canvas.text(
        "\(figure)", x + Turn.sin(angle) * radius * 0.66, y - Turn.cos(angle) * radius * 0.66 + size / 2,
        size: size, weight: 1.4, colour, anchor: .middle)
    }
    self.pointer(Double(pointer.angle) / 1000, x, y, radius, colour, on: &canvas)
  }

  /// A tapered pointer with a short tail, and its shadow on the plate.
  private func pointer(
    _ angle: Double, _ x: Double, _ y: Double, _ radius: Double, _ colour: String, on canvas: inout Canvas
  ) {
    func turned(_ points: [(Double, Double)], dx: Double = 0, dy: Double = 0) -> Outline {
      .polygon(
        points.map { px, py in
          (
            x + dx + (px * Turn.cos(angle) - py * Turn.sin(angle)) * radius,
            y + dy + (px * Turn.sin(angle) + py * Turn.cos(angle)) * radius
          )
        })
    }
    let shape: [(Double, Double)] = [
      (0, -0.86), (0.065, -0.5), (0.075, 0.05), (0.1, 0.3), (-0.1, 0.3), (-0.075, 0.05), (-0.065, -0.5),
    ]
    canvas.draw(turned(shape, dx: 1.6, dy: 2.2), .fill(.colour("#000"), opacity: 0.18))
    canvas.draw(turned(shape), .fill(.colour(colour)))
    canvas.circle(x, y, radius * 0.12, .slanted("#e8d9a0", "#8c7433"), line: "#4a3d1a", width: 0.6)
  }
}
