// Where the points of a drawing go on paper: straight, moved and scaled for a contact sheet, or through a
// camera that stood askew.

/// A point of a drawing; y grows downwards.
struct Point: Hashable {
  var x: Double
  var y: Double
}

/// A projective map of the plane: (ax + by + c, dx + ey + f) / (gx + hy + 1).
struct Projection {
  var a = 1.0, b = 0.0, c = 0.0
  var d = 0.0, e = 1.0, f = 0.0
  var g = 0.0, h = 0.0

  static let straight = Projection()

  func map(_ point: Point) -> Point {
    let w = g * point.x + h * point.y + 1
    return Point(x: (a * point.x + b * point.y + c) / w, y: (d * point.x + e * point.y + f) / w)
  }

  /// How much longer a short line becomes at a point.
  func scale(at point: Point) -> Double {
    let (here, right) = (map(point), map(Point(x: point.x + 1, y: point.y)))
    let down = map(Point(x: point.x, y: point.y + 1))
    let area =
      (right.x - here.x) * (down.y - here.y) - (right.y - here.y) * (down.x - here.x)
    return area.magnitude.squareRoot()
  }

  static func moved(x: Double, y: Double, scale: Double) -> Projection {
    Projection(a: scale, c: x, e: scale, f: y)
  }

  /// What a camera sees of a plane that is turned about a centre: `roll` in the picture, `yaw` sideways and
  /// `pitch` up and down, in degrees; the camera stands `distance` before the centre.
  static func camera(
    about centre: Point, roll: Double, yaw: Double, pitch: Double, distance: Double, scale: Double, to: Point
  ) -> Projection {
    // Rotation matrix R = roll · pitch · yaw; a point of the plane is (x, y, 0).
    let (sr, cr) = (Turn.sin(roll), Turn.cos(roll))
    let (sy, cy) = (Turn.sin(yaw), Turn.cos(yaw))
    let (sp, cp) = (Turn.sin(pitch), Turn.cos(pitch))
    let (xx, xy) = (cy, 0.0)
    let (yx, yy) = (sp * sy, cp)
    let (zx, zy) = (-cp * sy, sp)
    let (ux, uy) = (cr * xx - sr * yx, cr * xy - sr * yy)
    let (vx, vy) = (sr * xx + cr * yx, sr * xy + cr * yy)
    // Perspective: divide by 1 + z / distance, about the centre.
    let (g, h) = (zx / distance, zy / distance)
    let w = 1 - g * centre.x - h * centre.y
    func row(_ p: Double, _ q: Double, _ target: Double) -> (Double, Double, Double) {
      let constant = -p * scale * centre.x - q * scale * centre.y
      // Add the target: target · (w + g x + h y).
      return ((p * scale + target * g) / w, (q * scale + target * h) / w, (constant + target * w) / w)
    }
    let (a, b, c) = row(ux, uy, to.x)
    let (d, e, f) = row(vx, vy, to.y)
    return Projection(a: a, b: b, c: c, d: d, e: e, f: f, g: g / w, h: h / w)
  }
}
