internal import ArgumentParser
internal import Line
internal import MeterModel
internal import Scenario
internal import Units

/// `backspin faults [list]`, `backspin faults show ID`.
struct FaultsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "faults", abstract: "List the faults there are, or explain one.",
    subcommands: [List.self, Show.self], defaultSubcommand: List.self)

  /// Every fault this program can inject.
  static var all: [FaultDeclaration] {
    (MeterFaults.all + PortFaults.all + LineFaults.all).sorted { $0.id < $1.id }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "All faults, one a line.")

    func run() {
      for fault in FaultsCommand.all {
        Terminal.line(columns([fault.id, fault.layer.rawValue, fault.title], widths: [8, 16]))
      }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "One fault: symptoms, parameters, who should catch it.")
    @Argument(help: "An id from the list, such as ME-14.") var id: String

    func run() throws {
      guard let fault = FaultsCommand.all.first(where: { $0.id == id.uppercased() }) else {
        let near = Spelling.nearest(to: id, among: FaultsCommand.all.map(\.id)).map {
          "; did you mean \($0)?"
        }
        throw Failure("no fault is called '\(id)'" + (near ?? "; `backspin faults` lists them"))
      }
      Terminal.line("\(fault.id): \(fault.title)")
      Terminal.line("  layer      \(fault.layer.rawValue)")
      Terminal.line("  symptoms   \(fault.symptoms)")
      for parameter in fault.parameters { Terminal.line("  parameter  " + Self.words(parameter)) }
      if let kinds = MeterFaults.kinds(fault.id) ?? PortFaults.kinds(fault.id) {
        Terminal.line("  meters     \(kinds.map(\.rawValue).joined(separator: ", "))")
      }
      let rules =
        fault.caughtBy.isEmpty
        ? "cannot be known from settlement data" : fault.caughtBy.joined(separator: ", ")
      Terminal.line("  caught by  \(rules)")
      Terminal.line(
        "  example    {from: 2026-05-03T10:00Z, to: 2026-05-05T16:00Z, fault: \(fault.id), on: export}")
    }

    private static func words(_ parameter: FaultDeclaration.Parameter) -> String {
      switch parameter.kind {
      case .whole(let unit, let range, let usual):
        "\(parameter.name): \(range.lowerBound)…\(range.upperBound) \(unit), usually \(usual); \(parameter.meaning)"
      case .choice(let words, let usual):
        "\(parameter.name): \(words.joined(separator: " | ")), usually \(usual); \(parameter.meaning)"
      }
    }
  }
}
