// Lines and curves of a drawing, as points that can be projected.

/// A path of straight lines and cubic curves.
struct Outline {
  enum Step {
    case move(Point)
    case line(Point)
    case curve(Point, Point, Point)
    case close
  }

  var steps: [Step] = []

  /// Control points of a quarter circle.
  private static let bow = 0.5522847498

  static func rectangle(_ x: Double, _ y: Double, _ width: Double, _ height: Double, radius: Double = 0)
    -> Outline
  {
    guard radius > 0 else {
      return polygon([(x, y), (x + width, y), (x + width, y + height), (x, y + height)])
    }
    let r = min(radius, width / 2, height / 2)
    let k = r * (1 - bow)
    let (right, bottom) = (x + width, y + height)
    func point(_ x: Double, _ y: Double) -> Point { Point(x: x, y: y) }
    return Outline(steps: [
      .move(point(x + r, y)), .line(point(right - r, y)),
      .curve(point(right - k, y), point(right, y + k), point(right, y + r)), .line(point(right, bottom - r)),
      .curve(point(right, bottom - k), point(right - k, bottom), point(right - r, bottom)),
      .line(point(x + r, bottom)),
      .curve(point(x + k, bottom), point(x, bottom - k), point(x, bottom - r)), .line(point(x, y + r)),
      .curve(point(x, y + k), point(x + k, y), point(x + r, y)), .close,
    ])
  }

  static func ellipse(_ x: Double, _ y: Double, _ rx: Double, _ ry: Double) -> Outline {
    let (kx, ky) = (rx * bow, ry * bow)
    func point(_ dx: Double, _ dy: Double) -> Point { Point(x: x + dx, y: y + dy) }
    return Outline(steps: [
      .move(point(rx, 0)), .curve(point(rx, ky), point(kx, ry), point(0, ry)),
      .curve(point(-kx, ry), point(-rx, ky), point(-rx, 0)),
      .curve(point(-rx, -ky), point(-kx, -ry), point(0, -ry)),
      .curve(point(kx, -ry), point(rx, -ky), point(rx, 0)), .close,
    ])
  }

  static func circle(_ x: Double, _ y: Double, _ radius: Double) -> Outline { ellipse(x, y, radius, radius) }

  static func polygon(_ points: [(Double, Double)]) -> Outline {
    var outline = line(points)
    outline.steps.append(.close)
    return outline
  }

  static func line(_ points: [(Double, Double)]) -> Outline {
    Outline(
      steps: points.enumerated().map { index, point in
        let point = Point(x: point.0, y: point.1)
        return index == 0 ? .move(point) : .line(point)
      })
  }

  /// From the letters of a glyph: M, L, C with points, Z.
  init(parsing text: String) {
    var numbers: [Double] = []
    var letter: Character = "M"
    for word in text.split(separator: " ") {
      if let first = word.first, first.isLetter {
        (letter, numbers) = (first, [])
        if letter == "Z" { steps.append(.close) }
        guard word.count > 1, let number = Double(word.dropFirst()) else { continue }
        numbers.append(number)
      } else if let number = Double(word) {
        numbers.append(number)
      }
      take(letter, &numbers)
    }
  }

  init(steps: [Step] = []) { self.steps = steps }

  private mutating func take(_ letter: Character, _ numbers: inout [Double]) {
    switch (letter, numbers.count) {
    case ("M", 2): steps.append(.move(Point(x: numbers[0], y: numbers[1])))
    case ("L", 2): steps.append(.line(Point(x: numbers[0], y: numbers[1])))
    case ("C", 6):
      steps.append(
        .curve(
          Point(x: numbers[0], y: numbers[1]), Point(x: numbers[2], y: numbers[3]),
          Point(x: numbers[4], y: numbers[5])))
    default: return
    }
    numbers = []
  }

  func mapped(_ map: (Point) -> Point) -> Outline {
    Outline(
      steps: steps.map { step in
        switch step {
        case .move(let point): .move(map(point))
        case .line(let point): .line(map(point))
        case .curve(let one, let two, let end): .curve(map(one), map(two), map(end))
        case .close: .close
        }
      })
  }

  var first: Point? {
    for step in steps { if case .move(let point) = step { return point } }
    return nil
  }

  static func + (left: Outline, right: Outline) -> Outline { Outline(steps: left.steps + right.steps) }
}
