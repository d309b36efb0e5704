// Golden files themselves, in a folder of their own that is made and taken away again.

import Foundation
import Testing

@testable import BackspinTesting

struct GoldenTests {
  private func inFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("backspin-golden-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  @Test("the golden beside this file holds the text that this test makes")
  func beside() { Golden().expect("one line\nanother line\n", matches: "example.txt") }

  @Test("a missing golden is a problem that says how to make it, and no file appears")
  func missing() throws {
    try inFolder { folder in
      let problem = Golden(folder: folder, updating: false).problem(with: "a\n", matching: "x.txt")
      #expect(problem?.message.contains("there is no golden \(folder)/x.txt yet; ") == true)
      #expect(problem?.message.contains("BACKSPIN_UPDATE_GOLDENS=1 swift test") == true)
      #expect(!FileManager.default.fileExists(atPath: folder))
    }
  }

  @Test("updating writes the file, in folders that it makes, and comparing passes then")
  func updating() throws {
    try inFolder { folder in
      #expect(Golden(folder: folder, updating: true).problem(with: "a\n", matching: "deep/x.txt") == nil)
      #expect(Golden(folder: folder, updating: false).problem(with: "a\n", matching: "deep/x.txt") == nil)
      let written = try String(contentsOfFile: folder + "/deep/x.txt", encoding: .utf8)
      #expect(written == "a\n")
    }
  }

  @Test("a difference is told by the lines that differ, and only by them")
  func difference() throws {
    try inFolder { folder in
      #expect(Golden(folder: folder, updating: true).problem(with: "a\nb\nc\n", matching: "x.txt") == nil)
      let problem = Golden(folder: folder, updating: false).problem(with: "a\nB\nc\n", matching: "x.txt")
      #expect(problem?.message.contains("\n- 2: b\n+ 2: B\n") == true)
      #expect(problem?.message.contains("c") == true)
      #expect(problem?.message.contains("3: c") == false)
    }
  }

  @Test("a difference in line ends, trailing spaces or composed letters only is seen and shown")
  func invisible() {
    #expect(LineDifference(from: "a\n", to: "a\r\n").description == "- 1: a\n+ 1: a\\r")
    #expect(LineDifference(from: "a", to: "a  ").description == "- 1: a\n+ 1: a··")
    #expect(LineDifference(from: "a", to: "a\n").description == "+ 2: ")
    #expect(!LineDifference(from: "\u{E9}", to: "e\u{301}").isEmpty)
    #expect(LineDifference(from: "a\nb", to: "a\nb").isEmpty)
  }

  @Test("a long difference is cut, and the rest counted")
  func long() {
    // 60 added lines: 40 are shown, 20 counted.
    let text = (1...60).map { "line \($0)\n" }.joined()
    let shown = LineDifference(from: "", to: text).description
    #expect(shown.split(separator: "\n").count == 41)
    #expect(shown.hasSuffix("and 20 more lines"))
  }
}
