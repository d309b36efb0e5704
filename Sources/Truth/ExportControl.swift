// What keeps export in bounds: the limit of Engineering Recommendation G100, held at once or after a ramp,
// and the over-voltage protection of G98, which takes generation off the network when its own export lifts
// the voltage too far, and lets it back after a while.

internal import Timeline
internal import Units

/// How the network's voltage answers to export at a site.
public struct SupplyVoltage: Hashable, Sendable {
  /// V at the meter while nothing flows, over the year.
  public var mean = 241.0
  /// Standard deviation of the network's own swings, V.
  public var spread = 2.5
  /// Ω between the meter and the transformer: what lifts the voltage while energy leaves.
  public var impedance = 0.25
  /// G98 over-voltage stage 1, V, held for 1 s.
  public var tripsAt = 262.2
  /// Seconds until generation comes back, drawn for each trip; G98 asks for 20 at least.
  public var reconnects: ClosedRange<Int64> = 20...60

  public init() {}
}

/// The flow of an installation held in bounds; moves forward only.
struct ExportControl {
  private static let swing: Int64 = 600

  private let ownLimit: Int64
  private let ownRamp: Int64
  private let capacity: Int64
  private var limit: Int64
  /// mW that holding back may change by in a second; 0: it follows at once.
  private var rate: Int64 = 0
  /// ms for which export is above the limit before anything is held back.
  private var patience: Int64 = 0
  private var mostGeneration = Int64.max
  private var isCurtailed = false
  private var plan: TripPlan
  private var voltage: SupplyVoltage?
  private let swings: Noise
  private let pauses: RandomStream
  private let stream: RandomStream

  /// What the story states of the network's voltage, and what meters are to be told.
  private var network = NetworkVoltage()
  var keepsVoltage = false
  /// V that EF-08 lifts the network to while the sun is high; 0: it does not.
  private var lifted = 0.0

  /// mW of generation held back for the limit.
  private var held: Int64 = 0
  /// As much as that in the second under way.
  private var holding: Int64 = 0
  /// Since when export has been above the limit.
  private var aboveSince: Int64?
  /// The millisecond until which generation is off the network.
  private var offUntil = Int64.min
  private(set) var trips = 0

  init(_ installation: Installation, stream: RandomStream) {
    ownLimit = installation.exportLimit?.milliwatts ?? .max / 4
    ownRamp = Int64(installation.exportRamp)
    capacity = installation.generators.reduce(0) { $0 + $1.capacity.milliwatts }
    limit = ownLimit
    plan = TripPlan([], stream: stream)
    rate = Self.rate(capacity, ramp: ownRamp)
    self.stream = stream
    voltage = installation.voltage
    swings = Noise(stream.stream("voltage"), step: Self.swing)
    pauses = stream.stream("reconnection")
  }

  /// All that is made could be held within the ramp.
  private static func rate(_ capacity: Int64, ramp: Int64) -> Int64 {
    ramp > 0 ? max(capacity / ramp, 1) : 0
  }

  /// From now on faults do this to the limit.
  mutating func take(_ disturbance: Disturbance) {
    limit = min(ownLimit, disturbance.exportLimit)
    limit = min(limit + disturbance.excess, .max / 4)
    rate = Self.rate(capacity, ramp: max(ownRamp, disturbance.ramp))
    patience = disturbance.overshoot * 1000
    mostGeneration = disturbance.inverterLimit
    isCurtailed = disturbance.isCurtailed
    plan = TripPlan(disturbance.trips, stream: stream)
    lifted = disturbance.networkVolts
    if rate == 0 { (held, holding) = (0, 0) }
    aboveSince = nil
  }

  /// Generation stays off until an instant in ms: loss of mains, or a word of the network's.
  mutating func disconnect(until milliseconds: Int64) { offUntil = max(offUntil, milliseconds) }

  /// Whether a stretch must be gone through second by second.
  var hasMemory: Bool { voltage != nil || rate > 0 || patience > 0 || lifted > 0 && keepsVoltage }

  /// mW of generation to leave away in a stretch that begins at a millisecond, of `made`, while `used` is
  /// used and a store gives `given`.
  mutating func heldBack(at: Int64, made: Int64, used: Int64, given: Int64) -> Int64 {
    if isCurtailed || at < offUntil { return made }
    if made > used, plan.isOff(at: at) { return made }
    let clipped = max(made - mostGeneration, 0)
    let excess = made - clipped + given - used - limit
    if excess <= 0 { aboveSince = nil }
    if patience > 0, excess > 0 {
      aboveSince = aboveSince ?? at
      if at - (aboveSince ?? at) < patience { return clipped }
    }
    guard rate > 0 else { return clipped + min(max(excess, 0), made - clipped) }
    // What is held in this second answers the ones before; a stretch that begins inside it is held alike.
    if floorModulo(at, 1000) == 0 {
      holding = min(held, made - clipped)
      held = max(holding + min(max(excess - holding, -rate), rate), 0)
    }
    return clipped + min(holding, made - clipped)
  }

  /// Looks at the voltage of a stretch in which `exported` mW left (negative: came): it may end in a trip.
  /// While the voltage is too high generation does not come back: the wait begins anew.
  mutating func look(at: Int64, until end: Int64, exported: Int64) {
    if lifted > 0, TripPlan.isHighSun(at) { return lift(at: at, until: end, exported: exported) }
    // Its own swings trip generation that leaves the site; a stated voltage trips whatever is made.
    let looks = exported > 0 || at < offUntil || network.isStated
    guard let voltage, looks || keepsVoltage else { return }
    let own = own(voltage, at: at)
    let volts = max(own + Double(exported) / 1000 / max(own, 1) * voltage.impedance, 0)
    if keepsVoltage { network.write(volts, until: end) }
    // Once a second, at its end: who looks at the flow in between must not change it.
    guard looks, volts > voltage.tripsAt, floorModulo(end, 1000) == 0 else { return }
    guard at >= offUntil else {
      offUntil = max(offUntil, end + voltage.reconnects.lowerBound * 1000)
      return
    }
    trips += 1
    offUntil = end + pauses.whole(UInt64(bitPattern: end - 1000), in: voltage.reconnects) * 1000
  }

  /// The network's own voltage at a ms, V.
  private func own(_ voltage: SupplyVoltage, at time: Int64) -> Double {
    if let stated = network.volts(at: time) { return stated }
    return voltage.mean + (voltage.spread > 0 ? voltage.spread * swings[floorDivide(time, 1000)] : 0)
  }

  /// A weak network at noon (EF-08): high all the time, and beyond the limit just before each trip that the
  /// fault has planned; below it otherwise, so that no other trip comes of it.
  private mutating func lift(at: Int64, until end: Int64, exported: Int64) {
    guard keepsVoltage else { return }
    let voltage = voltage ?? SupplyVoltage()
    let own = max(self.voltage == nil ? 0 : own(voltage, at: at), lifted)
    let trips = plan.isOff(at: end) && !plan.isOff(at: at)
    let volts = own + Double(max(exported, 0)) / 1000 / own * voltage.impedance
    network.write(
      trips ? voltage.tripsAt + Self.beyond : min(volts, voltage.tripsAt - Self.beyond), until: end)
  }

  /// V by which a trip's voltage lies beyond the limit (our assumption).
  private static let beyond = 0.3

  /// The network's own voltage is this for a while, whatever it would be.
  mutating func setVoltage(_ volts: Double, from: Int64, until: Int64) {
    network.state(volts, from: from, until: until)
    guard voltage == nil else { return }
    var plain = SupplyVoltage()
    (plain.mean, plain.spread) = (Double(VoltageSegment.nominalMillivolts) / 1000, 0)
    plain.impedance = 0
    voltage = plain
  }

  mutating func takeVoltage(into segments: inout [VoltageSegment]) { network.take(into: &segments) }
}
