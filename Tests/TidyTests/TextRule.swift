// Rules on the text of a file: sizes, reminders left behind, words that do not belong in the product.

import Foundation

/// A rule that looks at one whole file.
struct TextRule: Sendable {
  let id: String
  let violations: @Sendable (TidyFile) -> [Violation]

  static let mostLines = 600
  static let mostColumns = 110
  static let mostFunctionLines = 60

  static let all = [
    TextRule(id: "long-file", violations: longFile), TextRule(id: "long-line", violations: longLines),
    TextRule(id: "long-function", violations: longFunctions), TextRule(id: "reminder", violations: reminders),
    TextRule(id: "foreign-word", violations: foreignWords),
    TextRule(id: "licensee-name", violations: licenseeNames),
    TextRule(id: "head-comment", violations: headComment),
    TextRule(id: "placeholder", violations: placeholder),
    TextRule(id: "float-literal", violations: floatLiterals),
    TextRule(id: "module-name", violations: moduleNames),
  ]

  private static func longFile(_ file: TidyFile) -> [Violation] {
    guard file.isSwift, file.lines.count > mostLines else { return [] }
    return [
      file.violation(
        "long-file", at: mostLines, "\(file.lines.count) lines, \(mostLines) allowed: split it by concern")
    ]
  }

  /// What cannot be broken may be longer: an address, a string that has the line to itself, a line of a text.
  private static func longLines(_ file: TidyFile) -> [Violation] {
    guard file.isSwift else { return [] }
    var texts = IndexSet()
    for token in file.tokens where token.kind == .string && token.text.contains("\n") {
      texts.insert(integersIn: token.line...(token.line + token.text.count { $0 == "\n" }))
    }
    return file.lines.enumerated().compactMap { index, line in
      let unbreakable =
        line.contains("https://") || texts.contains(index + 1)
        || line.drop { " #".contains($0) }.hasPrefix("\"")
      guard line.utf8.count > mostColumns, line.count > mostColumns, !unbreakable else { return nil }
      return file.violation(
        "long-line", at: index + 1, "\(line.count) characters, \(mostColumns) allowed: break it")
    }
  }

  private static func longFunctions(_ file: TidyFile) -> [Violation] {
    FunctionLength.all(in: file.tokens).filter { $0.lines > mostFunctionLines }.map {
      file.violation(
        "long-function", at: $0.line,
        "`\($0.name)` takes \($0.lines) lines, \(mostFunctionLines) allowed: give its parts names")
    }
  }

  /// Words are written here with a bar inside, so that this file does not find itself.
  private static func spelled(_ words: [String]) -> [String] {
    words.map { $0.split(separator: "|").joined() }
  }

  private static let reminderWords = spelled(["FIX|ME", "TO|DO", "X|XX", "HA|CK"])

  private static func reminders(_ file: TidyFile) -> [Violation] {
    guard file.isSwift || file.path.hasPrefix("scripts/") || file.path.hasPrefix("docs/") else { return [] }
    return find(reminderWords, in: file, rule: "reminder", ignoringCase: false) {
      "`\($0)`: do it now, or open an issue and leave no reminder"
    }
  }

  private static let foreign = spelled([
    "/wo|rk/", "../sha|red", "/tm|p/bs", "bsl|ot", "Cla|ude", "Anth|ropic", "Chat|GPT", "Open|AI",
    "language| model",
    "sub|agent", "co-aut|hored-by", "work|tree", "coordi|nator", "exem|plars",
    "toolchain-|findings",
    "seg-|rules", "meter-|physics", "modbus-|meters.md", "optical-|port.md", "smets-gbcs-|duis",
    "issues |show",
    "hel|per session",
  ])

  private static func foreignWords(_ file: TidyFile) -> [Violation] {
    find(foreign, in: file, rule: "foreign-word", ignoringCase: true) {
      "`\($0)`: cite the standard and clause, or the rule id; readers have this tree and nothing else"
    }
  }

  /// Suppliers that have held an SEG licence obligation. In the core each would be an `if` in disguise.
  private static let licensees = spelled([
    "octo|pus", "bu|lb", "e|df", "e|on", "e.o|n", "ov|o", "scottish| power", "scottish|power", "british| gas",
    "british|gas", "cent|rica", "util|ita", "utility| warehouse", "so| energy", "good| energy", "s|se",
    "pozi|tive",
    "rebel| energy", "foxglove|", "ecotri|city", "out|fox",
  ])

  private static func licenseeNames(_ file: TidyFile) -> [Violation] {
    guard file.isSource, file.module == "Settlement" else { return [] }
    let uncited = TidyFile(path: file.path, lines: file.lines.map(withoutCitations))
    return find(licensees, in: uncited, rule: "licensee-name", ignoringCase: true) {
      "`\($0)`: licensees are data; make it a value of the policy, in Profiles/licensees/"
    }
  }

  /// A line without the citations of clauses in it: three capitals, then a clause number, `defs` or `intro`.
  private static func withoutCitations(_ line: String) -> String {
    let words = line.split(whereSeparator: { " \",()".contains($0) })
    let isCited = words.indices.map { index in
      let next = index + 1 < words.count ? words[index + 1] : ""
      let isClause = next.first?.isNumber == true || ["defs", "intro"].contains(next)
      return words[index].count == 3 && words[index].allSatisfy { ("A"..."Z").contains($0) } && isClause
    }
    return words.indices.filter { !isCited[$0] }.map { String(words[$0]) }.joined(separator: " ")
  }

  /// A comment before anything is declared; imports may stand above it.
  private static func headComment(_ file: TidyFile) -> [Violation] {
    guard file.isSource, file.isSwift else { return [] }
    let first = file.lines.first { !$0.isEmpty && ($0.hasPrefix("//") || !$0.contains("import ")) }
    guard first?.hasPrefix("//") != true else { return [] }
    return [
      file.violation("head-comment", at: 1, "begin with a comment: what it is and why, with the source")
    ]
  }

  private static func placeholder(_ file: TidyFile) -> [Violation] {
    guard file.name == "Placeholder.swift" else { return [] }
    return [file.violation("placeholder", at: 1, "delete it: the module has real files")]
  }

  private static func floatLiterals(_ file: TidyFile) -> [Violation] {
    guard file.isSource, ["Units", "Settlement"].contains(file.module ?? "") else { return [] }
    // `$0.1` is a part of a pair.
    return zip([nil] + file.tokens.map(Optional.some), file.tokens).filter { before, number in
      number.kind == .number && number.text.contains(".") && before?.text.hasSuffix("$") != true
    }.map {
      file.violation("float-literal", at: $1.line, "`\($1.text)`: whole numbers only, in the smallest unit")
    }
  }

  /// Nested types hide nothing outside the type that holds them.
  private static func moduleNames(_ file: TidyFile) -> [Violation] {
    guard file.isSource else { return [] }
    let kinds: Set = ["struct", "class", "enum", "protocol", "actor", "typealias"]
    var depth = 0
    return zip(file.tokens, file.tokens.dropFirst()).compactMap { kind, name in
      if kind.kind == .mark, kind.text == "{" { depth += 1 }
      if kind.kind == .mark, kind.text == "}" { depth -= 1 }
      guard depth == 0, kind.kind == .word, kinds.contains(kind.text), ModuleTable.modules[name.text] != nil
      else { return nil }
      return file.violation(
        "module-name", at: name.line,
        "a type named as the module `\(name.text)` hides the module's other types: give it another name")
    }
  }

  private static func find(
    _ words: [String], in file: TidyFile, rule: String, ignoringCase: Bool, _ message: (String) -> String
  ) -> [Violation] {
    var found: [Violation] = []
    for (index, line) in file.lines.enumerated() {
      let text = Array((ignoringCase ? line.lowercased() : line).utf8)
      for word in words where stands(Array((ignoringCase ? word.lowercased() : word).utf8), in: text) {
        found.append(file.violation(rule, at: index + 1, message(word)))
      }
    }
    return found
  }

  /// Whether a word stands in a line with no letter or digit touching a letter at either end of it.
  private static func stands(_ word: [UInt8], in line: [UInt8]) -> Bool {
    guard let first = word.first, let last = word.last, line.count >= word.count else { return false }
    var start = 0
    while let found = line[start...].firstIndex(of: first) {
      let end = found + word.count
      guard end <= line.count else { return false }
      if line[found..<end].elementsEqual(word),
        !isWordByte(first) || found == 0 || !isWordByte(line[found - 1]),
        !isWordByte(last) || end == line.count || !isWordByte(line[end])
      {
        return true
      }
      start = found + 1
    }
    return false
  }

  private static func isWordByte(_ byte: UInt8) -> Bool {
    (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
  }
}
