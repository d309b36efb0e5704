// One emulated meter, live: a make of meter at a site, with faults and settings that can be changed while
// real programs read it. It is pure: whoever serves it says what time it is.

public import MeterModel
internal import Timeline
public import Truth
public import Units

/// A meter for a desk: `backspin meter`.
public final class LiveMeter {
  /// What a live meter is made of.
  public struct Setup: Hashable, Sendable {
    public var profile: Profile
    public var serial: String
    /// Its Modbus unit; nil for the one it is shipped with.
    public var unit: UInt8?
    public var site: SiteDescription
    /// What its registers show at the start; zero where nothing is said.
    public var registers: [RegisterRole: WattHours]

    public init(
      profile: Profile, serial: String, unit: UInt8? = nil, site: SiteDescription,
      registers: [RegisterRole: WattHours] = [:]
    ) {
      (self.profile, self.serial, self.unit) = (profile, serial, unit)
      (self.site, self.registers) = (site, registers)
    }
  }

  public let meter: Meter
  /// Its answers over Modbus; nil for a meter without a Modbus port.
  public let answering: ModbusAnswering?
  /// Its other ports.
  public let ports: MeterPorts
  /// What is spoken over the line to it; nil while none is.
  public var served: MeterProtocol?
  private var site: Site
  private var segments: [FlowSegment] = []
  private var answerFaults: [String] = []
  /// When its display was last renewed, while it stands as it is shown (DP-05).
  private var renewed: Instant?
  private let stream: RandomStream

  /// Throws `StoryError` where the site cannot be brought to life, or a register cannot hold its value.
  public init(_ setup: Setup, start: Instant, seed: UInt64) throws {
    stream = RandomStream(seed: seed).stream("live").stream(setup.serial)
    try Self.check(setup.registers, of: setup.profile)
    let meter = Meter(
      profile: setup.profile, serial: setup.serial, at: start, reads: setup.registers,
      stream: stream.stream("meter"))
    self.meter = meter
    answering = setup.profile.modbus.map {
      ModbusAnswering(meter: meter, map: $0, unit: setup.unit, poweredSince: start)
    }
    ports = MeterPorts(meter)
    do {
      site = try Site(setup.site, from: start, stream: stream.stream("site"))
      try feel(setup.site)
    } catch {
      throw StoryError("the site: \(error.message)")
    }
  }

  /// Lets the meter feel what flows from now on, before any of it has flowed: its power shows at once, also
  /// where time is moved by hand. A segment that ends now counts nothing.
  private func feel(_ description: SiteDescription) throws(SiteFault) {
    let glance = try Site(description, from: now, stream: stream.stream("site"))
    var flow: [FlowSegment] = []
    glance.flow(until: now + .milliseconds(1), into: &flow)
    guard var first = flow.first else { return }
    first.endMilliseconds = now.milliseconds
    meter.advance(through: [first])
  }

  /// Where its time has come to.
  public var now: Instant { meter.now }

  /// Whether anybody could read a register of it over a line.
  public var hasPort: Bool { meter.profile.protocols.contains { $0 != .pulse } }

  /// From when on nobody said what flows at its site: 0 W stands there. Nil while somebody did.
  public var uncoveredAt: Instant? { site.uncoveredAt }

  /// Lives up to an instant (a whole millisecond before it), in half-hours: a long absence costs no memory.
  public func advance(to instant: Instant) {
    let end = Instant(milliseconds: instant.milliseconds)
    if let renewal = renewal(by: end) {
      live(until: renewal)
      meter.refreshDisplay()
      renewed = renewal
    }
    live(until: end)
  }

  /// The last moment up to an instant at which a display that stands while it is shown takes its value anew.
  private func renewal(by end: Instant) -> Instant? {
    guard let dwell = meter.displayDwell else {
      renewed = nil
      return nil
    }
    let before = renewed ?? now
    renewed = before
    let whole = (end - before).microseconds / dwell.microseconds
    return whole > 0 ? before + TimeSpan(microseconds: whole * dwell.microseconds) : nil
  }

  private func live(until end: Instant) {
    while site.now < end {
      segments.removeAll(keepingCapacity: true)
      site.flow(until: min(end, HalfHour(containing: site.now).end), into: &segments)
      meter.advance(through: segments)
    }
  }

  /// From now on a constant power flows at the boundary: import positive.
  public func setPower(_ power: PhasePower) throws {
    let constant = Self.constant(power, at: meter.profile)
    do {
      site = try Site(constant, from: now, stream: stream)
      try feel(constant)
    } catch {
      throw StoryError("the power: \(error.message)")
    }
  }

  /// A site where a constant power flows through a make of meter.
  public static func constant(_ power: PhasePower, at profile: Profile) -> SiteDescription {
    SiteDescription(
      supply: profile.phases > 1 ? .three : .single, boundary: .prescribed(.constant(power)))
  }
}

// MARK: Faults

extension LiveMeter {
  /// Ids of its faults, in the order in which they act; those of its answers after those of the meter.
  public var faults: [String] { meter.presentFaults + answerFaults }

  /// Begins a fault of the meter or of its answers; not one of a line.
  public func begin(_ setting: FaultSetting) throws {
    let isModbus = ModbusFaults.all.contains { $0.id == setting.id }
    guard PortFaults.kinds(setting.id) != nil else {
      if setting.id == "CK-04", meter.profile.clock == nil, meter.profile.kind == .modbus {
        throw StoryError("\(meter.profile.name) keeps no time; CK-04 befalls its logger, in a story")
      }
      return try meter.begin(setting)
    }
    guard !answerFaults.contains(setting.id) else { throw MeterFaultError.alreadyPresent(id: setting.id) }
    if isModbus, let answering, served == nil || served == .modbus {
      try answering.begin(setting)
    } else {
      let hasBegun = try ports.begin(setting, at: served)
      guard hasBegun else {
        throw StoryError(
          "\(setting.id) is a fault of answers over a port, and \(meter.profile.name) has no such port")
      }
    }
    answerFaults.append(setting.id)
  }

  /// False if the fault was not present.
  public func end(_ id: String) -> Bool {
    if meter.end(id) { return true }
    guard answerFaults.contains(id) else { return false }
    answerFaults.removeAll { $0 == id }
    return answering?.end(id) ?? false || ports.end(id)
  }
}

// MARK: Registers

extension LiveMeter {
  /// What every register shows now: a look that changes nothing. `asRead` makes it a read by somebody, which
  /// faults of single reads can spoil (RG-11, RG-12): so is a meter read that has no port.
  public func readings(asRead: Bool = false) -> [(role: RegisterRole, value: WattHours)] {
    meter.profile.registers.compactMap { face in
      (asRead ? meter.sample(face.role) : meter.shown(face.role)).map { (face.role, $0) }
    }
  }

  /// The digits on its display as they stand there, faults and all: `?` for what is no figure, nothing where
  /// it is blank. Empty for a meter without one.
  public var display: [(role: RegisterRole, digits: String)] {
    meter.profile.registers.compactMap { face in meter.display(face.role).map { (face.role, $0) } }
  }

  /// Sets registers, as a workshop does: all of them, or throws `StoryError` and sets none.
  public func set(_ registers: [RegisterRole: WattHours]) throws {
    try Self.check(registers, of: meter.profile)
    for (role, value) in registers { meter.set(role, to: value) }
  }

  private static func check(_ registers: [RegisterRole: WattHours], of profile: Profile) throws {
    for (role, value) in registers.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      guard let face = profile.register(role) else {
        let known = profile.registers.map(\.role.rawValue).joined(separator: ", ")
        throw StoryError("\(profile.name) has no \(role.rawValue) register; it has \(known)")
      }
      let modulus = face.rollover.modulus
      guard value >= .zero, value < modulus else {
        throw StoryError(
          "the \(role.rawValue) register of \(profile.name) holds 0 kWh to below \(modulus), not \(value)")
      }
    }
  }
}
