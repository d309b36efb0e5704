// Each tidy rule must refuse a snippet that breaks it, at the right line, and must leave alone what only
// looks like it. Words that the text rules look for are put together here, so that this file does not hold
// them.

import Testing

struct TidyCanaryTests {
  /// A snippet that one rule must refuse.
  struct Canary: CustomTestStringConvertible, Sendable {
    let rule: String
    let path: String
    let line: Int
    let text: String

    init(_ rule: String, in path: String, line: Int = 2, _ text: String) {
      (self.rule, self.path, self.line) = (rule, path, line)
      self.text = line == 1 ? text : "// Head.\n" + text
    }

    var testDescription: String { "\(rule): \(text.prefix(40))" }
  }

  private static let reminder = ["FIX", "ME"].joined()
  private static let foreign = ["/wo", "rk/shared"].joined()
  private static let sigil = ["E", "ON"].joined()
  private static let supplier = ["octo", "pus"].joined()

  static let canaries = [
    Canary("system-clock", in: "Sources/Runner/A.swift", "let now = Date()"),
    Canary("system-clock", in: "Sources/Report/A.swift", "let now = Date.now"),
    Canary("system-clock", in: "Sources/backspin/A.swift", "let clock = ContinuousClock()"),
    Canary("system-random", in: "Sources/Line/A.swift", "var g = SystemRandomNumberGenerator()"),
    Canary("system-random", in: "Sources/Line/A.swift", "let id = UUID()"),
    Canary("global-random", in: "Sources/Line/A.swift", "let x = Int.random(in: 0...9)"),
    Canary("global-random", in: "Sources/Line/A.swift", line: 3, "let x = \"\n\\(list.shuffled())\""),
    Canary("hash-order", in: "Sources/Timeline/A.swift", "let key = name.hashValue"),
    Canary("sleep", in: "Sources/HeadEnd/A.swift", "Thread.sleep(forTimeInterval: 1)"),
    Canary("sleep", in: "Sources/HeadEnd/A.swift", "usleep (100)"),
    Canary("threads", in: "Sources/Runner/A.swift", "DispatchQueue.global().async {}"),
    Canary("threads", in: "Sources/Runner/A.swift", "Task { await run() }"),
    Canary("files", in: "Sources/Runner/A.swift", "let manager = FileManager.default"),
    Canary("files", in: "Sources/Settlement/A.swift", "let text = try String(contentsOfFile: name)"),
    Canary("files", in: "Sources/Truth/A.swift", "let home = getenv(\"HOME\")"),
    Canary("printing", in: "Sources/Runner/A.swift", line: 3, "func f() {\n  print(\"here\")\n}"),
    Canary("floating-point", in: "Sources/Units/A.swift", "let x: Double = 1"),
    Canary("floating-point", in: "Sources/Settlement/A.swift", "let x = Float(y)"),
    Canary("float-literal", in: "Sources/Settlement/A.swift", "let rate = 4.1"),
    Canary("forced", in: "Sources/HostIO/A.swift", "let x = try! f()"),
    Canary("forced", in: "Tests/UnitsTests/A.swift", "let x = y as! Int"),
    Canary("fatal", in: "Sources/HostIO/A.swift", "fatalError(\"bad input\")"),
    Canary("long-file", in: "Sources/Wire/A.swift", line: 600, String(repeating: "\n", count: 600)),
    Canary("long-line", in: "Tests/WireTests/A.swift", "// " + String(repeating: "é", count: 108)),
    Canary("long-line", in: "Sources/Wire/A.swift", "let x = \"" + String(repeating: "x", count: 110) + "\""),
    Canary("long-function", in: "Sources/Wire/A.swift", function(lines: 61)),
    Canary(
      "long-function", in: "Sources/Wire/A.swift",
      "var x: Int {\n" + String(repeating: "f()\n", count: 59) + "}"),
    Canary("reminder", in: "Tests/WireTests/A.swift", "f() // \(reminder): later"),
    Canary("foreign-word", in: "docs/a.md", "see \(foreign)/a.md"),
    Canary("foreign-word", in: "scripts/run", "cd \(foreign.uppercased())"),
    Canary("licensee-name", in: "Sources/Settlement/A.swift", "if id == \"\(supplier.uppercased())\" {}"),
    Canary("licensee-name", in: "Sources/Settlement/A.swift", "let source = \"BUL 5.2 of \(supplier)\""),
    Canary(
      "head-comment", in: "Sources/Wire/A.swift", line: 1, "public import Units\n\nstruct A {}\n// late"),
    Canary("placeholder", in: "Sources/Wire/Placeholder.swift", line: 1, "// Head."),
    Canary("module-name", in: "Sources/Settlement/A.swift", "public struct Settlement {}"),
  ]

  private static func function(lines: Int) -> String {
    "func f(of g: () -> Void = {}) {\n" + String(repeating: "g()\n", count: lines - 2) + "}"
  }

  @Test("each rule refuses its canary, at its line, and says what to do", arguments: canaries)
  func refused(canary: Canary) {
    let violations = Tidy.fileViolations(in: [TidyFile(path: canary.path, text: canary.text)])
    #expect(
      violations.contains { $0.rule == canary.rule && $0.line == canary.line && $0.message.count > 20 },
      "\(violations)")
  }

  @Test("each rule has a canary")
  func complete() {
    let covered = Set(Self.canaries.map(\.rule)).union(Self.tableCanaries.map(\.rule))
    #expect(covered == Tidy.ruleIDs)
  }

  static let tableCanaries: [(rule: String, package: String, path: String, text: String)] = [
    (
      "import", "module(\"Settlement\", [\"Units\"])", "Sources/Settlement/A.swift",
      "internal import MeterModel"
    ),
    (
      "import", "module(\"Truth\", [\"Units\", \"Timeline\"])", "Sources/Truth/A.swift",
      "public import struct Wire.Frame"
    ),
    (
      "import", "tests(\"Wire\", [\"Units\", \"Wire\"])", "Tests/WireTests/A.swift", "@testable import Runner"
    ),
    ("import", "module(\"Units\")", "Sources/Units/A.swift", "import Foundation"),
    ("import", "module(\"Units\")", "Sources/Units/A.swift", "// Head.\nprivate import func Glibc.usleep"),
    ("package-table", "module(\"Settlement\", [\"Units\", \"Timeline\"])", "Sources/Units/A.swift", ""),
    ("package-table", "module(\"Timeline\")", "Sources/Units/A.swift", ""),
    ("package-table", "module(\"Explorer\", [\"Units\"])", "Sources/Units/A.swift", ""),
    ("folder", "module(\"Units\")", "Sources/Elsewhere/A.swift", "let x = 1"),
  ]

  @Test("the table of modules refuses each way round it", arguments: tableCanaries.indices)
  func table(index: Int) {
    let canary = Self.tableCanaries[index]
    let package = TidyFile(
      path: "Package.swift", text: "let targets = [\(canary.package), module(\"Units\")]")
    let file = TidyFile(path: canary.path, text: canary.text)
    let violations = ModuleTable.violations(in: [package, file])
    #expect(violations.map(\.rule).contains(canary.rule), "\(violations)")
  }

  @Test("a doc comment after the imports says what a file is as well as a comment above them")
  func headComments() {
    let file = TidyFile(
      path: "Sources/Wire/A.swift", text: "public import Units\n\n/// A frame.\nstruct A {}")
    #expect(Tidy.fileViolations(in: [file]).isEmpty)
  }

  @Test("a word `import` that starts no statement is no import")
  func noImports() {
    let package = TidyFile(path: "Package.swift", text: "[module(\"Timeline\", [\"Units\"])]")
    let text = """
      public import Units
      case `import`
      let a = [.import: 1, .export: 2]
      init(import imported: Int, export: Int) {
        self.import = f(import: imported)
      }
      """
    let file = TidyFile(path: "Sources/Timeline/A.swift", text: text)
    #expect(ModuleTable.violations(in: [package, file]).isEmpty)
  }

  @Test("what only looks like a violation is left alone")
  func innocent() {
    let innocent: [(path: String, text: String)] = [
      ("Sources/HostIO/A.swift", "let now = Date()\nusleep(1)\nlet g = SystemRandomNumberGenerator()"),
      ("Sources/Line/A.swift", "// never Date(), never try! and never sleep(1)"),
      ("Sources/Line/A.swift", "/* Date() /* nested try! */ as! */ let x = 1"),
      ("Sources/Line/A.swift", "let text = \"never try! or Date() or print(x)\""),
      (
        "Sources/Line/A.swift",
        "let text = #\"a \"quoted\" try! \\(x)\"#\nlet more = \"\"\"\n  as! \\\"\\\"\\\" try!\n  \"\"\""
      ),
      ("Sources/Line/A.swift", "let x = Int.random(in: f(0)...9, using: &generator)"),
      ("Sources/Line/A.swift", "let date = Date(timeIntervalSince1970: 0)\nlet sleeper = Sleeper()"),
      ("Sources/Line/A.swift", "let x = value as Int\nlet y = !flag\nlet z = try f()"),
      ("Sources/Settlement/A.swift", "let x = pair.0.1\nlet r = 0...9\nlet reason = \"no reason\" // season"),
      ("Sources/Settlement/A.swift", "public struct Statement {}\nenum E {\n  struct Line {}\n}"),
      ("Sources/Line/A.swift", Self.function(lines: 60)),
      ("Sources/Line/A.swift", "let x = 1 // https://example.org/" + String(repeating: "a", count: 120)),
      ("Sources/Line/A.swift", "let x = \"\"\"\n" + String(repeating: "x,", count: 60) + "\n\"\"\""),
      ("Sources/Line/A.swift", "let x =\n  \"" + String(repeating: "x", count: 110) + "\""),
      ("Sources/Line/A.swift", "var table: [Int] = [\n" + String(repeating: "1,\n", count: 70) + "]"),
      (
        "Sources/Line/A.swift",
        "protocol P {\n  func f()\n  init(x: Int)\n}\nstruct S {\n"
          + String(repeating: "let x = 1\n", count: 70) + "}"
      ),
      ("Sources/Settlement/A.swift", "let source = (\"\(Self.sigil) 4.1.6\", \"\(Self.sigil) defs, OFG\")"),
      ("Sources/Report/A.swift", "static func print(_ x: Int) {}\nlet y = Self.print(1)"),
      ("Tests/LineTests/A.swift", "let x: Double = 4.1\nprint(x)\nlet manager = FileManager.default"),
      ("Sources/Line/A.swift", String(repeating: "\n", count: 598)),
    ]
    for (path, text) in innocent {
      let violations = Tidy.fileViolations(in: [TidyFile(path: path, text: "// Head.\n" + text)])
      #expect(violations.isEmpty, "\(text.prefix(60)): \(violations)")
    }
  }
}
