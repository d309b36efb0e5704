// Style and direction held by a test, not by review: each violation prints file, line and what to do instead.

import Testing

/// All rules over one set of files.
enum Tidy {
  static var ruleIDs: Set<String> {
    Set(TokenRule.all.map(\.id) + TextRule.all.map(\.id) + ModuleTable.rules)
  }

  static func violations(in files: [TidyFile]) -> [Violation] {
    fileViolations(in: files) + ModuleTable.violations(in: files)
  }

  static func fileViolations(in files: [TidyFile]) -> [Violation] {
    files.flatMap { file in
      TokenRule.all.flatMap { $0.violations(in: file) } + TextRule.all.flatMap { $0.violations(file) }
    }
  }
}

struct TidyTests {
  @Test("the project keeps every tidy rule")
  func tidy() {
    let files = TidyFile.all
    // A wrong root would find nothing and pass.
    #expect(files.contains { $0.path == "Sources/Units/Energy.swift" })
    #expect(files.contains { $0.path == "Tests/TidyTests/TidyTests.swift" })
    let violations = Tidy.violations(in: files)
    let listed = violations.map(\.description).joined(separator: "\n")
    if !violations.isEmpty { Issue.record("\(violations.count) violations:\n\(listed)") }
  }

  @Test("Package.swift is read: the rows of the table are its targets")
  func manifest() throws {
    let package = try #require(TidyFile.all.first { $0.path == "Package.swift" })
    let manifest = Manifest(package)
    let names = Set(manifest.targets.filter { !$0.isTest }.map(\.name))
    #expect(names == Set(ModuleTable.modules.keys))
    let settlement = try #require(manifest.targets.first { $0.name == "Settlement" })
    #expect(settlement.dependencies == ["Units"])
    let tests = try #require(manifest.targets.first { $0.name == "HeadEndTests" })
    #expect(tests.dependencies.isSuperset(of: ["Units", "Wire", "Line", "HeadEnd"]))
  }
}
