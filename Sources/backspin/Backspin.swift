internal import ArgumentParser

@main
struct Backspin: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backspin",
    abstract: "From electrons to pence: GB meters, their faults, and what settlement pays.")
}
