// Text that is safe inside HTML.

/// HTML escaping: the five characters that mean something, in text and in quoted attributes alike.
public enum HTMLText {
  public static func escaped(_ text: String) -> String { JUnitText.escaped(text) }

  /// An element with text inside.
  static func element(_ name: String, class style: String = "", _ text: String) -> String {
    let attribute = style.isEmpty ? "" : " class=\"\(style)\""
    return "<\(name)\(attribute)>\(escaped(text))</\(name)>"
  }

  /// A table row of cells that are text.
  static func row(_ cells: [String], head: Bool = false) -> String {
    let name = head ? "th" : "td"
    return "<tr>" + cells.map { element(name, $0) }.joined() + "</tr>"
  }
}
