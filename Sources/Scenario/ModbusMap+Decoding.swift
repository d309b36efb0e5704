// `modbus:` of a meter's profile: its registers and its manners on a Modbus line. Every row says function,
// type, word order, unit, scale and, where a direction is meant, sign; and names its source by a word of
// `sources:`.
//
//   modbus:
//     line: {unit: 1, baud: 2400, parity: none, stop-bits: 1}
//     registers-per-read: 80
//     sources: {v24: "Eastron SDM120 protocol V2.4"}
//     blocks:
//       - {functions: [4], from: 0, through: 345, gap: zero, even-only: true}
//     points:
//       - {quantity: voltage-l1, functions: [4], address: 0, type: float32, order: ABCD, unit: V, scale: 1,
//          source: v24}
//     settings:
//       - {setting: mode, means: measurement-mode, functions: [3, 16], address: 0xF920, type: uint16,
//          values: [1, 2, 3], initial: 2, source: v24}
//     tables:                # many points of one source, a line each: see ModbusTable+Decoding
//       - functions: [4]
//         order: ABCD
//         positive: import
//         source: v24
//         rows:
//           - 12 float32 active-power-l1 W
//     reads-zero:
//       - {name: demand, functions: [4], address: 84, type: float32, source: v24}

public import MeterModel
internal import Units

extension ModbusMap {
  /// Decodes the `modbus:` part of a profile. Throws a `Diagnostic`, codes BS-PRF-40 … 59 and those of
  /// `Fields`.
  public init(_ node: Node) throws {
    var fields = try Fields(node, of: "the Modbus part of a profile")
    let sources = try ModbusSources(fields.required("sources"))
    let blockNodes = try fields.required("blocks").list("the blocks")
    let pointNodes = try fields.optional("points")?.list("the points") ?? []
    let tableNodes = try fields.optional("tables")?.list("the tables of points") ?? []
    let settingNodes = try fields.optional("settings")?.list("the settings") ?? []
    let zeroNodes = try fields.optional("reads-zero")?.list("the registers that read 0") ?? []
    let limit = try fields.optional("registers-per-read")?
      .whole("the most registers of a read", in: 1...Int64(ModbusMap.mostRegisters))
    let line = try fields.optional("line").map { try Line($0) } ?? Line()
    let supply = try fields.optional("supply").map { try Supply($0) } ?? .nominal
    let overflow: ModbusOverflow = try fields.optional("overflow")?.word("kind of overflow") ?? .saturate
    let turnaround = try fields.optional("turnaround")?.pause("the turnaround") ?? .zero
    let minimumGap = try fields.optional("minimum-gap")?.pause("the gap between polls") ?? .zero
    let absent: ModbusAbsence = try fields.optional("absent")?.word("kind of absence") ?? .sunspec
    let demandPeriod = try fields.optional("demand-period")?.pause("the demand period") ?? .minutes(60)
    let demandSlides = try fields.optional("demand-slides").map { node in
      let step = try node.pause("the step of the demand period")
      guard step >= .seconds(1), demandPeriod.microseconds % step.microseconds == 0 else {
        throw node.diagnostic(
          "BS-PRF-88", "a demand period of \(demandPeriod) does not slide by \(step)",
          help: "a step is at least 1 s, and whole steps make the period")
      }
      return step
    }
    let services = try ModbusServices(&fields)
    let coilNodes = try fields.optional("coils")?.list("the coils") ?? []
    try fields.finish()
    let coils = try coilNodes.map { try ModbusCoil($0, sources: sources) }
    let blocks = try blockNodes.map { try Block($0) }
    let points = try pointNodes.map { try ModbusPoint($0, sources: sources) }
    let rows = try tableNodes.flatMap { try ModbusTable($0, sources: sources).rows }
    let zeros = try zeroNodes.map { try ModbusPoint(readingZero: $0, sources: sources) }
    let settings = try settingNodes.map { try ModbusSetting($0, sources: sources) }
    do throws(ModbusMapError) {
      try self.init(
        line: line, supply: supply, maximumRegisters: Int(limit ?? Int64(ModbusMap.mostRegisters)),
        overflow: overflow, turnaround: turnaround, minimumGap: minimumGap, absent: absent,
        demandPeriod: demandPeriod, demandSlides: demandSlides, services: services, coils: coils,
        blocks: blocks,
        points: rows.map(\.point) + points + zeros,
        settings: settings)
    } catch {
      throw error.diagnostic(
        blocks: blockNodes, points: rows.map(\.node) + pointNodes + zeroNodes, settings: settingNodes)
    }
  }
}

extension ModbusMap.Line {
  fileprivate init(_ node: Node) throws {
    var fields = try Fields(node, of: "the line")
    let unit = try fields.optional("unit")?.whole("the unit", in: 1...247)
    let baud = try fields.optional("baud")?.whole("the speed", in: 300...115_200)
    let parity: Parity? = try fields.optional("parity")?.word("kind of parity")
    let stopBits = try fields.optional("stop-bits")?.whole("the stop bits", in: 1...2)
    try fields.finish()
    self.init(
      unit: UInt8(unit ?? 1), baud: Int(baud ?? 9600), parity: parity ?? .none, stopBits: Int(stopBits ?? 1))
  }
}

extension ModbusMap.Supply {
  fileprivate init(_ node: Node) throws {
    var fields = try Fields(node, of: "the supply")
    let millivolts = try fields.optional("millivolts")?.whole("the voltage in mV", in: 1000...1_000_000)
    let millihertz = try fields.optional("millihertz")?.whole("the frequency in mHz", in: 1000...100_000)
    let factor = try fields.optional("power-factor-thousandths")?.whole("the power factor", in: 1...1000)
    let reactive: Reactive? = try fields.optional("reactive")?.word("kind of reactive power")
    let apparent: Apparent? = try fields.optional("apparent")?.word("kind of apparent power")
    let voltage = try fields.optional("voltage-thd-tenths")?.whole("the distortion", in: 0...1000)
    let current = try fields.optional("current-thd-tenths")?.whole("the distortion", in: 0...1000)
    try fields.finish()
    self.init(
      millivolts: millivolts ?? 230_000, millihertz: millihertz ?? 50_000, powerFactor: factor ?? 1000,
      reactive: reactive ?? .inductive, apparent: apparent ?? .arithmetic, voltageDistortion: voltage ?? 0,
      currentDistortion: current ?? 0)
  }
}

extension ModbusMap.Block {
  fileprivate init(_ node: Node) throws {
    var fields = try Fields(node, of: "a block")
    let functions = try fields.required("functions").functions()
    let first = try fields.required("from").address("the first address")
    let lastNode = try fields.required("through")
    let last = try lastNode.address("the last address")
    let gap: ModbusMap.Gap = try fields.required("gap").word("kind of gap")
    let evenOnly = try fields.optional("even-only")?.flag("even-only") ?? false
    try fields.finish()
    guard first <= last else {
      throw lastNode.diagnostic("BS-PRF-40", "the block ends before it begins at \(first)")
    }
    self.init(functions: functions, addresses: first...last, gap: gap, evenOnly: evenOnly)
  }
}

extension ModbusMapError {
  /// The error at the row it is about.
  fileprivate func diagnostic(blocks: [Node], points: [Node], settings: [Node]) -> Diagnostic {
    let (node, what) =
      switch row {
      case .block(let number): (blocks[number], "the block")
      case .point(let number): (points[number], "'\(name)'")
      case .setting(let number): (settings[number], "'\(name)'")
      }
    let (code, help) =
      switch reason {
      case .overlap: ("BS-PRF-41", "give each value its own registers")
      case .outsideBlocks: ("BS-PRF-42", "widen a block, or name the function in it")
      case .pastLastAddress: ("BS-PRF-43", "addresses are 0-based, as on the wire")
      case .blocksOverlap: ("BS-PRF-44", "part the blocks")
      case .function: ("BS-PRF-45", "registers are read by 3 and 4, settings written by 6 and 16")
      }
    return node.diagnostic(code, "\(what) \(message)", help: help)
  }
}

extension Node {
  /// A register's address, decimal or `0x…`, 0-based as on the wire.
  func address(_ what: String) throws -> UInt16 { try address(what, written: try text(what)) }

  func address(_ what: String, written text: String) throws -> UInt16 {
    let parsed = text.hasPrefix("0x") ? UInt16(text.dropFirst(2), radix: 16) : UInt16(text)
    guard let parsed else {
      throw diagnostic("BS-PRF-46", "\(what) must be 0…65535 or 0x0…0xFFFF, not '\(text)'")
    }
    return parsed
  }

  /// A list of function codes.
  func functions() throws -> Set<UInt8> {
    let codes = try list("the functions").map { UInt8(try $0.whole("a function code", in: 1...127)) }
    guard !codes.isEmpty else {
      throw diagnostic("BS-PRF-47", "a register without a function is never seen", help: "write `[3, 4]`")
    }
    return Set(codes)
  }

  /// A length of time that is not below zero.
  fileprivate func pause(_ what: String) throws -> TimeSpan {
    let span: TimeSpan = try quantity(what)
    guard span >= .zero else { throw diagnostic("BS-PRF-48", "\(what) cannot be below zero") }
    return span
  }
}
