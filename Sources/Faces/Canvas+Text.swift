// Lettering: one path for each line of text.

extension Canvas {
  enum Anchor { case start, middle, end }

  /// Draws text on a base line. `size` is the height of capitals; `weight` the stroke, in tenths of it.
  mutating func text(
    _ text: String, _ x: Double, _ y: Double, size: Double, weight: Double = 1.1, _ colour: String,
    anchor: Anchor = .start, spacing: Double = 2, slant: Double = 0, opacity: Double = 1
  ) {
    let (outline, _) = Self.lettering(text, x, y, size: size, anchor: anchor, spacing: spacing, slant: slant)
    draw(outline, .line(colour, weight * size / 10, opacity: opacity, isRound: true))
  }

  static func lettering(
    _ text: String, _ x: Double, _ y: Double, size: Double, anchor: Anchor = .start, spacing: Double = 2,
    slant: Double = 0
  ) -> (outline: Outline, width: Double) {
    let scale = size / 10
    let glyphs = text.compactMap(Glyphs.glyph)
    let width = max(glyphs.reduce(0) { $0 + $1.width + spacing } - spacing, 0) * scale
    var pen =
      switch anchor {
      case .start: x
      case .middle: x - width / 2
      case .end: x - width
      }
    var outline = Outline()
    for glyph in glyphs {
      let left = pen
      outline =
        outline
        + glyph.outline.mapped {
          Point(x: left + ($0.x + slant * (10 - $0.y)) * scale, y: y + ($0.y - 10) * scale)
        }
      pen += (glyph.width + spacing) * scale
    }
    return (outline, width)
  }
}
