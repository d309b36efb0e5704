// A meter's face as a picture: the same state gives the same bytes.

public import MeterModel

/// Draws faces.
public enum FaceDrawing {
  /// One face as an SVG file of its own.
  public static func svg(_ face: FaceState) -> String {
    let size = size(of: face.style)
    return SVGWriter.picture(
      width: size.width, height: size.height, title: title(face), layers: [(.straight, shapes(face))])
  }

  static func title(_ face: FaceState) -> String { "\(face.plate.brand) \(face.plate.type), \(face.serial)" }

  static func size(of style: FaceDesign.Style) -> (width: Double, height: Double) {
    switch style {
    case .drums, .dials: DiscFace.size
    case .crystal, .largeDigits: StaticFace.size
    case .smart: SmartFace.size
    case .polyphase: PolyphaseFace.size
    case .railNarrow: RailFace.narrow
    case .railWide: RailFace.wide
    }
  }

  static func shapes(_ face: FaceState) -> [Shape] {
    var canvas = Canvas()
    switch face.style {
    case .drums, .dials: DiscFace.draw(face, on: &canvas)
    case .crystal, .largeDigits: StaticFace.draw(face, on: &canvas)
    case .smart: SmartFace.draw(face, on: &canvas)
    case .polyphase: PolyphaseFace.draw(face, on: &canvas)
    case .railNarrow, .railWide: RailFace.draw(face, on: &canvas)
    }
    return canvas.shapes
  }
}
