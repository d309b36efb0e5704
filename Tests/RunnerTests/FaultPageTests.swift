// docs/faults.md: the whole catalogue with what is built of it, made of the declarations and held against the
// stories in Scenarios/faults. BACKSPIN_UPDATE_GOLDENS=1 rewrites it.

import Foundation
import MeterModel
import Runner
import Scenario
import Settlement
import Testing
import Units

@Suite("The catalogue of faults and its stories") struct FaultPageTests {
  static let root = URL(filePath: StoryBench.root)
  static let updating = ProcessInfo.processInfo.environment["BACKSPIN_UPDATE_GOLDENS"] == "1"

  /// Rows whose `-none-` is meant: no detector sees them.
  static let unseen: Set = ["CL-05", "DH-02", "DP-02", "DP-05", "EF-10", "LE-05", "ME-06", "ME-16"]

  /// The file names of the folder of faults, by the id that each begins with.
  static let stories: [String: [String]] = {
    let folder = root.appending(path: "Scenarios/faults").path
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return Dictionary(grouping: names.sorted()) { $0.prefix(5).uppercased() }
  }()

  @Test("each id of the catalogue is declared once")
  func whole() {
    #expect(FaultGroup.catalogue.count == 115)
    let declared = FaultCatalogue.all.map(\.id)
    #expect(Set(declared).count == declared.count, "an id is declared twice")
    #expect(Set(FaultGroup.catalogue).subtracting(declared).sorted() == [])
    #expect(FaultCatalogue.all.filter { $0.group == nil }.map(\.id) == [])
  }

  @Test("each fault says what hints at it, or is known to be seen by nothing")
  func detectors() {
    for fault in FaultCatalogue.all where fault.detectors.isEmpty && fault.mustNotFire.isEmpty {
      #expect(
        Self.unseen.contains(fault.id),
        "\(fault.id): give its declaration `detectors:` (R-… of the catalogue's row), or add it to `unseen`")
    }
    for fault in FaultCatalogue.all {
      #expect(Set(fault.detectors).isDisjoint(with: fault.mustNotFire), "\(fault.id)")
      #expect(!FaultCatalogue.kinds(fault.id).isEmpty, "\(fault.id): no meter can have it")
    }
  }

  @Test("each fault has a story in Scenarios/faults under its id, and each story there sets its fault")
  func told() throws {
    for fault in FaultCatalogue.all {
      #expect(
        Self.stories[fault.id] != nil, "\(fault.id): write Scenarios/faults/\(fault.id.lowercased())-….yaml")
    }
    for file in try ShippedStoriesTests.files.get() where file.file.contains("/Scenarios/faults/") {
      let name = String(file.file.split(separator: "/").last ?? "")
      let id = name.prefix(5).uppercased()
      #expect(FaultCatalogue.declaration(id) != nil, "\(name): no fault is called \(id)")
      let set = file.timeline.compactMap { command -> String? in
        if case .fault(let order) = command.action { order.setting.id } else { nil }
      }
      #expect(
        set.contains(id) || file.isTabled || file.provesInnocence, "\(name) does not set \(id): \(set)")
    }
  }

  @Test("the example of each fault can be set")
  func examples() throws {
    for fault in FaultCatalogue.all {
      if let text = fault.commandExample { _ = try FaultSetting(parsing: text, among: [fault]) }
      #expect(fault.storyExample.contains("fault: \(fault.id), on: "))
    }
  }

  @Test("docs/faults.md is the catalogue as it is")
  func page() throws {
    let file = Self.root.appending(path: "docs/faults.md")
    let kept = (try? String(contentsOf: file, encoding: .utf8)) ?? ""
    if Self.updating { try Data(Self.text.utf8).write(to: file) }
    #expect(
      Self.updating || kept == Self.text,
      "docs/faults.md is out of date: BACKSPIN_UPDATE_GOLDENS=1, then look at it")
  }
}

extension FaultPageTests {
  static var text: String {
    var text = """
      # Faults

      What can go wrong between the sun and the statement, by where it bites. Ids are stable: never renamed, never reused.
      `backspin faults show ID` explains one: parameters with units and ranges, meters, who should notice, an example. Of the
      catalogue's \(FaultGroup.catalogue.count) ids each is built; CL-10 and up are this bench's own. `on:` says what a story puts it on; a detector
      hints, a rule of settlement decides about money; `-none-`: settlement data cannot show it. What a fault leaves when it
      ends is in its declaration, with the reason: a count that stands elsewhere, half-hours in the log, a clock until it is
      set, the number of the next message, entries in the event log, papers. Any other fault leaves nothing; faults combine
      in any order. Both are held for every id by `FaultResidueTests` and `FaultOrderTests`.

      To add a fault:

      1. one file beside its neighbours (table below) with a type that has `static let declaration = FaultDeclaration(…)`;
      2. its row in that folder's table;
      3. `detectors:` and `mustNotFire:` from the list of detectors, `caughtBy:` rules of settlement (`backspin rules`);
      4. `leaves:` what physics does not take back when it ends, and a row in a home of `Tests/RunnerTests/Faults`;
      5. a story `Scenarios/faults/<id>-<what happens>.yaml` that shows its symptom and asserts decision and money;
      6. `BACKSPIN_UPDATE_GOLDENS=1 swift test --filter FaultPage`, which writes this page.

      | layer | folder | table | put on |
      |---|---|---|---|

      """
    for layer in FaultDeclaration.Layer.allCases {
      let places = layer.places.map { $0.word.map { "`on: \($0)`" } ?? "a \($0.rawValue)" }
      text += "| \(layer.title) | \(homes[layer] ?? "") | \(places.joined(separator: ", ")) |\n"
    }
    for group in FaultGroup.allCases { text += section(group) }
    text += "\n## Detectors\n\n| id | looks at | usual limit | decides about money |\n|---|---|---|---|\n"
    for detector in Detector.allCases {
      let meaning = detector.meaning
      let rules = meaning.decidedBy.joined(separator: ", ")
      text += "| \(detector.id) | \(meaning.looksAt) | \(meaning.limit) | \(rules) |\n"
    }
    return text
  }

  /// Where faults of a layer live, and the table that lists them.
  private static let homes: [FaultDeclaration.Layer: String] = [
    .energyFlow: "`Sources/Truth/Faults` | `SiteFaults`",
    .measurement: meter, .register: meter, .clock: meter, .memory: meter, .display: meter,
    .line: "`Sources/Line/Faults` | `LineFaults`",
    .protocolAnswer:
      "`Sources/MeterModel/{Modbus,Optical,DLMS}/Faults` | `ModbusFaults`, `OpticalFaults`, `DLMSFaults`",
    .wan: "`Sources/Line/Faults`, `Sources/HeadEnd/Faults` | `LineFaults.wanTable`, `HeadEndFaults`",
    .person: "`Sources/Runner/Faults/Readers` | `ReaderFaults`",
    .data: "`Sources/Runner/Faults/Data` | `DataFaults`",
    .lifeEvent: "`Sources/Runner/Faults/Life` | `LifeFaults`",
  ]
  private static let meter = "`Sources/MeterModel/Faults` | `MeterFaults`"

  private static func section(_ group: FaultGroup) -> String {
    var text = "\n## \(group.title) (\(group.rawValue))\n\n"
    text += "| id | what happens | meters | hinted by | caught by | leaves | story |\n"
    text += "|---|---|---|---|---|---|---|\n"
    let beyond = FaultCatalogue.all.filter { $0.group == group }.map(\.id)
    for id in Set(group.ids + beyond).sorted() {
      guard let fault = FaultCatalogue.declaration(id) else { continue }
      let kinds = FaultCatalogue.kinds(id)
      let letters =
        kinds.count == Profile.Kind.allCases.count ? "all" : kinds.map(\.letter).joined(separator: " ")
      let innocent = fault.mustNotFire.map { "; not \($0.id)" }.joined()
      let rules = fault.caughtBy.isEmpty ? "–" : fault.caughtBy.joined(separator: ", ")
      let links = (stories[id] ?? []).map { "[\($0.dropLast(5))](../Scenarios/faults/\($0))" }
      let leaves = fault.leaves.isEmpty ? "–" : fault.leaves.map(\.kind.rawValue).joined(separator: ", ")
      text += "| \(id) | \(fault.title) | \(letters) | \(fault.detectorWords)\(innocent) | \(rules) | "
      text += "\(leaves) | "
      text += (links.isEmpty ? "none yet" : links.joined(separator: "; ")) + " |\n"
    }
    return text
  }
}

extension ScenarioFile {
  /// One of several stories of a file; the others may set the fault.
  fileprivate var isTabled: Bool { id.contains("/") }
  /// It shows that something rightful is not taken for the fault.
  fileprivate var provesInnocence: Bool { tags.contains("must-not-fire") }
}
