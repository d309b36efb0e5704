// How a make of meter looks: the `face:` part of its profile.
//
//   face: {style: dials, brand: Thornbury & Vale, type: TV-2, class: "2", current: 10-40 A, year: 1962,
//   tenth: true}
//
// What is left out is as the kind of meter usually has it.

internal import MeterModel
internal import Units

extension FaceDesign {
  /// `usual` is what it looks like where nothing is said.
  init(_ node: Node, usual: FaceDesign) throws {
    var fields = try Fields(node, of: "the face")
    let style: Style = try fields.optional("style")?.word("style of face") ?? usual.style
    let year = try fields.optional("year")?.whole("the year", in: 1900...2100) ?? Int64(usual.year)
    self.init(
      style: style, brand: try fields.optional("brand")?.plate("the brand") ?? usual.brand,
      type: try fields.optional("type")?.plate("the type") ?? usual.type,
      accuracy: try fields.optional("class")?.plate("the class") ?? usual.accuracy,
      current: try fields.optional("current")?.plate("the current") ?? usual.current, year: Int(year),
      hasTenth: try fields.optional("tenth")?.flag("tenth") ?? false,
      rolls: try fields.optional("rolls")?.flag("rolls") ?? usual.rolls)
    if hasTenth, style != .drums, style != .dials {
      throw node.diagnostic(
        "BS-PRF-38", "only drums and dials have a red tenth", help: "write `display: {…, decimals: 1}`")
    }
    try fields.finish()
  }

  /// Letters that fit on a plate.
  static let longestLine = 32
}

extension Node {
  fileprivate func plate(_ what: String) throws -> String {
    let text = try text(what)
    guard (1...FaceDesign.longestLine).contains(text.count) else {
      throw diagnostic(
        "BS-PRF-39", "\(what) has 1 to \(FaceDesign.longestLine) letters on a plate, not \(text.count)")
    }
    return text
  }
}
