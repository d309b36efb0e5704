// A meter profile's file: one make of meter, as data (Profiles/meters/NAME.yaml).
//
//   title: SMETS2 single-phase meter
//   maker: …                        # and model; may be left out
//   kind: smets2                    # smets1, smets2, analogue, electronic, modbus
//   phases: 1                       # or 3
//   connection: whole-current       # or current-transformer
//   flow: bidirectional             # import-only, absolute, backwards, backstop
//   netting: second                 # cycle, {bucket: 1 Wh}, {window: 30 m}
//   phase-sum: vector               # per-phase, absolute
//   registers:
//     - {role: import, resolution: 1 Wh, width: u32}      # or digits: 5, whole digits of kWh
//   accumulation: import-plus-export                      # of the total register, where there is one
//   display: {digits: 5, decimals: 0}
//   face: {style: dials, year: 1962, tenth: true}         # how it looks; see Profile+DecodingFace
//   logs: {half-hours: {export: 4464, import: 19056}, daily-snapshots: {export: 31, import: 31}}
//                                   # and gaps: zero-fill or omit; cleared-after: 3 days; starts: on-command
//                                   # and events: {events: 100, security: 100, power: 100}
//   voltage-quality: {…}            # see Ports/VoltageQuality+Decoding
//   clock: {drift: 0 ppm}           # and backup: 48 h; left out where the meter keeps no time
//   disc: 187.5 rev/kWh
//   torque: {…}                     # of the disc; see Profile+DecodingMetrology
//   accuracy: {…}                   # of a static meter; see there
//   time-of-use: 4                  # registers of import by time of use; SMETS2 meters have 48
//   remote: true                    # read from afar over a WAN
//   twin: eastron-sdm120            # for a meter without a port: the nearest that has one
//   modbus: {…}                     # see ModbusMap+Decoding
//   optical: {…}                    # see Ports/OpticalPort+Decoding
//   irda: {…}                       # see Ports/IrDAPort+Decoding
//   dlms: {…}                       # see Ports/DLMSPort+Decoding
//   pulse: {…}                      # see Ports/PulsePort+Decoding
//   sources: [document, …]
//   notes: [what is our assumption, …]

public import MeterModel
internal import Units

extension Profile {
  /// Decodes a profile, named as its file is. Throws a `Diagnostic`: codes BS-PRF-01 … 39 here and in its
  /// parts, 40 … 59 of the Modbus part, from 60 on of the other ports, and those of `Fields`.
  public init(_ node: Node) throws {
    let file = node.source.file.split(separator: "/").last.map(String.init) ?? ""
    try self.init(node, name: file.hasSuffix(".yaml") ? String(file.dropLast(5)) : file)
  }

  public init(_ node: Node, name: String) throws {
    var fields = try Fields(node, of: "a meter profile")
    let title = try fields.required("title").text("the title")
    let maker = try fields.optional("maker")?.text("the maker") ?? ""
    let model = try fields.optional("model")?.text("the model") ?? ""
    let kind: Kind = try fields.required("kind").word("kind of meter")
    let phases = try fields.optional("phases").map { try $0.phases() } ?? 1
    let connection: Connection? = try fields.optional("connection")?.word("kind of connection")
    let flow: FlowMode = try fields.required("flow").word("flow mode")
    let netting = try fields.optional("netting").map { try Netting($0) }
    let phaseSum: PhaseSum? = try fields.optional("phase-sum")?.word("phase sum")
    let registers = try fields.required("registers").registers()
    let accumulation = try fields.optional("accumulation").map { try Accumulation($0) }
    let display = try fields.optional("display").map { try DisplayFace($0) }
    let usual = FaceDesign.usual(kind, phases: phases, maker: maker, model: model)
    let face = try fields.optional("face").map { try FaceDesign($0, usual: usual) }
    let logs = try fields.optional("logs").map { try LogCapacity($0) }
    let clock = try fields.optional("clock").map { try ClockFace($0) }
    let disc = try fields.optional("disc").map { try DiscConstant($0) }
    let torque = try fields.optional("torque").map { try DiscTorque($0) }
    let accuracy = try fields.optional("accuracy").map { try Accuracy($0) }
    let timeOfUse = try fields.optional("time-of-use")?.whole("the time-of-use registers", in: 1...48)
    let remote = try fields.optional("remote")?.flag("remote") ?? false
    let modbus = try fields.optional("modbus").map { try ModbusMap($0) }
    let optical = try fields.optional("optical").map { try OpticalPort($0) }
    let irda = try fields.optional("irda").map { try IrDAPort($0) }
    let dlms = try fields.optional("dlms").map { try DLMSPort($0) }
    let pulse = try fields.optional("pulse").map { try PulsePort($0) }
    let voltage = try fields.optional("voltage-quality").map { try VoltageQuality($0) }
    let twin = try fields.optional("twin")?.text("the name of a profile")
    let sources = try fields.optional("sources")?.texts("the sources") ?? []
    let notes = try fields.optional("notes")?.texts("the notes") ?? []
    try fields.finish()
    self.init(
      name: name, title: title, maker: maker, model: model, kind: kind, phases: phases,
      connection: connection ?? .wholeCurrent, flow: flow, netting: netting ?? .second,
      phaseSum: phaseSum ?? .vector, registers: registers, accumulation: accumulation, display: display,
      face: face, logs: logs ?? .none, disc: disc, clock: clock, remote: remote, modbus: modbus,
      optical: optical, irda: irda, dlms: dlms, pulse: pulse, twin: twin, torque: torque, accuracy: accuracy,
      timeOfUse: timeOfUse.map(Int.init), sources: sources, notes: notes)
    voltageQuality = voltage
    if let objection = dlms?.objections(on: self).first {
      throw (fields.optional("dlms") ?? node).diagnostic("BS-PRF-90", "the DLMS port cannot be: \(objection)")
    }
    for rule in Self.rules + Self.portRules where rule.isBroken(self) {
      throw (fields.optional(rule.key) ?? node).diagnostic(rule.code, rule.message, help: rule.help)
    }
  }

  /// What must hold between parts that are each well-formed.
  struct Rule: Sendable {
    let code: String
    /// The key that the error is put at; the whole profile where it is absent.
    let key: String
    let message: String
    let help: String
    let isBroken: @Sendable (Profile) -> Bool
  }

  private static let rules: [Rule] = [
    Rule(
      code: "BS-PRF-06", key: "flow", message: "flow is bidirectional, but no register counts export",
      help: "add a register with `role: export`, or write `flow: import-only`"
    ) { $0.flow == .bidirectional && !$0.hasExportRegister },
    Rule(
      code: "BS-PRF-07", key: "accumulation",
      message: "a register `total` and `accumulation` go together, and one of them is missing",
      help: "say what the total adds up, or remove it"
    ) { ($0.register(.total) == nil) != ($0.accumulation == nil) },
    Rule(
      code: "BS-PRF-08", key: "phase-sum", message: "one phase has nothing to sum",
      help: "remove `phase-sum`, or write `phases: 3`"
    ) { $0.phases == 1 && $0.phaseSum != .vector },
    Rule(
      code: "BS-PRF-11", key: "logs", message: "a log needs the register that it is a log of",
      help: "remove the log, or add the register"
    ) { profile in
      [RegisterRole.import, .export].contains { role in
        profile.register(role) == nil && profile.logs.halfHours(role) + profile.logs.dailySnapshots(role) > 0
      }
    },
    Rule(
      code: "BS-PRF-12", key: "logs", message: "a log needs a clock", help: "add `clock: {drift: 0 ppm}`"
    ) { $0.logs != .none && $0.clock == nil },
    Rule(
      code: "BS-PRF-29", key: "voltage-quality", message: "averages of the voltage need a clock",
      help: "add `clock: {drift: 0 ppm}`"
    ) { $0.voltageQuality != nil && $0.clock == nil },
    Rule(
      code: "BS-PRF-13", key: "logs", message: "a register that runs backwards has no log",
      help: "remove the log: no meter keeps half-hours below zero"
    ) { $0.logs != .none && $0.flow == .backwards },
    Rule(
      code: "BS-PRF-14", key: "disc", message: "an analogue meter has a disc, and no other meter has one",
      help: "add or remove `disc: … rev/kWh`"
    ) { ($0.kind == .analogue) != ($0.disc != nil) },
    Rule(
      code: "BS-PRF-30", key: "torque", message: "torques are those of a disc, and there is none",
      help: "remove `torque:`; a static meter has `accuracy:`"
    ) { $0.torque != nil && $0.disc == nil },
    Rule(
      code: "BS-PRF-31", key: "accuracy", message: "a disc's errors are those of its torques",
      help: "write `torque:` instead of `accuracy:`"
    ) { $0.accuracy != nil && $0.disc != nil },
    Rule(
      code: "BS-PRF-36", key: "face",
      message: "a disc meter has drums or dials, any other meter a liquid crystal",
      help: "write another `style:`, or another `kind:`"
    ) { profile in
      [.drums, .dials].contains(profile.faceDesign.style) != (profile.kind == .analogue)
    },
    Rule(
      code: "BS-PRF-37", key: "face", message: "a face needs a display", help: "add `display: {digits: 5}`"
    ) { $0.face != nil && $0.display == nil },
    Rule(
      code: "BS-PRF-27", key: "registers",
      message: "a second element is that of a SMETS2 meter of one phase, read over the WAN",
      help: "remove the register `secondary-import`, or the other port"
    ) { profile in
      profile.isTwin
        && (profile.kind != .smets2 || profile.phases != 1 || profile.register(.import) == nil
          || profile.modbus != nil || profile.optical != nil || profile.irda != nil || profile.dlms != nil
          || profile.pulse != nil)
    },
    Rule(
      code: "BS-PRF-15", key: "modbus",
      message: "a Modbus meter has a Modbus part",
      help: "add `modbus:`, or change `kind:`"
    ) { $0.kind == .modbus && $0.modbus == nil },
  ]
}

extension Node {
  fileprivate func phases() throws -> Int {
    switch try text("the number of phases") {
    case "1": return 1
    case "3": return 3
    case let other: throw diagnostic("BS-PRF-01", "a meter has 1 or 3 phases, not '\(other)'")
    }
  }

  fileprivate func registers() throws -> [RegisterFace] {
    let nodes = try list("the registers")
    guard !nodes.isEmpty else {
      throw diagnostic(
        "BS-PRF-03", "a meter counts in at least one register", help: "add `- {role: import, …}`")
    }
    var faces: [RegisterFace] = []
    for node in nodes {
      let face = try RegisterFace(node)
      guard !faces.contains(where: { $0.role == face.role }) else {
        throw node.diagnostic("BS-PRF-02", "a second register of \(face.role.rawValue)", help: "remove one")
      }
      faces.append(face)
    }
    return faces
  }

  fileprivate func texts(_ what: String) throws -> [String] { try list(what).map { try $0.text(what) } }
}
