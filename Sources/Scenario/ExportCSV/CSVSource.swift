// A CSV text with its name: which separator it uses, its cells, and errors that stand at their place in it.

internal import Truth

/// A file of comma-, semicolon- or tab-separated rows, and the words for what is wrong in it.
struct CSVSource {
  let file: String
  let separator: Separator
  let table: CSVTable
  private let lines: [Substring.UTF8View]
  /// Whether the text ends inside a line: somebody may have cut it there.
  let endsInsideLine: Bool

  enum Separator: String, CaseIterable {
    case comma, semicolon, tab

    var byte: UInt8 {
      switch self {
      case .comma: UInt8(ascii: ",")
      case .semicolon: UInt8(ascii: ";")
      case .tab: 0x09
      }
    }
  }

  /// Longer lines are not printed beside an error.
  private static let widestExcerpt = 400

  init(_ text: String, file: String) throws {
    self.file = file
    lines = text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).map { $0 }
    endsInsideLine = text.utf8.last.map { $0 != 0x0A } ?? false
    let start = Position(file: file, line: 1, column: 1)
    let chosen: Separator
    do {
      chosen = try Self.separator(of: text)
    } catch Undecided.nothing {
      throw Diagnostic(
        code: "BS-IMP-01", at: start, message: "no line of this file is split by commas, semicolons or tabs",
        help: "give a CSV file with a header and at least two columns")
    } catch Undecided.several(let choices) {
      let names = choices.map(\.rawValue).joined(separator: " and ")
      throw Diagnostic(
        code: "BS-IMP-01", at: start, message: "\(names) both split every line of this file alike",
        help: "put the cells that hold one of them in quotes")
    }
    separator = chosen
    do {
      table = try CSVTable(parsing: text, separator: chosen.byte)
    } catch {
      throw Diagnostic(error, file: file, text: text)
    }
    guard !table.rows.isEmpty else {
      throw Diagnostic(
        code: "BS-IMP-02", at: start, message: "there is a header and no row below it",
        help: text.utf8.contains(0x0D) ? "lines end with a line feed; a lone carriage return ends none" : "")
    }
  }

  private enum Undecided: Error {
    case nothing
    case several([Separator])
  }

  /// The one separator of the header, or of several the one by which all lines have as many cells as the
  /// header.
  private static func separator(of text: String) throws(Undecided) -> Separator {
    let header = text.split(whereSeparator: \.isNewline).first { line in
      line.contains { !$0.isWhitespace && $0 != "\u{FEFF}" } && !line.drop { $0.isWhitespace }.hasPrefix("#")
    }
    var isQuoted = false
    var seen: Set<UInt8> = []
    for byte in header?.utf8 ?? "".utf8[...] {
      if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
      if !isQuoted { seen.insert(byte) }
    }
    let present = Separator.allCases.filter { seen.contains($0.byte) }
    guard let first = present.first else { throw .nothing }
    guard present.count > 1 else { return first }
    let fitting = present.filter { (try? CSVTable(parsing: text, separator: $0.byte)) != nil }
    guard fitting.count < 2 else { throw .several(fitting) }
    return fitting.first ?? first
  }

  // MARK: Errors

  /// An error about a cell, with its line.
  func fault(_ code: String, _ cell: CSVTable.Cell, _ message: String, help: String = "") -> Diagnostic {
    Diagnostic(
      code: code, at: Position(file: file, line: cell.line, column: cell.column), message: message,
      help: help, excerpt: excerpt(cell.line), width: max(cell.text.count, 1))
  }

  /// An error about the header as a whole.
  func headerFault(_ code: String, _ message: String, help: String = "") -> Diagnostic {
    var whole = table.header[0]
    whole.text = excerpt(whole.line) ?? whole.text
    whole.column = 1
    return fault(code, whole, message, help: help)
  }

  private func excerpt(_ number: Int) -> String? {
    guard lines.indices.contains(number - 1) else { return nil }
    var line = lines[number - 1][...]
    if number == 1, line.starts(with: [0xEF, 0xBB, 0xBF]) { line = line.dropFirst(3) }
    if line.last == 0x0D { line = line.dropLast() }
    let text = String(Substring(line))
    // A tab is one column to us and many to a terminal.
    return text.count <= Self.widestExcerpt ? text.replacing("\t", with: " ") : nil
  }

  /// `column 3 "Start"`, for people.
  func name(_ column: Int) -> String { "column \(column + 1) \"\(table.header[column].text)\"" }
}

/// Errors of many rows: the first are told, the rest is counted.
struct RowFaults {
  private var found: [Diagnostic] = []
  private var more = 0
  private static let most = 20

  mutating func add(_ one: Diagnostic) {
    if found.count < Self.most { found.append(one) } else { more += 1 }
  }

  func finish() throws {
    guard var last = found.last else { return }
    if more > 0 {
      last.help += (last.help.isEmpty ? "" : "; ") + "\(more) more rows have something wrong with them"
      throw Diagnostics(found.dropLast() + [last])
    }
    throw Diagnostics(found)
  }
}
