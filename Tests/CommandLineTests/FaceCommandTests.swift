// `backspin face`, `photo` and the contact sheet: what they write, and what they refuse.

import BackspinTesting
import Foundation
import Testing

struct FaceCommandTests {
  private func scratch(_ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("faces-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try body(folder)
  }

  @Test("the contact sheet in the documentation is what the program draws")
  func contactSheet() throws {
    try scratch { folder in
      let file = folder.appendingPathComponent("faces.svg")
      let ending = try CommandLine.backspin(["contact-sheet", "--out", file.path])
      #expect(ending.code == 0, "\(ending.errors)")
      let kept = CommandLine.root.appendingPathComponent("docs/images/faces.svg")
      let isSame = try Data(contentsOf: file) == Data(contentsOf: kept)
      #expect(
        isSame, "docs/images/faces.svg is not what is drawn now: run scripts/contact-sheet and look at it")
    }
  }

  @Test("a face is the same bytes each time, and another page is another drawing")
  func face() throws {
    try scratch { folder in
      func draw(_ page: String, _ name: String) throws -> Data {
        let file = folder.appendingPathComponent(name)
        let ending = try CommandLine.backspin([
          "face", "smets2-single-element", "--set", "import=5000kWh,export=836kWh", "--page", page, "--out",
          file.path,
        ])
        #expect(ending.code == 0 && ending.output.isEmpty && ending.errors.isEmpty, "\(ending)")
        return try Data(contentsOf: file)
      }
      let first = try draw("export", "a.svg")
      #expect(try draw("export", "b.svg") == first)
      #expect(try draw("import", "c.svg") != first)
    }
  }

  @Test("a meter of a story is drawn as it stood then")
  func inStory() throws {
    try scratch { folder in
      let story = "Scenarios/faults/dp-01-dead-segment.yaml"
      var drawn: [Data] = []
      // Noon of 1 May, when the segment dies, and a minute before.
      for instant in ["2026-05-01T11:59Z", "2026-05-01T12:00Z"] {
        let file = folder.appendingPathComponent("\(drawn.count).svg")
        let ending = try CommandLine.backspin([
          "face", "export", "--story", story, "--at", instant, "--page", "test", "--out", file.path,
        ])
        #expect(ending.code == 0, "\(ending.errors)")
        drawn.append(try Data(contentsOf: file))
      }
      #expect(drawn[0] != drawn[1])
    }
  }

  @Test("the truth beside a photograph says what is so, what is shown and what is told")
  func photo() throws {
    try scratch { folder in
      let picture = folder.appendingPathComponent("photo.svg")
      let ending = try CommandLine.backspin([
        "photo", "smets2-single-element", "--set", "import=5000kWh,export=836kWh", "--at",
        "2026-05-02T00:00Z",
        "--flaw", "wrong-page", "--flaw", "blur=80", "--serial-number", "A17", "--out", picture.path,
      ])
      #expect(ending.code == 0, "\(ending.errors)")
      let truth = try #require(
        try JSONSerialization.jsonObject(with: Data(ending.output.utf8)) as? [String: Any])
      let (so, shown) = (truth["truth"] as? [String: Any], truth["picture"] as? [String: Any])
      #expect(so?["valueWh"] as? Int == 836_000 && so?["register"] as? String == "export")
      #expect(shown?["valueWh"] as? Int == 5_000_000 && shown?["register"] as? String == "import")
      #expect((shown?["legible"] as? [String: Bool])?["register"] == false)
      #expect((truth["told"] as? [String: Any])?["valueWh"] as? Int == 5_000_000)
      #expect((truth["flaws"] as? [[String: Any]])?.map { $0["flaw"] as? String } == ["blur", "wrong-page"])
      #expect(try Data(contentsOf: picture).count > 10_000)
    }
  }

  @Test("PNG without rsvg-convert is one line that names the script, and exit code 7")
  func noTool() throws {
    let ending = try CommandLine.backspin(
      ["face", "elster-a100c", "--out", "/tmp/never-written.png"], environment: ["PATH": "/nowhere"])
    #expect(ending.code == 7)
    #expect(ending.errors.contains("scripts/setup") && ending.errors.contains("BS-IO-18"))
    #expect(ending.errors.split(separator: "\n").count == 1)
  }

  @Test(
    "what cannot be drawn is refused in one line, with exit code 2",
    arguments: [
      (["face", "elster-a100c", "--out", "x.jpg"], ".png"),
      (["face", "elster-a100c", "--page", "export", "--out", "x.svg"], "has no page 'export'"),
      (["face", "elster-a100c", "--page", "moon", "--out", "x.svg"], "is none of"),
      (["face", "smets2-single-element", "--fault", "DP-03", "--out", "x.svg"], "DP-03"),
      (
        ["face", "nobody", "--story", "Scenarios/faults/dp-01-dead-segment.yaml", "--out", "x.svg"],
        "no meter 'nobody'"
      ),
      (["photo", "elster-a100c", "--flaw", "blur=0", "--out", "x.svg"], "1 to 100"),
      (["photo", "elster-a100c", "--flaw", "wrong-page", "--out", "x.svg"], "one page only"),
    ])
  func refusals(arguments: [String], says: String) throws {
    let ending = try CommandLine.backspin(arguments)
    #expect(ending.code == 2 && ending.errors.contains(says), "\(ending)")
  }
}
