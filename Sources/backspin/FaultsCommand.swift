internal import ArgumentParser
internal import Foundation
internal import MeterModel
internal import Runner
internal import Scenario
internal import Units

/// `backspin faults [list]`, `backspin faults show ID`.
struct FaultsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "faults", abstract: "List the faults there are, or explain one.",
    subcommands: [List.self, Show.self], defaultSubcommand: List.self)

  /// Every fault this program can inject.
  static var all: [FaultDeclaration] { FaultCatalogue.all }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "All faults by group, one a line.")
    @Flag(help: "Print JSON.") var json = false

    func run() {
      guard !json else {
        let rows = FaultsCommand.all.map { $0.json(story: FaultsCommand.story(of: $0.id)) }
        return Terminal.print(JSONText.object([("faults", .list(rows))]).pretty)
      }
      for group in FaultGroup.allCases {
        let faults = FaultsCommand.all.filter { $0.group == group }
        guard !faults.isEmpty else { continue }
        Terminal.line("\(group.title):")
        for fault in faults {
          Terminal.line(columns([fault.id, fault.layer.title, fault.title], widths: [8, 13]))
        }
      }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "One fault: what happens, parameters, meters, who should catch it, an example.")
    @Argument(help: "An id from the list, such as ME-14.") var id: String
    @Flag(help: "Print JSON.") var json = false

    func run() throws {
      let id = id.uppercased()
      guard let fault = FaultCatalogue.declaration(id) else { throw FaultsCommand.unknown(id) }
      let story = FaultsCommand.story(of: id)
      if json { return Terminal.print(fault.json(story: story).pretty) }
      Terminal.line("\(fault.id): \(fault.title)")
      for (name, text) in Self.rows(fault, story: story) {
        Terminal.line("  " + columns([name, text], widths: [13]))
      }
    }

    private static func rows(_ fault: FaultDeclaration, story: String?) -> [(String, String)] {
      var rows = [
        ("group", fault.group.map(\.title) ?? ""), ("layer", fault.layer.title),
        ("symptoms", fault.symptoms),
      ]
      rows += fault.parameters.map { ("parameter", $0.words) }
      rows.append(("meters", fault.meterWords))
      rows.append(("on", fault.layer.places.map { $0.word ?? "a \($0.rawValue)" }.joined(separator: ", ")))
      if fault.detectors.isEmpty { rows.append(("hinted by", Detector.none)) }
      rows += fault.detectors.map { ("hinted by", words($0)) }
      rows.append(("caught by", fault.catcherWords))
      rows += fault.mustNotFire.map { ("must not fire", words($0)) }
      if fault.leaves.isEmpty { rows.append(("leaves", "nothing")) }
      rows += fault.leaves.map { ("leaves", "\($0.kind.rawValue): \($0.because)") }
      rows.append(("example", fault.storyExample))
      if let command = fault.commandExample, let profile = profile(for: fault) {
        rows.append(("", "backspin meter \(profile) --fault \(command)"))
      }
      if let story { rows.append(("story", story)) }
      return rows
    }

    private static func words(_ detector: Detector) -> String {
      let meaning = detector.meaning
      let ruled = meaning.decidedBy.isEmpty ? "" : "; \(meaning.decidedBy.joined(separator: ", ")) decides"
      return "\(detector.id): \(meaning.looksAt) (\(meaning.limit)\(ruled))"
    }

    /// The first shipped make of meter that can have it as it is by default.
    private static func profile(for fault: FaultDeclaration) -> String? {
      guard let folder = Shelves.shipped.map({ $0 + "/Profiles" }) else { return nil }
      let library = Library(reader: DiskReader(), folders: [folder])
      let kinds = FaultCatalogue.kinds(fault.id)
      return (try? library.names(.meters))?.first { name in
        guard let profile = try? library.profile(named: name), kinds.contains(profile.kind) else {
          return false
        }
        guard MeterFaults.kinds(fault.id) != nil else { return !profile.protocols.isEmpty }
        return (try? MeterFaults.check(FaultSetting(id: fault.id), on: profile)) != nil
      }
    }
  }

  /// The story that shows a fault, by its file's name: `Scenarios/faults/me-14-….yaml`.
  static func story(of id: String) -> String? {
    guard let folder = Shelves.shipped.map({ $0 + "/Scenarios/faults" }) else { return nil }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.sorted().first { $0.hasPrefix(id.lowercased() + "-") }.map { "Scenarios/faults/" + $0 }
  }

  private static func unknown(_ id: String) -> Failure {
    let near = Spelling.nearest(to: id, among: all.map(\.id)).map { "; did you mean \($0)?" }
    return Failure("no fault is called '\(id)'" + (near ?? "; `backspin faults` lists them"))
  }
}
