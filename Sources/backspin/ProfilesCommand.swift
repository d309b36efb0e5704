internal import ArgumentParser
internal import MeterModel
internal import Runner
internal import Scenario
internal import Units

/// `backspin profiles [list]`, `backspin profiles show NAME`.
struct ProfilesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "profiles", abstract: "List the makes of meter there are, or show one.",
    subcommands: [List.self, Show.self], defaultSubcommand: List.self)

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "All makes of meter, one a line.")
    @OptionGroup var shelves: Shelves

    func run() throws {
      let library = shelves.library
      for name in try library.names(.meters) {
        let profile = try library.profile(named: name)
        Terminal.line(columns([name, profile.kind.rawValue, profile.title], widths: [34, 12]))
      }
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "One make of meter: what it counts, keeps and answers.")
    @OptionGroup var shelves: Shelves
    @Argument(help: "A name from the list.") var name: String
    @Flag(help: "Print JSON: for a Modbus meter its whole map.") var json = false

    func run() throws {
      let profile = try shelves.library.profile(named: name)
      guard !json else { return Terminal.print(ProfileJSON.object(profile).pretty) }
      for row in ProfileText.rows(profile) { Terminal.line(row) }
    }
  }
}

/// Left-aligned columns; the last is as long as it likes.
func columns(_ cells: [String], widths: [Int]) -> String {
  var text = ""
  for (index, cell) in cells.enumerated() {
    let width = widths.indices.contains(index) ? widths[index] : 0
    text += cell + String(repeating: " ", count: max(width - cell.count, index < cells.count - 1 ? 1 : 0))
  }
  return text
}
