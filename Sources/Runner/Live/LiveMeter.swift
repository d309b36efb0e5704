// One emulated meter, live: a make of meter at a site, with faults and settings that can be changed while real
// programs read it. It is pure: whoever serves it says what time it is.

public import MeterModel
internal import Timeline
public import Truth
public import Units

/// A meter for a desk: `backspin meter`.
public final class LiveMeter {
  public let meter: Meter
  /// Its answers over Modbus; nil for a meter without a port.
  public let answering: ModbusAnswering?
  private var site: Site
  private var segments: [FlowSegment] = []
  private let stream: RandomStream

  /// Throws `StoryError` where the site cannot be brought to life.
  public init(
    profile: Profile, serial: String, unit: UInt8?, site description: SiteDescription,
    registers: [RegisterRole: WattHours], start: Instant, seed: UInt64
  ) throws {
    stream = RandomStream(seed: seed).stream("live")
    let meter = Meter(
      profile: profile, serial: serial, at: start, reads: registers,
      stream: stream.stream("meter"))
    self.meter = meter
    answering = profile.modbus.map { ModbusAnswering(meter: meter, map: $0, unit: unit, poweredSince: start) }
    do {
      site = try Site(description, from: start, stream: stream.stream("site"))
    } catch {
      throw StoryError("the site: \(error.message)")
    }
  }

  /// Where its time has come to.
  public var now: Instant { meter.now }

  /// Lives up to an instant (a whole millisecond before it), in half-hours: a long absence costs no memory.
  public func advance(to instant: Instant) {
    let end = Instant(milliseconds: instant.milliseconds)
    while site.now < end {
      segments.removeAll(keepingCapacity: true)
      site.flow(until: min(end, HalfHour(containing: site.now).end), into: &segments)
      meter.advance(through: segments)
    }
  }

  /// From now on a constant power flows at the boundary: import positive.
  public func setPower(_ power: PhasePower) throws {
    let supply: SiteDescription.Supply = meter.profile.phases > 1 ? .three : .single
    let constant = SiteDescription(supply: supply, boundary: .prescribed(.constant(power)))
    do {
      site = try Site(constant, from: now, stream: stream)
    } catch {
      throw StoryError("the power: \(error.message)")
    }
  }

  /// Begins a fault of the meter or of its answers.
  public func begin(_ setting: FaultSetting) throws {
    if MeterFaults.kinds(setting.id) != nil {
      try meter.begin(setting)
    } else if let answering {
      try answering.begin(setting)
    } else {
      throw StoryError("\(meter.profile.name) cannot have \(setting.id)")
    }
  }

  /// False if the fault was not present.
  public func end(_ id: String) -> Bool { meter.end(id) || (answering?.end(id) ?? false) }

  /// Every register as it shows itself now.
  public var registers: [(role: RegisterRole, value: WattHours)] {
    meter.profile.registers.compactMap { face in meter.shown(face.role).map { (face.role, $0) } }
  }
}
