// A meter in its place in a story: the meter itself, who it is, what it stood at when it was put there, and
// how it is reached.

internal import Line
public import MeterModel
internal import Scenario
internal import Timeline
public import Units

/// A meter of a world, under the name the story gives it.
public final class Station {
  public let name: String
  public let meter: Meter
  /// The MPAN that the story gives it; what it holds itself may be another.
  let mpan: String?
  /// When it was put in: the start of the story, or an exchange.
  let since: Instant
  /// The registers as they stood then, unwrapped.
  let opening: [RegisterRole: WattHours]
  let subject: UInt16
  /// Where it is read over Modbus; the world owns it.
  weak var line: LineStation?
  let unit: UInt8?
  let answering: ModbusAnswering?
  /// The registers that a head-end reads over Modbus.
  let energies: [RegisterRole: ModbusEnergy]
  /// Where it is read over the WAN.
  var wan: WANStation?
  /// Makes half-hours of its registers, where the story polls it so.
  var logger: RegisterLogger?
  /// Counts its pulses, where the story has fitted one.
  var pulseLogger: PulseLogger?
  /// What its figures rest on: the register as it stood then.
  var pulseLoggerFitted = Cause.none
  /// The invocation counter that the meter used last, by port and client: a reader keeps it for ever.
  var heardCounters: [String: UInt32] = [:]
  /// The line of a read at the bench that is under way.
  weak var benchPath: VirtualPath?
  /// Its ports at the bench.
  lazy var ports = MeterPorts(meter)
  /// Faults that lie on the line whenever somebody reads it at the bench.
  var benchFaults: [(setting: FaultSetting, since: Instant)] = []
  /// Over the WAN it tells London's time and calls it UTC (CK-04).
  var tellsLocalTime = false
  /// What is wrong with the files of its half-hours.
  var feed = FeedFaults()
  /// It was taken away: nothing reaches it any more.
  var isRetired = false

  init(_ setup: MeterSetup, at start: Instant, subject: UInt16, stream: RandomStream) {
    let profile = setup.profile
    let meter = Meter(
      profile: profile, serial: setup.serial, at: start, reads: setup.reads, stream: stream)
    meter.exportMPAN = setup.heldMPAN
    (name, self.meter, self.subject, since) = (setup.name, meter, subject, start)
    mpan = setup.mpan
    opening = Dictionary(
      profile.registers.map { ($0.role, meter.countedWhole($0.role) ?? .zero) }, uniquingKeysWith: { $1 })
    guard let map = profile.modbus else {
      (unit, answering, energies) = (nil, nil, [:])
      return
    }
    let unit = setup.unit ?? map.line.unit
    self.unit = unit
    answering = ModbusAnswering(meter: meter, map: map, unit: unit, poweredSince: start)
    var energies: [RegisterRole: ModbusEnergy] = [:]
    for face in profile.registers { energies[face.role] = ModbusEnergy(face.role, of: map) }
    self.energies = energies
  }

  public var serial: String { meter.serial }

  /// It measures what the generators make, not what passes the boundary.
  var isAtGenerator: Bool { meter.profile.register(.generation) != nil }

  /// The register that a Modbus request is about; nil where it is about none, or more than one.
  func role(function: UInt8, address: UInt16, count: UInt16) -> RegisterRole? {
    meter.profile.registers.first { face in
      guard let point = energies[face.role]?.point else { return false }
      return point.address == address && point.functions.contains(function)
        && point.number.registers == Int(count)
    }?.role
  }

  /// All registers as they stand, as somebody who fits a meter writes them down.
  var shownRegisters: [RegisterRole: WattHours] {
    var shown: [RegisterRole: WattHours] = [:]
    for face in meter.profile.registers { shown[face.role] = meter.shown(face.role) }
    return shown
  }

  /// What a register counted since the meter was put in; nil where it has no such register.
  public func countedSinceStart(_ role: RegisterRole) -> WattHours? {
    guard let now = meter.countedWhole(role), let then = opening[role] else { return nil }
    return now - then
  }
}
