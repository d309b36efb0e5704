// Colours, shades and lines.

/// What fills an area or draws a line.
enum Ink: Hashable {
  case none
  case colour(String)
  /// From one corner of the painted thing's box to another: (x1, y1, x2, y2) in hundredths of the box.
  case shade(Shade)

  struct Stop: Hashable {
    var at: Int
    var colour: String
    var opacity = 1.0
  }

  struct Shade: Hashable {
    var isRound = false
    var x1 = 0, y1 = 0, x2 = 0, y2 = 100
    var stops: [Stop]
  }

  /// From top to bottom, evenly.
  static func down(_ colours: String...) -> Ink { .shade(Shade(stops: even(colours))) }
  /// From left to right, evenly.
  static func across(_ colours: String...) -> Ink {
    .shade(Shade(x2: 100, y2: 0, stops: even(colours)))
  }
  /// From top left to bottom right, evenly.
  static func slanted(_ colours: String...) -> Ink { .shade(Shade(x2: 100, y2: 100, stops: even(colours))) }

  private static func even(_ colours: [String]) -> [Stop] {
    colours.enumerated().map { Stop(at: $0.offset * 100 / max(colours.count - 1, 1), colour: $0.element) }
  }
}

/// How a shape is painted.
struct Paint: Hashable {
  var fill: Ink = .none
  var line: Ink = .none
  var width = 0.0
  var opacity = 1.0
  var isRound = false

  static func fill(_ ink: Ink, opacity: Double = 1) -> Paint { Paint(fill: ink, opacity: opacity) }
  static func line(_ colour: String, _ width: Double, opacity: Double = 1, isRound: Bool = false) -> Paint {
    Paint(line: .colour(colour), width: width, opacity: opacity, isRound: isRound)
  }
}

/// What is done to a group as a whole.
enum Effect: Hashable {
  /// Blurred by a standard deviation in units of the drawing.
  case blur(Double)
  /// The grain of a sensor in low light, and the darkness itself: both in hundredths.
  case lowLight(dark: Int, grain: Int, seed: Int)
}
