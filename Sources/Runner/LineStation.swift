// A line of a story: the door, the reader at it, the meters on it, and what was counted while it was read.

internal import HeadEnd
internal import Line
internal import MeterModel
internal import Units

/// A line in a world.
final class LineStation {
  let name: String
  let path: VirtualPath
  let rules: ReaderRules
  let reader: any RegisterReader
  let trace: LineTrace
  let units: ModbusUnits
  /// How the reader's end stands, and how all stood at first.
  private(set) var settings: SerialSettings
  private let asSet: SerialSettings
  /// How there is an ear of meters; at depth tcp the gateway stands for them.
  private var ears: Set<SerialSettings>
  private let gateway: LineBehindGateway?
  private(set) var attempts = 0
  private(set) var framesRefused = 0
  private(set) var silences = 0
  private unowned let world: World
  /// Reads of the same thing that fell due at the same instant.
  private var twins: [UInt64: UInt64] = [:]
  private var latestDue = Instant.epoch

  init(
    name: String, path: VirtualPath, rules: ReaderRules, reader: any RegisterReader, trace: LineTrace,
    units: ModbusUnits, settings: SerialSettings, gateway: LineBehindGateway? = nil, world: World
  ) {
    (self.name, self.path, self.rules, self.reader) = (name, path, rules, reader)
    (self.trace, self.units, self.gateway, self.world) = (trace, units, gateway, world)
    (self.settings, asSet, ears) = (settings, settings, [settings])
    path.onSight = { [unowned trace] in trace.see($0) }
    for one in units.all { heed(one) }
  }

  // MARK: How it stands

  /// A meter that stands otherwise from now on has an ear of its own on the line.
  private func heed(_ meter: ModbusAnswering) {
    guard gateway == nil else { return }
    meter.onRelined = { [weak self, weak meter] in
      guard let self, let meter, let uart = try? SerialSettings(meter.line), ears.insert(uart).inserted
      else { return }
      let bus = MeterBus(units, standing: uart, asSet: asSet)
      bus.onVisit = { [unowned trace] in trace.visit(at: $0) }
      path.attach(bus)
    }
  }

  /// Somebody sets the reader's end of the line anew.
  func stand(as settings: SerialSettings) {
    self.settings = settings
    if let gateway { gateway.stand(as: settings) } else { _ = path.tune(to: settings) }
  }

  /// A meter is taken away and another put in its place, set as the line stands.
  func replace(_ old: Station, by new: Station) {
    guard let before = old.answering, let answering = new.answering else { return }
    old.line = nil
    before.onRelined = nil
    heed(answering)
    answering.fit(settings)
    answering.onRelined?()
    units.replace(before, by: answering)
    trace.replace(old, by: new)
    new.line = self
  }

  var framing: Framing { trace.form.framing }

  /// One read with its retries. Draws of faults are indexed by what is read and when it fell due, so that
  /// taking another read out of the story moves none of them.
  func read(
    _ request: RegisterRequest, due: Instant, because cause: Cause
  ) -> Result<[UInt16], ReadFailure> {
    path.beginDialogue(dialogue(of: request, due: due))
    trace.beginDialogue(because: cause)
    let poll = RegisterPoll(reader: reader, rules: rules, world: world)
    return poll.read(request) { [self] in count($0.outcome) }.outcome
  }

  private func dialogue(of request: RegisterRequest, due: Instant) -> UInt64 {
    let what =
      UInt64(bitPattern: due.microseconds) &* 0x9e37_79b9_7f4a_7c15
      ^ (UInt64(request.unit) << 24 | UInt64(request.function) << 16 | UInt64(request.address))
    if due != latestDue { twins.removeAll(keepingCapacity: true) }
    latestDue = due
    twins[what, default: 0] += 1
    return what ^ (twins[what, default: 1] - 1) << 40
  }

  /// Books one attempt by how it ended.
  private func count(_ result: Result<[UInt16], ReadFailure>) {
    attempts += 1
    world.evidence.attempts += 1
    switch result {
    case .success, .failure(.exception), .failure(.port): break
    case .failure(.silence):
      silences += 1
      world.evidence.silences += 1
    case .failure(.frame(let fault)):
      framesRefused += 1
      world.evidence.framesRefused += 1
      trace.refuse(fault.rawValue)
    }
  }
}
