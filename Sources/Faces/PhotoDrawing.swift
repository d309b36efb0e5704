// A customer's photograph: the face as a camera sees it that stands askew, in a meter cupboard, with what the
// light does. Upright, 900 by 1200.

public import MeterModel
internal import Timeline

/// Draws photographs.
public enum PhotoDrawing {
  static let paper = (width: 900.0, height: 1200.0)

  /// What a person can still make out.
  public struct Legibility: Hashable, Sendable {
    public var register: Bool
    public var serial: Bool
  }

  /// The picture as an SVG file: the same photograph gives the same bytes.
  public static func svg(_ photograph: Photograph) -> String {
    let camera = camera(photograph)
    var wall = Canvas()
    cupboard(photograph, on: &wall)
    var cables = Canvas()
    tails(FaceDrawing.size(of: photograph.face.style), on: &cables)
    var light = Canvas()
    glare(photograph, camera, on: &light)
    var finish: [Effect] = []
    let dark = photograph.strength(.lowLight)
    if dark > 0 {
      finish.append(
        .lowLight(dark: dark * 7 / 10, grain: 8 + dark / 4, seed: Int(photograph.seed % 9973)))
    }
    let blur = photograph.strength(.blur)
    if blur > 0 { finish.append(.blur(Double(blur) * 0.11)) }
    return SVGWriter.picture(
      width: paper.width, height: paper.height, title: "Photograph of meter \(photograph.face.serial)",
      layers: [
        (.straight, wall.shapes), (camera, cables.shapes), (camera, FaceDrawing.shapes(photograph.face)),
        (.straight, light.shapes),
      ], finish: finish)
  }

  /// Whether register and serial number lie in the picture and can be made out. Our assumption: from 70 of
  /// blur or 90 of darkness on nobody can; glare of 75 or more hides what lies under its middle.
  public static func legibility(_ photograph: Photograph) -> Legibility {
    let camera = camera(photograph)
    let size = FaceDrawing.size(of: photograph.face.style)
    let spots = spots(photograph.face.style, size)
    let isClear = photograph.strength(.blur) < 70 && photograph.strength(.lowLight) < 90
    let bright = photograph.strength(.glare) >= 75 ? glareSpot(photograph) : nil
    func isSeen(_ box: (x: Double, y: Double, width: Double)) -> Bool {
      guard isClear else { return false }
      let ends = [-0.5, 0.5].map { camera.map(Point(x: box.x + box.width * $0, y: box.y)) }
      let isIn = ends.allSatisfy {
        $0.x > 0 && $0.x < paper.width && $0.y > 0 && $0.y < paper.height
      }
      guard isIn, let bright else { return isIn }
      return (bright.x - box.x).magnitude > 110 || (bright.y - box.y).magnitude > 70
    }
    return Legibility(register: isSeen(spots.register), serial: isSeen(spots.serial))
  }

  private typealias Spot = (x: Double, y: Double, width: Double)

  /// Where the digits and the serial number stand on each kind of front.
  private static func spots(_ style: FaceDesign.Style, _ size: (width: Double, height: Double))
    -> (register: Spot, serial: Spot)
  {
    switch style {
    case .drums, .dials: ((300, 176, 340), (390, 532, 130))
    case .crystal, .largeDigits: ((300, 146, 340), (190, 430, 180))
    case .smart: ((300, 316, 340), (200, 842, 180))
    case .polyphase: ((320, 154, 380), (210, 528, 220))
    case .railNarrow: ((150, 264, 120), (150, 625, 120))
    case .railWide: ((320, 284, 400), (460, 598, 150))
    }
  }

  private static func draws(_ photograph: Photograph) -> RandomStream {
    RandomStream(seed: photograph.seed).stream("photo-view")
  }

  /// −1 ... 1, by what it is about.
  private static func turn(_ photograph: Photograph, _ index: UInt64) -> Double {
    draws(photograph).fraction(index) * 2 - 1
  }

  /// Half of the range at least, to one side or the other.
  private static func side(_ photograph: Photograph, _ index: UInt64) -> Double {
    let share = turn(photograph, index)
    return share < 0 ? share / 2 - 0.5 : share / 2 + 0.5
  }

  private static func camera(_ photograph: Photograph) -> Projection {
    let size = FaceDrawing.size(of: photograph.face.style)
    let tilt = Double(photograph.strength(.tilt)) / 100
    let crop = Double(photograph.strength(.crop)) / 100
    let fit = min(paper.width / size.width, paper.height / size.height) * (0.84 + crop * 0.5)
    let (dx, dy) = (side(photograph, 3) * crop * 0.38, side(photograph, 4) * crop * 0.42)
    return .camera(
      about: Point(x: size.width / 2, y: size.height / 2), roll: side(photograph, 0) * tilt * 13,
      yaw: side(photograph, 1) * tilt * 34, pitch: side(photograph, 2) * tilt * 24,
      distance: size.height * 1.7, scale: fit,
      to: Point(x: paper.width * (0.5 + dx), y: paper.height * (0.5 + dy)))
  }

  /// The board that the meter hangs on.
  private static func cupboard(_ photograph: Photograph, on canvas: inout Canvas) {
    canvas.rectangle(-60, -60, 1020, 1320, .slanted("#b79b72", "#8d7350", "#6f5a3e"))
    for index in 0..<9 {
      let y = 60 + Double(index) * 138 + turn(photograph, UInt64(20 + index)) * 30
      let bend = turn(photograph, UInt64(40 + index)) * 40
      canvas.draw(
        Outline(parsing: "M-60 \(y) C240 \(y + bend) 560 \(y - bend) 960 \(y + bend / 2)"),
        .line("#5b4930", 2 + turn(photograph, UInt64(60 + index)), opacity: 0.35))
    }
  }

  /// The tails of the supply, behind the meter.
  private static func tails(_ size: (width: Double, height: Double), on canvas: inout Canvas) {
    let (middle, top) = (size.width / 2, size.height - 60)
    for (offset, colour) in [(-92.0, "#8a8f94"), (-34, "#50545a"), (34, "#8a8f94"), (92, "#50545a")] {
      let x = middle + offset * min(size.width / 600, 1)
      let path = "M\(x) \(top) C\(x) \(top + 120) \(x - 16) \(top + 220) \(x + 8) \(top + 900)"
      canvas.draw(Outline(parsing: path), .line("#2c2d2f", 27))
      canvas.draw(
        Outline(parsing: path).mapped { Point(x: $0.x - 4, y: $0.y) }, .line(colour, 15))
    }
  }

  /// The middle of the glare on the front.
  private static func glareSpot(_ photograph: Photograph) -> Point {
    let size = FaceDrawing.size(of: photograph.face.style)
    return Point(
      x: size.width * (0.5 + turn(photograph, 5) * 0.24), y: size.height * (0.3 + turn(photograph, 6) * 0.16))
  }

  private static func glare(_ photograph: Photograph, _ camera: Projection, on canvas: inout Canvas) {
    let strength = Double(photograph.strength(.glare)) / 100
    guard strength > 0 else { return }
    let spot = camera.map(glareSpot(photograph))
    let reach = 70 + strength * 130
    canvas.group(opacity: min(0.25 + strength * 0.75, 1), .blur(reach * 0.22)) { inner in
      inner.draw(
        .ellipse(spot.x, spot.y, reach, reach * 0.62), .fill(.colour("#fffdf4"), opacity: 0.9))
      inner.draw(
        .ellipse(spot.x + reach * 0.2, spot.y - reach * 0.15, reach * 0.45, reach * 0.3),
        .fill(.colour("#ffffff")))
    }
    canvas.group(opacity: strength * 0.35, .blur(6)) { inner in
      inner.draw(
        .polygon([
          (spot.x - reach * 1.6, spot.y + reach * 0.3), (spot.x - reach * 1.3, spot.y + reach * 0.2),
          (spot.x + reach * 1.7, spot.y - reach * 1.1), (spot.x + reach * 1.4, spot.y - reach * 1.1),
        ]), .fill(.colour("#ffffff")))
    }
  }
}
