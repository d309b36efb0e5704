// The customer's statement as plain text, 78 columns wide.

extension StatementPaper {
  private static let width = 78

  /// Several statements one under another, each beginning with who pays.
  public static func text(_ papers: [StatementPaper]) -> String {
    papers.isEmpty ? "No statement was issued.\n" : papers.map(\.text).joined(separator: "\n\n")
  }

  /// For a terminal, or an e-mail.
  public var text: String {
    var out = payer.uppercased() + "\n" + title + "\n\n"
    let names = head.map(\.name.count).max() ?? 0
    for entry in head { out += "  \(Self.padded(entry.name, names))  \(entry.value)\n" }
    if !rows.isEmpty { out += "\nWhat you exported, and what it is worth\n" + rows.map(Self.lines).joined() }
    if !waiting.isEmpty {
      out += "\nWhat is not paid with this statement\n" + waiting.map(Self.lines).joined()
    }
    out += "\n" + String(repeating: "─", count: Self.width) + "\n"
    for total in totals { out += Self.spread("  " + total.name, total.value) + "\n" }
    out += "\n"
    for remark in remarks { out += Self.wrapped(remark) }
    return out
  }

  private static func lines(_ row: Row) -> String {
    let working = [
      row.energy, row.price == "–" ? "" : "at \(row.price)", row.measured,
      row.vat.isEmpty ? "" : row.vat == "none" ? "no VAT" : "VAT \(row.vat)",
    ].filter { !$0.isEmpty }
    var out = spread("  " + row.period, row.amount) + "\n"
    if !working.isEmpty { out += "    " + working.joined(separator: ", ") + "\n" }
    for note in row.notes { out += wrapped(note, indent: 4) }
    return out
  }

  /// Left and right end of a line.
  private static func spread(_ left: String, _ right: String) -> String {
    left + String(repeating: " ", count: max(2, width - left.count - right.count)) + right
  }

  private static func padded(_ text: String, _ count: Int) -> String {
    text + String(repeating: " ", count: max(0, count - text.count))
  }

  private static func wrapped(_ text: String, indent: Int = 2) -> String {
    let margin = String(repeating: " ", count: indent)
    var (out, line) = ("", margin)
    for word in text.split(separator: " ") {
      if line.count + word.count + 1 > width, line.count > indent {
        out += line + "\n"
        line = margin
      }
      line += (line.count > indent ? " " : "") + word
    }
    return out + line + "\n"
  }
}
