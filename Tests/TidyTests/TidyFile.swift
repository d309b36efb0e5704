// A file of the project as the tidy rules see it.

import Foundation

/// What a rule found: where, which rule, and what to do instead.
struct Violation: CustomStringConvertible {
  let path: String
  let line: Int
  let rule: String
  let message: String

  var description: String { "\(path):\(line): [\(rule)] \(message)" }
}

/// A text file, its path from the project's root, and its tokens if it is Swift.
struct TidyFile {
  let path: String
  let lines: [String]
  let tokens: [SwiftToken]

  init(path: String, text: String) {
    self.path = path
    lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    tokens = path.hasSuffix(".swift") ? SwiftTokens.of(text) : []
  }

  /// Lines only, for a rule that looks at a part of each line.
  init(path: String, lines: [String]) { (self.path, self.lines, tokens) = (path, lines, []) }

  var isSwift: Bool { path.hasSuffix(".swift") }
  var isSource: Bool { path.hasPrefix("Sources/") }
  /// `Units` of `Sources/Units/Time.swift`, `UnitsTests` of `Tests/UnitsTests/…`; nothing for other files.
  var module: String? {
    let parts = path.split(separator: "/")
    return parts.count > 2 && ["Sources", "Tests"].contains(parts[0]) ? String(parts[1]) : nil
  }
  var name: Substring { path.split(separator: "/").last ?? "" }

  func violation(_ rule: String, at line: Int, _ message: String) -> Violation {
    Violation(path: path, line: line, rule: rule, message: message)
  }

  /// The project's root: this file is `Tests/TidyTests/TidyFile.swift` in it.
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// Every file that belongs to the product, read once: what is built, generated or hidden is left out.
  static let all: [TidyFile] = {
    let top = (try? FileManager.default.contentsOfDirectory(atPath: root.path)) ?? []
    let built = ["build", "node_modules"]
    let entries = top.filter { ($0 == ".ci" || !$0.hasPrefix(".")) && !built.contains($0) }
    return entries.sorted().flatMap(files)
  }()

  private static func files(at path: String) -> [TidyFile] {
    let url = root.appendingPathComponent(path)
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else { return [] }
    if isFolder.boolValue {
      let inside = (try? FileManager.default.contentsOfDirectory(atPath: url.path)) ?? []
      return inside.filter { !$0.hasPrefix(".") && $0 != "__pycache__" }.sorted().flatMap {
        files(at: path + "/" + $0)
      }
    }
    // What is not UTF-8 (an image, a recorded journal) holds no words.
    return (try? String(contentsOf: url, encoding: .utf8)).map { [TidyFile(path: path, text: $0)] } ?? []
  }
}
