// Shapes written as SVG 1.1: no fonts, no scripts, nothing fetched. The same shapes give the same bytes.

/// Writes one picture.
struct SVGWriter {
  private var body = ""
  private var definitions = ""
  private var shades: [Ink.Shade: String] = [:]
  private var effects: [String: String] = [:]
  private var clips = 0
  private var projection = Projection.straight

  /// Shapes through a projection each, on a paper of a size; then what is done to the whole, in order.
  static func picture(
    width: Double, height: Double, title: String, layers: [(Projection, [Shape])],
    finish: [Effect] = []
  ) -> String {
    var writer = SVGWriter()
    for effect in finish.reversed() { writer.body += "<g filter=\"url(#\(writer.name(of: effect)))\">" }
    for (projection, shapes) in layers {
      writer.projection = projection
      writer.write(shapes)
    }
    writer.body += String(repeating: "</g>", count: finish.count)
    let size = "\(number(width)) \(number(height))"
    return "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(size)\" width=\"\(number(width))\" "
      + "height=\"\(number(height))\">\n<title>\(escaped(title))</title>\n"
      + "<defs>\(writer.definitions)</defs>\n"
      + writer.body + "\n</svg>\n"
  }

  private mutating func write(_ shapes: [Shape]) {
    for shape in shapes {
      switch shape {
      case .path(let outline, let paint): write(outline, paint)
      case .clipped(let outline, let inner):
        clips += 1
        let name = "c\(clips)"
        definitions += "<clipPath id=\"\(name)\"><path d=\"\(data(outline))\"/></clipPath>"
        body += "<g clip-path=\"url(#\(name))\">"
        write(inner)
        body += "</g>\n"
      case .group(let opacity, let effect, let inner):
        body += "<g"
        if opacity < 1 { body += " opacity=\"\(Self.number(opacity, places: 2))\"" }
        if let effect { body += " filter=\"url(#\(name(of: effect)))\"" }
        body += ">"
        write(inner)
        body += "</g>\n"
      }
    }
  }

  private mutating func write(_ outline: Outline, _ paint: Paint) {
    var attributes = " fill=\"\(word(paint.fill))\""
    if paint.line != .none {
      let scale = outline.first.map(projection.scale(at:)) ?? 1
      attributes += " stroke=\"\(word(paint.line))\""
      attributes += " stroke-width=\"\(Self.number(paint.width * scale, places: 2))\""
      if paint.isRound { attributes += " stroke-linecap=\"round\" stroke-linejoin=\"round\"" }
    }
    if paint.opacity < 1 { attributes += " opacity=\"\(Self.number(paint.opacity, places: 2))\"" }
    body += "<path\(attributes) d=\"\(data(outline))\"/>\n"
  }

  private mutating func word(_ ink: Ink) -> String {
    switch ink {
    case .none: return "none"
    case .colour(let colour): return colour
    case .shade(let shade):
      if let name = shades[shade] { return "url(#\(name))" }
      let name = "s\(shades.count)"
      shades[shade] = name
      let stops = shade.stops.map { stop in
        "<stop offset=\"\(Self.share(stop.at))\" stop-color=\"\(stop.colour)\""
          + (stop.opacity < 1 ? " stop-opacity=\"\(Self.number(stop.opacity, places: 2))\"/>" : "/>")
      }.joined()
      definitions +=
        shade.isRound
        ? "<radialGradient id=\"\(name)\" cx=\".\(Self.hundredths(shade.x1))\" "
          + "cy=\".\(Self.hundredths(shade.y1))\">\(stops)</radialGradient>"
        : "<linearGradient id=\"\(name)\" x1=\"\(Self.share(shade.x1))\" y1=\"\(Self.share(shade.y1))\" "
          + "x2=\"\(Self.share(shade.x2))\" y2=\"\(Self.share(shade.y2))\">\(stops)</linearGradient>"
      return "url(#\(name))"
    }
  }

  private static func hundredths(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
  private static func share(_ value: Int) -> String { number(Double(value) / 100, places: 2) }

  private mutating func name(of effect: Effect) -> String {
    let text: String
    switch effect {
    case .blur(let deviation):
      let scaled = deviation * projection.scale(at: Point(x: 300, y: 300))
      text = "<feGaussianBlur stdDeviation=\"\(Self.number(scaled, places: 2))\"/>"
    case .lowLight(let dark, let grain, let seed): text = Self.lowLight(dark, grain, seed)
    }
    if let name = effects[text] { return name }
    let name = "e\(effects.count)"
    effects[text] = name
    definitions +=
      "<filter id=\"\(name)\" x=\"-.3\" y=\"-.3\" width=\"1.6\" height=\"1.6\" "
      + "color-interpolation-filters=\"sRGB\">\(text)</filter>"
    return name
  }

  /// Each channel is dimmed, and noise is added to it.
  private static func lowLight(_ dark: Int, _ grain: Int, _ seed: Int) -> String {
    let slope = number(1 - Double(dark) / 100, places: 2)
    let noise = number(Double(grain) / 100, places: 2)
    let half = number(-Double(grain) / 200, places: 3)
    return "<feComponentTransfer result=\"d\"><feFuncR type=\"linear\" slope=\"\(slope)\"/>"
      + "<feFuncG type=\"linear\" slope=\"\(slope)\"/><feFuncB type=\"linear\" slope=\"\(slope)\"/>"
      + "</feComponentTransfer><feTurbulence type=\"turbulence\" baseFrequency=\".8\" numOctaves=\"2\" "
      + "seed=\"\(seed)\" result=\"n\"/><feComposite in=\"d\" in2=\"n\" operator=\"arithmetic\" k1=\"0\" "
      + "k2=\"1\" k3=\"\(noise)\" k4=\"\(half)\" result=\"g\"/>"
      + "<feComposite in=\"g\" in2=\"SourceAlpha\" operator=\"in\"/>"
  }

  /// Steps from point to point, in tenths: each point is cut by itself, so nothing adds up.
  private func data(_ outline: Outline) -> String {
    var text = ""
    var pen = (x: 0, y: 0)
    var first = pen
    func tenths(_ point: Point) -> (x: Int, y: Int) {
      let there = projection.map(point)
      return (Int((there.x * 10).rounded()), Int((there.y * 10).rounded()))
    }
    func step(_ there: (x: Int, y: Int)) -> String {
      Self.joined(Self.tenths(there.x - pen.x), Self.tenths(there.y - pen.y))
    }
    for one in outline.steps {
      switch one {
      case .move(let point):
        let there = tenths(point)
        text += "M" + Self.joined(Self.tenths(there.x), Self.tenths(there.y))
        (pen, first) = (there, there)
      case .line(let point):
        let there = tenths(point)
        text += there.y == pen.y ? "h" + Self.tenths(there.x - pen.x) : "l" + step(there)
        pen = there
      case .curve(let one, let two, let end):
        let there = tenths(end)
        text += "c" + Self.joined(Self.joined(step(tenths(one)), step(tenths(two))), step(there))
        pen = there
      case .close:
        text += "z"
        pen = first
      }
    }
    return text
  }

  /// A minus parts two numbers as well as a blank.
  private static func joined(_ left: String, _ right: String) -> String {
    left + (right.first == "-" ? "" : " ") + right
  }

  private static func tenths(_ value: Int) -> String { number(Double(value) / 10) }

  /// Cut to tenths, or to more places; without zeros that say nothing.
  static func number(_ value: Double, places: Int = 1) -> String {
    let power = [1, 10, 100, 1000][places]
    let whole = Int((value * Double(power)).rounded())
    let rest = abs(whole) % power
    let sign = whole < 0 ? "-" : ""
    guard rest != 0 else { return sign + "\(abs(whole) / power)" }
    var digits = "\(rest)"
    digits = String(repeating: "0", count: places - digits.count) + digits
    while digits.last == "0" { digits.removeLast() }
    let front = abs(whole) / power
    return sign + (front == 0 ? "" : "\(front)") + "." + digits
  }

  static func escaped(_ text: String) -> String {
    var out = ""
    for character in text {
      switch character {
      case "&": out += "&amp;"
      case "<": out += "&lt;"
      case ">": out += "&gt;"
      default: out.append(character)
      }
    }
    return out
  }
}
