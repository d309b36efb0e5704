// Who may import whom: the table of the design, held against Package.swift and against the `import` lines.
// SwiftPM alone does not hold it: an undeclared import passes once the other module lies in the build folder.

enum ModuleTable {
  /// The modules of the product and all that each may import. To widen a row is a decision: write it down in
  /// docs/decisions.
  static let modules: [String: Set<String>] = [
    "Units": [],
    "Timeline": ["Units"],
    "Truth": ["Units", "Timeline", "Foundation"],
    "Wire": ["Units", "Crypto"],
    "MeterModel": ["Units", "Timeline", "Wire"],
    "Faces": ["Units", "Timeline", "MeterModel"],
    "Line": ["Units", "Timeline"],
    "HeadEnd": ["Units", "Timeline", "Wire", "Line"],
    "Settlement": ["Units"],
    "SettlementStore": ["Units", "Settlement", "GRDB", "Foundation"],
    "Scenario": [
      "Units", "Timeline", "Truth", "Wire", "MeterModel", "Line", "Settlement", "Yams", "Foundation",
    ],
    "Runner": [
      "Units", "Timeline", "Truth", "Wire", "MeterModel", "Faces", "Line", "HeadEnd", "Settlement",
      "Scenario",
    ],
    "Report": ["Units", "Timeline", "MeterModel", "Settlement", "Runner", "Faces"],
    "HostIO": [
      "Units", "Timeline", "Line", "HeadEnd", "CModbus", "CSerialPort", "CHost", "Foundation", "Glibc",
      "Synchronization",
    ],
    "backspin": [
      "Units", "Timeline", "Truth", "Wire", "MeterModel", "Line", "HeadEnd", "Settlement", "Scenario",
      "SettlementStore", "Runner", "Faces", "Report", "HostIO", "ArgumentParser", "Foundation",
    ],
    "BackspinTesting": ["Units", "Timeline", "Testing", "Foundation", "Synchronization"],
    "CModbus": [], "CSerialPort": [], "CHost": [],
  ]

  /// What comes with the toolchain: never named in Package.swift, and in `modules` only where it is allowed.
  private static let toolchain: Set = ["Foundation", "Glibc", "Synchronization", "Testing", "Dispatch"]

  /// What any test may import besides what Package.swift gives it.
  private static let forTests: Set = ["Testing", "Foundation", "Synchronization", "Glibc", "BackspinTesting"]

  static let rules = ["import", "package-table", "folder"]

  static func violations(in files: [TidyFile]) -> [Violation] {
    guard let package = files.first(where: { $0.path == "Package.swift" }) else {
      return [Violation(path: "Package.swift", line: 1, rule: "package-table", message: "there is none")]
    }
    let manifest = Manifest(package)
    return manifest.targets.flatMap { violation(of: $0, in: package) }
      + files.flatMap { imports(in: $0, manifest) } + folders(files, manifest)
  }

  private static func violation(of target: Manifest.PackageTarget, in package: TidyFile) -> [Violation] {
    if target.isTest { return [] }
    guard let allowed = modules[target.name] else {
      return [
        package.violation(
          "package-table", at: target.line, "the module `\(target.name)` has no row in ModuleTable")
      ]
    }
    return target.dependencies.subtracting(allowed).sorted().map {
      package.violation("package-table", at: target.line, "`\(target.name)` may not depend on `\($0)`")
    }
      + allowed.subtracting(target.dependencies).subtracting(toolchain).sorted().map {
        package.violation(
          "package-table", at: target.line, "`\(target.name)` may import `\($0)` but does not declare it")
      }
  }

  private static func imports(in file: TidyFile, _ manifest: Manifest) -> [Violation] {
    guard file.isSwift, let module = file.module else { return [] }
    let target = manifest.targets.first { $0.name == module }
    let allowed = file.isSource ? modules[module] : target.map { $0.dependencies.union(forTests) }
    guard let allowed else { return [] }
    return importedModules(file.tokens).filter { !allowed.contains($0.text) }.map {
      file.violation(
        "import", at: $0.line, "`\(module)` may not import `\($0.text)`: move the type to its user")
    }
  }

  /// `import X`, `public import struct X.Y` …: the word of the module.
  private static func importedModules(_ tokens: [SwiftToken]) -> [SwiftToken] {
    let access: Set = [
      "public", "internal", "private", "fileprivate", "package", "testable", "preconcurrency", "_exported",
    ]
    let kinds: Set = ["struct", "class", "enum", "protocol", "typealias", "func", "let", "var"]
    return tokens.indices.compactMap { index in
      guard tokens[index].kind == .word, tokens[index].text == "import" else { return nil }
      // A statement begins its line, perhaps after `public` or `@testable`; `.import`, `import:` do not.
      let before = index > 0 && tokens[index - 1].line == tokens[index].line ? tokens[index - 1].text : ""
      guard before.isEmpty || access.contains(before) else { return nil }
      let named = tokens[(index + 1)...].first { !($0.kind == .word && kinds.contains($0.text)) }
      return named?.kind == .word ? named : nil
    }
  }

  private static func folders(_ files: [TidyFile], _ manifest: Manifest) -> [Violation] {
    let declared = Set(manifest.targets.map(\.name))
    var seen: Set<String> = []
    return files.compactMap { file in
      guard let module = file.module, file.isSwift, !declared.contains(module), seen.insert(module).inserted
      else { return nil }
      return file.violation("folder", at: 1, "`\(module)` is no target of Package.swift")
    }
  }
}

/// What Package.swift says of its targets, read from its tokens: the command that would print it takes the
/// build's lock, which the test run itself may hold.
struct Manifest {
  struct PackageTarget {
    let name: String
    let line: Int
    let isTest: Bool
    let dependencies: Set<String>
  }

  let targets: [PackageTarget]

  /// Names of products that Package.swift keeps in constants.
  private static let constants = [
    "yams": "Yams", "grdb": "GRDB", "crypto": "Crypto", "arguments": "ArgumentParser",
  ]

  init(_ file: TidyFile) {
    let tokens = file.tokens
    targets = tokens.indices.compactMap { index in
      guard ["module", "tests", "executableTarget", "target", "systemLibrary"].contains(tokens[index].text),
        tokens[index].kind == .word, index > 0, tokens[index - 1].text != "func"
      else { return nil }
      // The list of modules stands before any other list, so the first string is the name.
      let call = Self.call(in: tokens, from: index + 1)
      guard let name = call.first(where: { $0.kind == .string }) else { return nil }
      let isTest = tokens[index].text == "tests"
      return PackageTarget(
        name: name.text + (isTest ? "Tests" : ""), line: name.line, isTest: isTest,
        dependencies: tokens[index].text == "systemLibrary" ? [] : Self.firstList(in: call))
    }
  }

  /// The tokens between the parentheses that start at `start`.
  private static func call(in tokens: [SwiftToken], from start: Int) -> ArraySlice<SwiftToken> {
    var depth = 0
    return tokens[start...].prefix { token in
      if token.kind == .mark, token.text == "(" { depth += 1 }
      if token.kind == .mark, token.text == ")" { depth -= 1 }
      return depth > 0
    }
  }

  private static func firstList(in call: ArraySlice<SwiftToken>) -> Set<String> {
    guard let open = call.firstIndex(where: { $0.text == "[" && $0.kind == .mark }) else { return [] }
    let list = call[open...].prefix { $0.text != "]" || $0.kind == .string }
    return Set(list.compactMap { $0.kind == .string ? $0.text : constants[$0.text] })
  }
}
