// Text that is safe inside HTML, and the few elements that the page is made of.

/// HTML escaping: the five characters that mean something, in text and in quoted attributes alike.
public enum HTMLText {
  public static func escaped(_ text: String) -> String { JUnitText.escaped(text) }

  /// An element with text inside.
  static func element(_ name: String, class style: String = "", _ text: String) -> String {
    let attribute = style.isEmpty ? "" : " class=\"\(style)\""
    return "<\(name)\(attribute)>\(escaped(text))</\(name)>"
  }

  /// A table that scrolls by itself where it is too wide.
  static func table(_ heads: [Cell], _ rows: [String], class style: String = "") -> String {
    let head = heads.map { $0.html(as: "th") }.joined()
    return "<div class=\"wide\"><table class=\"\(style)\"><thead><tr>\(head)</tr></thead>"
      + "<tbody>\(rows.joined())</tbody></table></div>"
  }

  static func row(_ cells: [Cell], class style: String = "") -> String {
    let attribute = style.isEmpty ? "" : " class=\"\(style)\""
    return "<tr\(attribute)>\(cells.map { $0.html(as: "td") }.joined())</tr>"
  }

  /// Something that is folded away until somebody asks for it.
  static func folded(_ summary: String, isOpen: Bool = false, _ inner: String) -> String {
    "<details\(isOpen ? " open" : "")>\(element("summary", summary))\(inner)</details>"
  }
}

/// A cell of a table.
enum Cell: ExpressibleByStringLiteral, ExpressibleByStringInterpolation {
  case text(String)
  /// Stands right, so that digits stand under digits.
  case number(String)
  /// Something short that is not to be broken: an instant, a code.
  case word(String)
  /// Made of elements, escaped already.
  case html(String)

  init(stringLiteral value: String) { self = .text(value) }

  fileprivate func html(as name: String) -> String {
    switch self {
    case .text(let text): HTMLText.element(name, text)
    case .number(let text): HTMLText.element(name, class: "number", text)
    case .word(let text): HTMLText.element(name, class: "word", text)
    case .html(let html): "<\(name)>\(html)</\(name)>"
    }
  }
}
