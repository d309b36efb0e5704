// The page about the language is held against the code: every key is on it, and its examples can be read.

import Foundation
import Scenario
import Testing

@Suite("The page about the language")
struct LanguagePageTests {
  static let root = ErrorsTests.root
  static let page: String = {
    let url = root.appendingPathComponent("docs/scenario-language.md")
    return (try? String(decoding: Data(contentsOf: url), as: UTF8.self)) ?? ""
  }()

  /// Keys of profiles and licensees are not of this language.
  static func isOfTheLanguage(_ file: String) -> Bool {
    !["Profile", "Policy", "Stated", "Modbus", "ExportCSV/", "Rates/", "Flows/", "Ports/"].contains {
      file.hasPrefix($0)
    }
  }

  @Test("every key that a scenario may have is on the page")
  func keys() throws {
    let sources = Self.root.appendingPathComponent("Sources/Scenario")
    var keys: Set<String> = []
    for file in try FileManager.default.subpathsOfDirectory(atPath: sources.path)
    where file.hasSuffix(".swift") && Self.isOfTheLanguage(file) {
      let text = try String(decoding: Data(contentsOf: sources.appendingPathComponent(file)), as: UTF8.self)
      for match in text.matches(of: /(?:optional|required)\("([a-z0-9-]+)"\)/) {
        keys.insert(String(match.output.1))
      }
      // The rows and checkers are enumerations.
      for match in text.matches(of: /case \w+ = "([a-z-]+)"/) { keys.insert(String(match.output.1)) }
    }
    #expect(keys.count > 80)
    let words = Set(
      Self.page.split { !($0.isLowercase || $0.isNumber || $0 == "-") }.map(String.init))
    let missing = keys.subtracting(words)
    #expect(missing.sorted() == [])
  }

  @Test("the examples on the page are scenarios, in canonical form")
  func examples() throws {
    let blocks = Self.page.components(separatedBy: "```yaml\n").dropFirst().map { block in
      block.components(separatedBy: "```")[0]
    }
    #expect(blocks.count == 2)
    for block in blocks {
      let stories = try Shelf.reader().read(block, path: "page.yaml")
      #expect(!stories.isEmpty)
      #expect(try Node.parse(block, file: "page.yaml").printed == block)
    }
  }
}
