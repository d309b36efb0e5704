// One story of a run, as it was lived, settled and judged.

internal import MeterModel
internal import Scenario
public import Settlement
public import Timeline
public import Units

/// One story as it was lived.
public struct StoryRecord: Sendable {
  public var id: String
  public var title: String
  public var file: String
  public var tags: [String]
  public var because: [String]
  public var depth: String
  public var seed: UInt64
  public var from: Instant
  public var until: Instant
  public var verdict = Verdict.error
  public var checks: [CheckResult] = []
  /// Why the story could not be run, or why its verdict is not what its checks say.
  public var remark: String?
  public var evidence = Evidence()
  public var outcome = Outcome()
  /// With the verdict `error`: the machine refused (no pseudo-terminal, no socket),
  /// and nothing of ours is wrong.
  public var wasRefusedByMachine = false
  /// What was told besides readings.
  public var events: [CaseEvent] = []
  /// Who is paid with each statement.
  public var payees: [Payee] = []
  public var money = Money(trueValue: nil, entitled: nil, paid: .zero)
  public var beliefs: Beliefs
  public var divergence: Belief?
  public var journal = Journal()
  public var bytesThroughDescriptors = 0
  /// The meters, those that were taken away first.
  public var meters: [MeterSummary] = []
  /// The faults of the story, in order of their beginning.
  public var faults: [FaultWindow]
  /// The instants at which somebody settled.
  public var settlements: [Instant]
  /// The supplies of the agreement, as written.
  public var exportMPAN: String?
  public var importMPAN: String?
  /// All that names a real supply or meter.
  public var identifiers = Identifiers()

  public var unmet: [CheckResult] { checks.filter { $0.finding != .met } }
}

/// While a fault held.
public struct FaultWindow: Hashable, Sendable {
  public var id: String
  /// The meter or line that it befell.
  public var target: String
  public var from: Instant
  public var until: Instant
}

/// A meter at the end of its story.
public struct MeterSummary: Hashable, Sendable {
  public struct Dial: Hashable, Sendable {
    public var role: RegisterRole
    /// As it would show itself at the end.
    public var value: WattHours
  }

  public var name: String
  public var serial: String
  public var profile: String
  public var title: String
  public var dials: [Dial]
  /// It was taken away before the end.
  public var isRetired: Bool

  /// Of a meter that is only stated, nobody saw the registers.
  init(_ meter: GivenMeter) {
    (name, serial, profile) = (meter.name, meter.details.serial, "")
    (title, dials, isRetired) = ("as stated", [], false)
  }

  init(_ station: Station) {
    let profile = station.meter.profile
    (name, serial) = (station.name, station.serial)
    (self.profile, title) = (profile.name, profile.title)
    isRetired = station.isRetired
    dials = profile.registers.compactMap { face in
      station.meter.shown(face.role).map { Dial(role: face.role, value: $0) }
    }
  }
}

extension StoryRecord {
  /// The head of a record: what is known before anything is lived.
  init(_ file: ScenarioFile, depth: String, seed: UInt64) {
    (id, title, self.file, tags) = (file.id, file.title, file.file, file.tags)
    (because, self.depth, self.seed) = (file.because, depth, seed)
    (from, until, settlements) = (file.from, file.until, file.settlements)
    (exportMPAN, importMPAN) = (file.agreement?.exportMPAN, file.agreement?.importMPAN)
    let meters = file.meters.map { ($0.serial, $0.mpan) } + file.given.map { ($0.details.serial, $0.mpan) }
    identifiers = Identifiers(
      mpans: Set(([exportMPAN, importMPAN] + meters.map(\.1)).compactMap { $0 }),
      serials: Set(meters.map(\.0)))
    beliefs = Beliefs(from: file.from)
    faults = file.timeline.compactMap { command in
      guard case .fault(let order) = command.action else { return nil }
      return FaultWindow(
        id: order.setting.id, target: order.target.name, from: command.at, until: order.until)
    }
  }
}
