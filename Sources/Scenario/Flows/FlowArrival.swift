// `flow-file: FILE` in a timeline: at that instant a file of a data-transfer flow arrives. It is read with
// the story, so that a malformed one ends with its line before anything is run.
//
//   - {at: 2026-07-02T06:00Z, flow-file: d0010.usr}
//   - {at: 2026-07-03T06:00Z, flow-file: two-rates.usr, registers: {"01": export, "02": export}, clock: utc}

internal import Settlement
public import Units

/// A flow file as it arrives.
public struct FlowArrival: Hashable, Sendable {
  public var file: FlowFile
  /// What registers count, where the row says so.
  public var registers: [String: RegisterRole]
  /// What it gives to the agreement of the story.
  public var taken: FlowIntake.Taken
  public var at: Position

  public init(
    file: FlowFile, registers: [String: RegisterRole] = [:], taken: FlowIntake.Taken = FlowIntake.Taken(),
    at: Position = .nowhere
  ) {
    (self.file, self.registers, self.taken, self.at) = (file, registers, taken, at)
  }
}

extension TimelineRow {
  mutating func flowFile(in cast: Cast) throws -> FlowArrival {
    guard cast.hasAgreement else {
      throw subject.diagnostic(
        "BS-SCN-32", "a flow file is of somebody's supply: there is no agreement", help: "add `agreement:`")
    }
    let (path, text) = try cast.files.file(subject, "the flow file")
    let clock = try fields.optional("clock")?.word("clock", FlowFile.Clock.self) ?? .london
    var registers: [String: RegisterRole] = [:]
    if let node = fields.optional("registers") {
      guard case .map(let entries) = node.content else {
        throw node.diagnostic("BS-SCN-03", "write `{\"01\": export}`: which register counts what")
      }
      for entry in entries { registers[entry.key.uppercased()] = try entry.value.word("register") }
    }
    return FlowArrival(
      file: try FlowFile(text, file: path, clock: clock), registers: registers, at: fields.node.at)
  }
}

extension Cast {
  /// The MPAN of the meter that is there for export.
  var exportMPAN: String? { known.first { $0.details.uses.contains(.export) && $0.mpan != nil }?.mpan }
  /// The MPAN of one that is there for import only.
  var importMPAN: String? { known.first { $0.details.uses == [.import] && $0.mpan != nil }?.mpan }

  /// What the flow files of a timeline give, in order of their arrival.
  func takeFlows(_ commands: [Command], _ problems: inout Collector) throws -> [Command] {
    var intake = FlowIntake(exportMPAN: exportMPAN, importMPAN: importMPAN, meters: known.map(\.details))
    var commands = commands
    for index in commands.indices {
      guard case .flowFile(var arrival) = commands[index].action else { continue }
      let at = commands[index].at
      let taken = try problems.attempt {
        try intake.take(arrival.file, registers: arrival.registers, received: at) { _ in .none }
      }
      if let taken { arrival.taken = taken }
      commands[index].action = .flowFile(arrival)
    }
    return commands
  }
}
