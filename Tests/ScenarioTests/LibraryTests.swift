// Profiles, licensees and scenarios are found by name; a user's folder comes before the shipped one.

import MeterModel
import Scenario
import Testing

@Suite("The library")
struct LibraryTests {
  static let smart =
    "title: A smart meter\nkind: smets2\nflow: bidirectional\nregisters: [{role: export, width: u32}]\n"

  @Test("a user's profile is found before the shipped one of the same name")
  func users() throws {
    let files = MemoryFiles(texts: [
      "mine/meters/a.yaml": Self.smart,
      "shipped/Profiles/meters/a.yaml": Self.smart.replacing("A smart", with: "Other"),
      "shipped/Profiles/meters/b.yaml": Self.smart, "flat/c.yaml": Self.smart,
    ])
    let library = Library(reader: files, folders: ["mine", "flat", "shipped/Profiles"])
    #expect(try library.names(.meters) == ["a", "b", "c"])
    #expect(try library.path(.meters, "a") == "mine/meters/a.yaml")
    #expect(try library.profile(named: "a").title == "A smart meter")
    #expect(try library.profile(named: "a").name == "a")
    #expect(try library.profile(named: "c").name == "c")
    #expect(try library.path(.licensees, "a") == nil)
  }

  @Test("a name that is not there is an error with the nearest name, or with all")
  func unknown() {
    let files = MemoryFiles(texts: ["p/meters/eastron-sdm230.yaml": Self.smart])
    let library = Library(reader: files, folders: ["p"])
    let near = #expect(throws: Diagnostic.self) { try library.profile(named: "eastron-sdm23") }
    #expect(near?.code == "BS-SCN-20")
    #expect(near?.help == "did you mean 'eastron-sdm230'?")
    let far = #expect(throws: Diagnostic.self) { try library.profile(named: "ferraris") }
    #expect(far?.help == "there are: eastron-sdm230")
    let empty = #expect(throws: Diagnostic.self) {
      try Library(reader: MemoryFiles(), folders: ["p"]).profile(named: "a")
    }
    #expect(empty?.help == "no folder has any")
  }

  @Test("a fault in a user's profile is told at its own place")
  func broken() {
    let files = MemoryFiles(texts: [
      "mine/meters/a.yaml": Self.smart.replacing("kind: smets2", with: "kind: smets3")
    ])
    let wrong = #expect(throws: Diagnostic.self) {
      try Library(reader: files, folders: ["mine"]).profile(named: "a")
    }
    #expect(wrong?.at == Position(file: "mine/meters/a.yaml", line: 2, column: 7))
  }

  @Test("scenarios are all YAML files under a folder, in order, without hidden ones")
  func scenarios() throws {
    let names = [
      "S/b.yaml", "S/a.yml", "S/clock/autumn.yaml", "S/flow.csv", "S/.git/x.yaml", "S/clock/deep/z.yaml",
    ]
    let library = Library(
      reader: MemoryFiles(texts: Dictionary(uniqueKeysWithValues: names.map { ($0, "") })), folders: [])
    #expect(
      try library.scenarios(at: "S") == ["S/a.yml", "S/b.yaml", "S/clock/autumn.yaml", "S/clock/deep/z.yaml"])
    #expect(try library.scenarios(at: "S/") == library.scenarios(at: "S"))
    #expect(try library.scenarios(at: "S/b.yaml") == ["S/b.yaml"])
    #expect(try library.scenarios(at: "nowhere").isEmpty)
  }

  @Test(
    "the shipped folder is beside an installed executable, or above one that was built",
    arguments: [
      (
        "/usr/local/bin/backspin", "/usr/local/share/backspin/Profiles/meters/a.yaml",
        "/usr/local/share/backspin"
      ),
      ("/home/me/repo/.build/debug/backspin", "/home/me/repo/Profiles/meters/a.yaml", "/home/me/repo"),
      ("/home/me/repo/.build/debug/backspin", "/elsewhere/Profiles/meters/a.yaml", nil),
    ] as [(String, String, String?)])
  func shipped(executable: String, file: String, folder: String?) {
    #expect(Library.shippedFolder(of: executable, reader: MemoryFiles(texts: [file: ""])) == folder)
  }
}
