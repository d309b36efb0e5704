// A meter in its place in a story: the meter itself, who it is, and what it stood at when the story began.

internal import Line
public import MeterModel
public import Units

/// A meter of a world, under the name the story gives it.
public final class Station {
  public let name: String
  public let meter: Meter
  /// The registers as they stood at the start, unwrapped.
  let opening: [RegisterRole: WattHours]
  let subject: UInt16
  /// Where it is read over Modbus.
  var line: LineStation?
  var unit: UInt8?
  var answering: ModbusAnswering?
  /// Where it is read over the WAN.
  var link: WANStation?
  var wanEnd: StationOnWAN?
  /// Makes half-hours of its register, where the story polls it so.
  var logger: RegisterLogger?

  init(name: String, meter: Meter, subject: UInt16) {
    self.name = name
    self.meter = meter
    self.subject = subject
    var opening: [RegisterRole: WattHours] = [:]
    for face in meter.profile.registers { opening[face.role] = meter.countedWhole(face.role) }
    self.opening = opening
  }

  public var serial: String { meter.serial }

  /// Begins or ends a fault of the meter itself or of its answers.
  func carry(_ setting: FaultSetting, begins: Bool) throws {
    if MeterFaults.kinds(setting.id) != nil {
      if begins { try meter.begin(setting) } else { meter.end(setting.id) }
    } else if let answering {
      if begins { try answering.begin(setting) } else { answering.end(setting.id) }
    } else {
      throw StoryError("\(meter.profile.name) cannot have this fault")
    }
  }

  /// Begins or ends a fault of what lies between the meter and its readers.
  func carryOutside(_ setting: FaultSetting, begins: Bool) throws {
    if let link {
      if begins { try link.begin(setting) } else { link.end(setting.id) }
    } else if let line, let unit {
      var setting = setting
      setting.whole["unit"] = Int64(unit)
      if begins { try line.path.begin(setting) } else { line.path.end(setting.id, unit: Int64(unit)) }
    } else {
      throw StoryError("\(meter.profile.name) is read over no line and no WAN")
    }
  }

  /// All registers as they stand, as somebody who fits a meter writes them down.
  var shownRegisters: [RegisterRole: WattHours] {
    var shown: [RegisterRole: WattHours] = [:]
    for face in meter.profile.registers { shown[face.role] = meter.shown(face.role) }
    return shown
  }

  /// What a register counted since the start of the story; nil where the meter has no such register.
  public func countedSinceStart(_ role: RegisterRole) -> WattHours? {
    guard let now = meter.countedWhole(role), let then = opening[role] else { return nil }
    return now - then
  }
}
