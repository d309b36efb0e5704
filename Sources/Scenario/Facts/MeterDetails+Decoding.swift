// What a settlement party knows of a meter, flag by flag (R-MET-01 … -06), or as a profile has it.

internal import MeterModel
internal import Settlement
internal import Units

extension MeterDetails {
  /// A meter as an event tells of it: serial number, uses, and a profile or flags.
  init(told node: Node, library: Library) throws {
    var fields = try Fields(node, of: "a meter")
    let serial = try fields.required("serial").serial()
    let uses = try fields.optional("uses").map(MeterSetup.uses)
    if let profile = fields.optional("profile") {
      self.init(MeterSetup(name: serial, profile: try library.profile(profile), serial: serial))
    } else {
      try self.init(flags: &fields, serial: serial)
    }
    try fields.finish()
    self.uses = uses ?? (hasExportRegister ? [.export] : [.import])
  }

  /// Flags alone. The caller finishes the fields and says what the meter is used for.
  init(flags fields: inout Fields, serial: String) throws {
    let registers = try fields.required("registers")
    let halfHourly = try fields.optional("half-hourly")?.flag("half-hourly") ?? false
    let remote = try fields.optional("remote")?.flag("remote") ?? false
    let keeps = try fields.optional("keeps-remote-after-switch")?.flag("keeps-remote-after-switch") ?? true
    let phases = try fields.optional("phases")?.whole("the phases", in: 1...3) ?? 1
    let kind = try fields.optional("kind")?.text("the kind of meter") ?? ""
    self.init(
      serial: serial, uses: [], registers: try Self.registers(registers), halfHourlyCapable: halfHourly,
      remote: remote, keepsRemoteAfterSwitch: keeps, phases: Int(phases), kind: kind)
  }

  /// `{export: 6 digits, import: {digits: 5, step: 1 kWh}}`; empty for a meter without registers.
  private static func registers(_ node: Node) throws -> [RegisterRole: Register] {
    var fields = try Fields(node, of: "the registers")
    var registers: [RegisterRole: Register] = [:]
    for role in RegisterRole.allCases {
      registers[role] = try fields.optional(role.rawValue).map { try Register($0) }
    }
    try fields.finish()
    return registers
  }
}

extension MeterDetails.Register {
  /// `6 digits` of whole kWh, read in steps of 1 Wh; or `{digits: 6, step: 1 kWh}`.
  init(_ node: Node) throws {
    if case .scalar(let text) = node.content {
      let words = text.split(separator: " ")
      guard words.count == 2, words[1] == "digits", let digits = Int(words[0]), (1...12).contains(digits)
      else {
        throw node.diagnostic(
          "BS-SCN-46", "'\(text)' does not say how far a register counts",
          help: "write `6 digits`, or {digits: 6, step: 1 kWh}")
      }
      self.init(modulus: RegisterFace.Rollover.digits(digits).modulus)
      return
    }
    var fields = try Fields(node, of: "a register")
    let digits = try fields.required("digits").whole("the digits", in: 1...12)
    let stepNode = fields.optional("step")
    let step: WattHours = try stepNode?.quantity("the step") ?? WattHours(1)
    try fields.finish()
    guard step > .zero else {
      throw (stepNode ?? node).diagnostic("BS-SCN-10", "a register is read in steps above zero")
    }
    self.init(modulus: RegisterFace.Rollover.digits(Int(digits)).modulus, resolution: step)
  }
}
