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

  private let limit: Int64
  /// mW that holding back may change by in a second; 0: it follows at once.
  private let rate: Int64
  private let voltage: SupplyVoltage?
  private let swings: Noise
  private let pauses: RandomStream

  /// mW of generation held back for the limit.
  private var held: Int64 = 0
  /// The millisecond until which generation is off the network.
  private var offUntil = Int64.min
  private(set) var trips = 0

  init(_ installation: Installation, stream: RandomStream) {
    limit = installation.exportLimit?.milliwatts ?? .max / 4
    let capacity = installation.generators.reduce(0) { $0 + $1.capacity.milliwatts }
    let ramp = Int64(installation.exportRamp)
    rate = ramp > 0 ? max(capacity / ramp, 1) : 0
    voltage = installation.voltage
    swings = Noise(stream.stream("voltage"), step: Self.swing)
    pauses = stream.stream("reconnection")
  }

  /// Whether a stretch must be gone through second by second.
  var hasMemory: Bool { voltage != nil || rate > 0 }

  /// mW of generation to leave away in a stretch that begins at a millisecond, of `made`, while `used` is
  /// used and a store gives `given`.
  mutating func heldBack(at: Int64, made: Int64, used: Int64, given: Int64) -> Int64 {
    if voltage != nil, at < offUntil { return made }
    let excess = made + given - used - limit
    guard rate > 0 else { return min(max(excess, 0), made) }
    // What is held in this stretch answers the ones before; all that is made could be held within the ramp.
    let now = min(held, made)
    held = max(now + min(max(excess - now, -rate), rate), 0)
    return now
  }

  /// Looks at the voltage of a stretch in which `exported` mW left: it may end in a trip.
  mutating func look(at: Int64, until end: Int64, exported: Int64) {
    guard let voltage, exported > 0, at >= offUntil else { return }
    let own = voltage.mean + voltage.spread * swings[floorDivide(at, 1000)]
    let volts = own + Double(exported) / 1000 / own * voltage.impedance
    guard volts > voltage.tripsAt else { return }
    trips += 1
    offUntil = end + pauses.whole(UInt64(bitPattern: at), in: voltage.reconnects) * 1000
  }
}
