// The options of `backspin settle` about flow files.

internal import ArgumentParser
internal import Scenario
internal import Settlement
internal import Units

struct SettleFlows: ParsableArguments {
  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Files of the flows D0010, D0036 and D0379, in the order of their arrival.", valueName: "file"))
  var flow: [String] = []
  @Option(
    help: ArgumentHelp(
      "Which register of a D0010 counts what, where its name does not say: 01=export,02=import.",
      valueName: "id=register,…"))
  var flowRegisters: [String] = []
  @Option(help: ArgumentHelp("The clock of the times of a D0010: london or utc.", valueName: "clock"))
  var flowClock: String?

  func validate() throws {
    if flow.isEmpty, !flowRegisters.isEmpty || flowClock != nil {
      throw ValidationError("--flow-registers and --flow-clock are about the files of --flow")
    }
  }

  func read(
    mpan: MPAN?, span: (from: Instant?, until: Instant?), serial: String
  ) throws -> FlowBatch {
    let clock: FlowFile.Clock = try SettleCommand.choice(flowClock, "--flow-clock") ?? .london
    let registers = try registers()
    return try SettleCommand.told {
      let files = try flow.map { try FlowFile(try DiskReader().text(of: $0), file: $0, clock: clock) }
      return try FlowBatch(
        files, mpan: mpan, registers: registers, from: span.from, until: span.until, serial: serial)
    }
  }

  private func registers() throws -> [String: RegisterRole] {
    var registers: [String: RegisterRole] = [:]
    for part in flowRegisters.flatMap({ $0.split(separator: ",") }) {
      let halves = part.split(separator: "=", omittingEmptySubsequences: false).map(String.init)
      guard halves.count == 2, !halves[0].isEmpty else {
        throw Failure("--flow-registers: write 01=export, not '\(part)'")
      }
      registers[halves[0].uppercased()] = try SettleCommand.choice(halves[1], "--flow-registers")
    }
    return registers
  }
}
