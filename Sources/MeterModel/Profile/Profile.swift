// What a make of meter is: the data of one file in Profiles/meters. A meter is added by writing such a file,
// not by writing code. Every fact names its source in `sources` or is called our assumption in `notes`.

public import Units

/// A make of meter, as data. Nothing in it changes while a meter lives.
public struct Profile: Hashable, Sendable {
  /// What sort of meter it is; the fault catalogue speaks in these words.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// First-generation smart meter.
    case smets1
    /// Second-generation smart meter (GBCS, Wh registers, UTC).
    case smets2
    /// Electromechanical (Ferraris) disc.
    case analogue
    /// Static meter that is not smart.
    case electronic
    /// Sub-meter read over Modbus.
    case modbus
  }

  /// How current reaches the measuring element.
  public enum Connection: String, Hashable, Sendable, CaseIterable {
    /// The whole current flows through the meter: line and load may be reversed (ME-14).
    case wholeCurrent = "whole-current"
    /// Through current transformers: each may be reversed (ME-09).
    case currentTransformer = "current-transformer"
  }

  /// The file's name without its ending: what scenarios and the command line call it.
  public var name: String
  public var title: String
  public var maker: String
  public var model: String
  public var kind: Kind
  /// 1 or 3.
  public var phases: Int
  public var connection: Connection
  public var flow: FlowMode
  public var netting: Netting
  public var phaseSum: PhaseSum
  /// Its cumulative registers, each role at most once; at least one.
  public var registers: [RegisterFace]
  /// What the `total` register adds up before anybody changes it; nil where there is no such register.
  public var accumulation: Accumulation?
  public var display: DisplayFace?
  /// How it looks from the front; nil for what its kind usually has (`faceDesign`).
  public var face: FaceDesign?
  public var logs: LogCapacity
  /// Revolutions for one kWh; nil for a meter without a disc.
  public var disc: DiscConstant?
  /// What drives and brakes the disc beside the load; nil for an ideal disc.
  public var torque: DiscTorque?
  /// Class, currents and errors of a static meter; nil for one that measures ideally.
  public var accuracy: Accuracy?
  /// Nil for a meter that keeps no time.
  public var clock: ClockFace?
  /// How it watches its voltage; nil for a meter that does not.
  public var voltageQuality: VoltageQuality?
  /// How many time-of-use registers of import it has, where that is not what its kind has
  /// (`timeOfUseRegisters`): 1…48.
  public var timeOfUse: Int?
  /// Whether it can be read from afar over a WAN (a meter on a Modbus line is read over that line instead).
  public var remote: Bool
  /// Its registers on a Modbus line; nil for a meter that has no such port.
  public var modbus: ModbusMap?
  /// Its optical port by IEC 62056-21; nil for a meter that has none.
  public var optical: OpticalPort?
  /// Its one-way infra-red port; nil for a meter that has none.
  public var irda: IrDAPort?
  /// Its pulse output, LED or S0; nil for a meter without one, or whose constant nobody wrote down.
  public var pulse: PulsePort?
  /// Its DLMS server; nil for a meter that has none.
  public var dlms: DLMSPort?
  /// For a meter without a port: the profile of the nearest electronic meter that has one.
  public var twin: String?
  public var sources: [String]
  public var notes: [String]

  public init(
    name: String, title: String, maker: String = "", model: String = "", kind: Kind, phases: Int = 1,
    connection: Connection = .wholeCurrent, flow: FlowMode, netting: Netting = .second,
    phaseSum: PhaseSum = .vector, registers: [RegisterFace], accumulation: Accumulation? = nil,
    display: DisplayFace? = nil, face: FaceDesign? = nil, logs: LogCapacity = .none,
    disc: DiscConstant? = nil,
    clock: ClockFace? = nil, remote: Bool = false, modbus: ModbusMap? = nil, optical: OpticalPort? = nil,
    irda: IrDAPort? = nil, dlms: DLMSPort? = nil, pulse: PulsePort? = nil, twin: String? = nil,
    torque: DiscTorque? = nil, accuracy: Accuracy? = nil, timeOfUse: Int? = nil, sources: [String] = [],
    notes: [String] = []
  ) {
    (self.name, self.title, self.maker, self.model) = (name, title, maker, model)
    (self.kind, self.phases, self.connection) = (kind, phases, connection)
    (self.flow, self.netting, self.phaseSum) = (flow, netting, phaseSum)
    (self.registers, self.accumulation, self.display) = (registers, accumulation, display)
    self.face = face
    (self.logs, self.disc, self.clock) = (logs, disc, clock)
    (self.remote, self.modbus, self.twin) = (remote, modbus, twin)
    (self.optical, self.irda, self.dlms, self.pulse) = (optical, irda, dlms, pulse)
    (self.torque, self.accuracy, self.timeOfUse) = (torque, accuracy, timeOfUse)
    (self.sources, self.notes) = (sources, notes)
  }

  public func register(_ role: RegisterRole) -> RegisterFace? { registers.first { $0.role == role } }

  /// The same make fitted beside a generator, so that what is made goes through it forwards: its import
  /// register counts generation.
  public var atGenerator: Profile {
    var fitted = self
    for index in fitted.registers.indices where fitted.registers[index].role == .import {
      fitted.registers[index].role = .generation
    }
    return fitted
  }

  /// Whether it is one of SMETS2's variant B: two elements on one phase, each with its own outgoing terminal.
  /// The second one is `l2` of what flows.
  public var isTwin: Bool { register(.secondaryImport) != nil }

  /// Registers of import by time of use: 48 on a SMETS2 meter, else what the profile says; 0 for none.
  public var timeOfUseRegisters: Int { timeOfUse ?? (kind == .smets2 ? 48 : 0) }

  /// Whether it keeps a register of export at all.
  public var hasExportRegister: Bool { register(.export) != nil }

  /// Whether it logs half-hours of export.
  public var logsExportHalfHours: Bool { logs.halfHours(.export) > 0 }
}
