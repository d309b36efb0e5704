// JSON as it leaves us: keys in the order a person would read them, numbers exact, the same bytes each time.

/// A JSON value to be written. Money and rates go out as decimal strings, energies as whole numbers.
public indirect enum JSONText: Sendable, Equatable {
  case null
  case flag(Bool)
  case whole(Int64)
  case text(String)
  case list([JSONText])
  case object([(String, JSONText)])

  public static func == (left: JSONText, right: JSONText) -> Bool { left.compact == right.compact }

  /// One line, no blanks: for JSON lines.
  public var compact: String {
    var out = ""
    write(to: &out, indent: nil)
    return out
  }

  /// Two blanks a level, a newline at the end: for files and people.
  public var pretty: String {
    var out = ""
    write(to: &out, indent: 0)
    return out + "\n"
  }

  private func write(to out: inout String, indent: Int?) {
    switch self {
    case .null: out += "null"
    case .flag(let value): out += value ? "true" : "false"
    case .whole(let value): out += String(value)
    case .text(let value): Self.write(value, to: &out)
    case .list(let items):
      Self.write(items.map { (nil, $0) }, between: ("[", "]"), to: &out, indent: indent)
    case .object(let fields):
      Self.write(fields.map { ($0.0, $0.1) }, between: ("{", "}"), to: &out, indent: indent)
    }
  }

  private static func write(
    _ items: [(String?, JSONText)], between brackets: (String, String), to out: inout String, indent: Int?
  ) {
    out += brackets.0
    for (index, item) in items.enumerated() {
      if index > 0 { out += "," }
      if let indent { out += "\n" + String(repeating: " ", count: indent + 2) }
      if let key = item.0 {
        write(key, to: &out)
        out += indent == nil ? ":" : ": "
      }
      item.1.write(to: &out, indent: indent.map { $0 + 2 })
    }
    if let indent, !items.isEmpty { out += "\n" + String(repeating: " ", count: indent) }
    out += brackets.1
  }

  private static func write(_ text: String, to out: inout String) {
    out += "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      case _ where scalar.value < 0x20:
        let hex = String(scalar.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: out.unicodeScalars.append(scalar)
      }
    }
    out += "\""
  }
}
