// A drawing as a list of shapes. Who draws says what lies where; where the points go on paper is decided when
// it is written.

/// One thing that is drawn.
indirect enum Shape {
  case path(Outline, Paint)
  case clipped(Outline, [Shape])
  case group(opacity: Double, Effect?, [Shape])
}

/// Shapes in the order of drawing.
struct Canvas {
  var shapes: [Shape] = []

  mutating func draw(_ outline: Outline, _ paint: Paint) { shapes.append(.path(outline, paint)) }

  mutating func rectangle(
    _ x: Double, _ y: Double, _ width: Double, _ height: Double, radius: Double = 0, _ fill: Ink,
    line: String? = nil, width lineWidth: Double = 1
  ) {
    draw(
      .rectangle(x, y, width, height, radius: radius),
      Paint(fill: fill, line: line.map(Ink.colour) ?? .none, width: lineWidth))
  }

  mutating func circle(
    _ x: Double, _ y: Double, _ radius: Double, _ fill: Ink, line: String? = nil, width: Double = 1
  ) {
    draw(.circle(x, y, radius), Paint(fill: fill, line: line.map(Ink.colour) ?? .none, width: width))
  }

  mutating func lines(_ points: [(Double, Double)], _ colour: String, _ width: Double) {
    draw(.line(points), .line(colour, width))
  }

  mutating func clipped(to outline: Outline, _ draw: (inout Canvas) -> Void) {
    var inner = Canvas()
    draw(&inner)
    shapes.append(.clipped(outline, inner.shapes))
  }

  mutating func group(opacity: Double = 1, _ effect: Effect? = nil, _ draw: (inout Canvas) -> Void) {
    var inner = Canvas()
    draw(&inner)
    shapes.append(.group(opacity: opacity, effect, inner.shapes))
  }

  /// A soft shadow of an outline, moved down.
  mutating func shadow(_ outline: Outline, by offset: Double, blur: Double, opacity: Double = 0.35) {
    let moved = outline.mapped { Point(x: $0.x, y: $0.y + offset) }
    group(opacity: opacity, .blur(blur)) { $0.draw(moved, .fill(.colour("#000"))) }
  }
}
