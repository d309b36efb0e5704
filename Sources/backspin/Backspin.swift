// The command line: argument parsing and exit codes, no logic. The one place that hands HostIO's carriers to
// the Runner.

internal import ArgumentParser
internal import Scenario

@main
struct Backspin: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backspin",
    abstract: "From electrons to pence: GB electricity meters, their faults, and what settlement pays.",
    discussion: """
      Exit codes: 0 met · 1 an expectation failed · 2 wrong use or invalid file (nothing was run) · 3 nothing \
      selected · 4 nondeterminism · 5 our own invariant broke · 7 hardware absent or lost · 8 watchdog · \
      130 interrupted (partial report written).
      """,
    version: "0.1.0",
    subcommands: [
      RunCommand.self, MeterCommand.self, ReadCommand.self, PortsCommand.self,
      RecordCommand.self, ReplayCommand.self, AdoptCommand.self, TraceCommand.self, TestMeterCommand.self,
      ExplainCommand.self, ReportCommand.self, SettleCommand.self, SiteCommand.self, VectorsCommand.self,
      FaceCommand.self, PhotoCommand.self, ContactSheetCommand.self, ProfilesCommand.self,
      StoreBenchCommand.self,
      FaultsCommand.self, RulesCommand.self, SchemaCommand.self, CoreCommand.self, DoctorCommand.self,
    ])

  /// Bad arguments exit with 2, as every invalid input does.
  static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch let exit as ExitCode {
      Self.exit(withError: exit)
    } catch let failure as Failure {
      failure.report()
    } catch let error as Diagnostic {
      Failure("\(error)").report()
    } catch let error as Diagnostics {
      Failure("\(error)").report()
    } catch {
      let code = exitCode(for: error)
      guard code != .success else { Self.exit(withError: error) }
      Terminal.error(fullMessage(for: error))
      Self.exit(withError: code == .validationFailure ? Outcomes.invalid : code)
    }
  }
}
