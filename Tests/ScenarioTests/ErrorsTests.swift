// One small broken file for each error that a scenario file can have, with the whole text a person then sees.
// Files in Errors/ are named for the code they show: `13-wrong-unit.yaml` for BS-SCN-13, `csv-06-….yaml` for
// BS-CSV-06. BACKSPIN_UPDATE_GOLDENS=1 rewrites the texts and docs/errors.md.

import Foundation
import Scenario
import Testing

@Suite("Errors of scenario files")
struct ErrorsTests {
  static let here = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  static let folder = here.appendingPathComponent("Errors")
  static let root = here.deletingLastPathComponent().deletingLastPathComponent()
  static let updating = ProcessInfo.processInfo.environment["BACKSPIN_UPDATE_GOLDENS"] == "1"

  /// Files that are too big to keep.
  static let made = ["16-too-big": "# " + String(repeating: "x", count: Node.largestFile) + "\n"]

  static let names: [String] = {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    return (files.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) } + made.keys).sorted()
  }()

  struct Disk: FileReader {
    struct Missing: Error, CustomStringConvertible { var description: String { "no such file" } }

    func text(of path: String) throws -> String {
      if let made = ErrorsTests.made[String(path.dropLast(5))] { return made }
      guard let data = try? Data(contentsOf: folder.appendingPathComponent(path)) else { throw Missing() }
      return String(decoding: data, as: UTF8.self)
    }

    func names(in folder: String) -> [String] { [] }
  }

  /// `13-wrong-unit` → BS-SCN-13.
  static func code(_ name: String) -> String {
    let parts = name.split(separator: "-")
    return parts[0].first?.isNumber == true ? "BS-SCN-\(parts[0])" : "BS-\(parts[0].uppercased())-\(parts[1])"
  }

  static func told(_ name: String) throws -> Diagnostics {
    do {
      _ = try Shelf.reader(Disk()).read(name + ".yaml")
    } catch let wrong as Diagnostics {
      return wrong
    }
    return Diagnostics([])
  }

  static func shortened(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false)
      .map { $0.count > 400 ? $0.prefix(60) + "…" : $0 }.joined(separator: "\n")
  }

  @Test("a broken file is told as a person should see it", arguments: names)
  func reproducer(name: String) throws {
    let wrong = try Self.told(name)
    #expect(wrong.list.map(\.code) == [Self.code(name)], "\(wrong)")
    let text = Self.shortened(wrong.description) + "\n"
    let golden = Self.folder.appendingPathComponent(name + ".txt")
    if Self.updating { try Data(text.utf8).write(to: golden) }
    let expected = try String(decoding: Data(contentsOf: golden), as: UTF8.self)
    #expect(text == expected)
  }

  @Test("each code has a reproducer, a meaning and a place in the code, and nothing else has")
  func complete() throws {
    let sources = Self.root.appendingPathComponent("Sources/Scenario")
    var inCode: Set<String> = []
    for file in try FileManager.default.subpathsOfDirectory(atPath: sources.path)
    where file.hasSuffix(".swift") && file != "DiagnosticCodes.swift" {
      let text = try String(decoding: Data(contentsOf: sources.appendingPathComponent(file)), as: UTF8.self)
      inCode.formUnion(text.matches(of: /"(BS-SCN-\d\d)"/).map { String($0.output.1) })
    }
    #expect(inCode.count > 40)
    #expect(inCode.symmetricDifference(Diagnostic.meanings.keys).sorted() == [])
    let shown = Set(Self.names.map(Self.code).filter { $0.hasPrefix("BS-SCN-") })
    #expect(inCode.symmetricDifference(shown).sorted() == [])
  }

  @Test("the catalogue of errors is made of the reproducers")
  func catalogue() throws {
    var text = """
      # Errors of scenario files

      Each error has a stable code. Below is what each means, with the smallest file that shows it and what is
      told about that file. This page is made of `Tests/ScenarioTests/Errors` by the tests
      (`BACKSPIN_UPDATE_GOLDENS=1`).

      """
    var last = ""
    for name in Self.names {
      let code = Self.code(name)
      if code != last { text += "\n## \(code)\n\n\(Diagnostic.meanings[code].map { $0 + "\n\n" } ?? "")" }
      last = code
      if Self.made[name] == nil {
        let file = try Disk().text(of: name + ".yaml")
        text += "```yaml\n# \(name).yaml\n\(file.hasSuffix("\n") ? file : file + "\n")```\n\n"
      }
      text += "```\n\(Self.shortened(try Self.told(name).description))\n```\n\n"
    }
    while text.hasSuffix("\n\n") { text.removeLast() }
    let page = Self.root.appendingPathComponent("docs/errors.md")
    if Self.updating { try Data(text.utf8).write(to: page) }
    let kept = try String(decoding: Data(contentsOf: page), as: UTF8.self)
    #expect(kept == text, "docs/errors.md is out of date: BACKSPIN_UPDATE_GOLDENS=1 swift test, then review")
  }
}
