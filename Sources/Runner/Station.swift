// A meter in its place in a story: the meter itself, who it is, and what it stood at when the story began.

public import MeterModel
public import Units

/// A meter of a world, under the name the story gives it.
public final class Station {
  public let name: String
  public let meter: Meter
  /// The registers as they stood at the start, unwrapped.
  let opening: [RegisterRole: WattHours]
  let subject: UInt16

  init(name: String, meter: Meter, subject: UInt16) {
    self.name = name
    self.meter = meter
    self.subject = subject
    var opening: [RegisterRole: WattHours] = [:]
    for face in meter.profile.registers { opening[face.role] = meter.countedWhole(face.role) }
    self.opening = opening
  }

  public var serial: String { meter.serial }

  /// What a register counted since the start of the story; nil where the meter has no such register.
  public func countedSinceStart(_ role: RegisterRole) -> WattHours? {
    guard let now = meter.countedWhole(role), let then = opening[role] else { return nil }
    return now - then
  }
}
