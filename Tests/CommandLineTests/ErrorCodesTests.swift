// docs/error-codes.md: every stable code that the program can print, with what it says. The page is made of
// the sources: the text beside a code where it is used, its own comment where it is a case of an enumeration.
// BACKSPIN_UPDATE_GOLDENS=1 rewrites it.

import Foundation
import Testing

@Suite("Error codes") struct ErrorCodesTests {
  /// A code with the texts that it is told with, in the order of the files.
  private typealias Found = [String: [String]]

  /// What stands of a code at one place.
  private enum Words {
    /// Its meaning, in a table of meanings or as a comment.
    case meaning(String)
    /// A template of what is said there.
    case said(String)
  }

  private static let page = CommandLine.root.appendingPathComponent("docs/error-codes.md")

  /// Codes whose words are made elsewhere than beside them.
  private static let stated: [String: String] = [
    "BS-CSV-01": "a table without a line of names, or without rows",
    "BS-CSV-02": "a column that nobody asks for",
    "BS-CSV-03": "a column that is needed is not there", "BS-CSV-04": "two columns have one name",
    "BS-CSV-05": "the head of a column does not say its unit",
    "BS-CSV-06": "a line has other cells than the header",
    "BS-CSV-07": "a quote that does not end, or stands inside a cell",
    "BS-CSV-08": "a stamp that cannot be read", "BS-CSV-09": "a cell that is no number",
    "BS-CSV-10": "a number outside what it can be",
    "BS-CSV-11": "a row stands before the one above it in time",
    "BS-CSV-12": "rows are missing between two", "BS-CSV-13": "a stamp that is not on a half-hour",
    "BS-SITE-03": "power stands on a phase that the supply has not",
    "BS-SITE-04": "more power than a site can have",
    "BS-SITE-05": "an edge of the flow does not lie on a whole millisecond",
    "BS-SITE-06": "the time of a flow goes back",
    "BS-SITE-07": "the base load alone is more than the year's consumption",
    "BS-SITE-08": "the flow of the site is not stated for this time",
    "BS-SITE-09": "sun without a place",
    "BS-TGT-01": "an answer of the target is no JSON",
    "BS-VEC-02": "the vectors are of no known kind",
    "BS-VEC-05": "a number of a vector lies outside its range",
  ]

  @Test("the page lists each code of the sources with what it says, and no other")
  func page() throws {
    let text = try Self.text()
    if ProcessInfo.processInfo.environment["BACKSPIN_UPDATE_GOLDENS"] == "1" {
      try Data(text.utf8).write(to: Self.page)
    }
    let kept = try String(contentsOf: Self.page, encoding: .utf8)
    #expect(kept == text, "docs/error-codes.md is out of date: BACKSPIN_UPDATE_GOLDENS=1, then look at it")
  }

  @Test("each code has a meaning; nothing is stated of one that has its words beside it, or is none")
  func meanings() throws {
    let found = try Self.found()
    #expect(found.count > 240)
    let mute = found.filter { $0.value.isEmpty && Self.stated[$0.key] == nil }.keys.sorted()
    #expect(mute == [], "state what these mean")
    #expect(Self.stated.keys.filter { found[$0] == nil || found[$0]?.isEmpty == false }.sorted() == [])
  }

  @Test("what the bench prints in its transcripts is on the page")
  func printed() throws {
    let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().appendingPathComponent("Goldens")
    let known = Set(try Self.found().keys)
    var printed: Set<String> = []
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) where name.hasSuffix(".txt")
    {
      let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
      printed.formUnion(text.matches(of: /BS-[A-Z]+-\d\d/).map { String($0.output) })
    }
    #expect(printed.count >= 5)
    #expect(printed.subtracting(known).sorted() == [])
  }

  // MARK: The page

  private static func text() throws -> String {
    var text = """
      # Error codes

      Every stable code that the program can print, with what it is told with; `…` stands for what the case is about. Codes are
      never renamed and never reused. Those of files end with exit code 2, those of the machine (`BS-IO`) with 7, but `BS-IO-16`,
      which is wrong use. [errors.md](errors.md) shows a file for each code of scenarios. This page is made of the sources by the
      tests (`BACKSPIN_UPDATE_GOLDENS=1`).

      """
    var group = ""
    for (code, texts) in try found().sorted(by: { $0.key < $1.key }) {
      let own = String(code.dropLast(3))
      if own != group { text += "\n## \(own)\n\n| code | what it says |\n|---|---|\n" }
      group = own
      let words = texts.isEmpty ? [stated[code] ?? ""] : texts
      text += "| \(code) | \(words.map { $0.replacing("|", with: "\\|") }.joined(separator: "; ")) |\n"
    }
    return text
  }

  // MARK: The sources

  private static func found() throws -> Found {
    let sources = CommandLine.root.appendingPathComponent("Sources")
    var (found, meanings): (Found, [String: String]) = ([:], [:])
    for file in try FileManager.default.subpathsOfDirectory(atPath: sources.path).sorted()
    where file.hasSuffix(".swift") {
      let text = try String(contentsOf: sources.appendingPathComponent(file), encoding: .utf8)
      guard text.contains("\"BS-") else { continue }
      for match in text.matches(of: /"(BS-[A-Z]+-\d\d)"/) {
        let code = String(match.output.1)
        let words =
          comment(before: text[..<match.range.lowerBound]).map { Words.meaning($0) }
          ?? beside(text[match.range.upperBound...])
        switch words {
        case .meaning(let one): meanings[code] = one
        case .said(let one):
          if found[code]?.contains(one) != true { found[code, default: []].append(one) }
        case nil: break
        }
        found[code] = found[code] ?? []
      }
    }
    return found.merging(meanings.mapValues { [$0] }) { $1 }
  }

  /// The comment above `case name = "BS-…"`.
  private static func comment(before text: Substring) -> String? {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    guard let line = lines.popLast(), line.wholeMatch(of: #/\s*case \w+ =\s/#) != nil else { return nil }
    var words: [Substring] = []
    while let above = lines.popLast()?.drop(while: { $0 == " " }), above.hasPrefix("/// ") {
      words.insert(above.dropFirst(4), at: 0)
    }
    return words.isEmpty ? nil : small(words.joined(separator: " "))
  }

  /// The text that follows within the same call, or behind a colon; arguments that are no text lie between.
  private static func beside(_ text: Substring) -> Words? {
    let near = text.prefix(300)
    let behindColon = #/\s*:\s*"(?<words>(?:[^"\\\n]|\\.)*)"/#
    let inCall =
      #/
      \s* , \s* (?: key: \s* "[^"]*" , \s* )? (?: [\w\[\]().:+\-*?!&|><\s,]*? , \s* )?? (?: message: \s* )?
      "(?<words>(?:[^"\\\n]|\\.)*)"
      /#
    if let found = near.prefixMatch(of: behindColon) {
      return .meaning(small(shown(String(found.output.words))))
    }
    return near.prefixMatch(of: inCall).map { .said(small(shown(String($0.output.words)))) }
  }

  /// A template without what the case puts in.
  private static func shown(_ template: String) -> String {
    var (text, rest) = ("", template[...])
    while let start = rest.range(of: "\\(") {
      text += rest[..<start.lowerBound] + "…"
      var depth = 1
      rest = rest[start.upperBound...]
      while depth > 0, let next = rest.popFirst() { depth += next == "(" ? 1 : next == ")" ? -1 : 0 }
    }
    return (text + rest).replacing("\\\"", with: "\"")
  }

  /// As the other texts begin, and without a full stop.
  private static func small(_ text: String) -> String {
    let bare = text.hasSuffix(".") ? String(text.dropLast()) : text
    guard let first = bare.first, let second = bare.dropFirst().first, second.isLowercase || second == " "
    else { return bare }
    return first.lowercased() + bare.dropFirst()
  }
}
