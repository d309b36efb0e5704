// The WAN between a head-end and one smart meter: request, acknowledgement, later answer, each with its
// latency; loss, delay, copies and cut answers by draws that are indexed by request and leg. Until GBCS and
// DUIS come behind the same door, messages are values.

public import Timeline
public import Units

/// One meter's WAN link. Messages reach `receiver` whether or not anybody waits.
public final class WANLink {
  public let settings: WANSettings
  /// How a SMETS1 meter can be reached; nil for any other, which is in the DCC from the beginning.
  public private(set) var smets1: SMETS1State?
  /// Takes each message when it arrives. It must not wait.
  public var receiver: ((WANMessage) -> Void)?
  /// Called for each step of each message, for a journal; nil costs nothing. It must not send or wait.
  public var onSight: ((WANSight) -> Void)?

  private let meter: any WANMeter
  private let agenda: Agenda
  private let draws: RandomStream
  private var armed: [Armed] = []
  private var held: [Held] = []
  private var changed: [String: Int] = [:]

  private struct Armed {
    let id: String
    let fault: any WANFault
  }

  private struct Held {
    let request: WANRequest
    let faultID: String
  }

  /// The parts of a request's way, each with draws of its own.
  private enum Leg: UInt64 {
    case request, acknowledgement, delivery, answer, copy, cut
  }

  private enum Question: UInt64 {
    case lost, delay, copied, isCut, length
  }

  /// The world must outlive the link.
  public init(
    settings: WANSettings = WANSettings(), smets1: SMETS1State? = nil, meter: any WANMeter,
    world: any LineWorld, stream: RandomStream
  ) {
    (self.settings, self.smets1, self.meter) = (settings, smets1, meter)
    agenda = Agenda(world)
    draws = stream.stream("wan")
  }

  /// Makes it reachable in another way, or no more. False where that does not follow from how it stands, or
  /// where it is no SMETS1 meter.
  public func become(_ state: SMETS1State) -> Bool {
    guard let smets1, smets1.next.contains(state) else { return false }
    self.smets1 = state
    return true
  }

  /// States in which nobody has a path to the meter.
  private static let deaf: Set<SMETS1State> = [.dormant, .migrating, .excluded]

  /// Whether a message would get to the meter now: it has its supply, and nothing holds or fails the message
  /// on its way.
  public var reachesMeter: Bool {
    guard meter.isThere, smets1 != .noWAN else { return false }
    return armed.allSatisfy { one in
      if case .passes = one.fault.passage { return true }
      return false
    }
  }

  public var now: Instant { agenda.world.now }

  /// Lets the world run until something happens on this link or patience is over; false when it is over.
  public func step(towards patience: Instant) -> Bool { agenda.step(towards: patience) }

  public func send(_ request: WANRequest) {
    see(.requestSent, request.id)
    guard !isLost(.request, request.id) else { return }
    let accepted = now + settings.acknowledgement + delay(.acknowledgement, request.id)
    if let refusal = refusal(of: request) {
      let answer = WANAnswer(requestID: request.id, made: now, outcome: refusal)
      return later(accepted) { $0.arrive(.answer(answer)) }
    }
    if !isLost(.acknowledgement, request.id) {
      later(accepted) { $0.arrive(.acknowledgement(requestID: request.id)) }
    }
    deliver(request)
  }

  /// What the network says at once: it knows roles and contracts, not meters.
  private func refusal(of request: WANRequest) -> WANOutcome? {
    for one in armed {
      guard let refusal = one.fault.refusal else { continue }
      changed[one.id, default: 0] += 1
      return refusal
    }
    guard request.service.reference != nil else { return .refused(.noSuchService) }
    if let smets1, Self.deaf.contains(smets1) { return .noRoute }
    // Before its enrolment an operator serves whoever has a contract.
    guard settings.checksRoles, smets1 != .active, !request.service.roles.contains(request.role) else {
      return nil
    }
    return .refused(.roleNotAllowed)
  }

  private func deliver(_ request: WANRequest) {
    guard !isLost(.delivery, request.id) else { return }
    later(now + settings.delivery + delay(.delivery, request.id)) { $0.reachMeter(request) }
  }

  private func reachMeter(_ request: WANRequest) {
    for one in armed {
      switch one.fault.passage {
      case .passes: continue
      case .waits:
        held.append(Held(request: request, faultID: one.id))
        see(.held, request.id)
      case .fails(let outcome, let span):
        later(now + span) { link in
          link.reply(WANAnswer(requestID: request.id, made: link.now, outcome: outcome))
        }
      }
      changed[one.id, default: 0] += 1
      return
    }
    guard meter.isThere, smets1 != .noWAN else {
      // The network tries for as long as it does for a meter that cannot be reached.
      return later(now + settings.givesUpAfter) { link in
        link.reply(WANAnswer(requestID: request.id, made: link.now, outcome: .undelivered))
      }
    }
    reply(WANAnswer(requestID: request.id, made: now, outcome: outcome(of: request)))
  }

  private func outcome(of request: WANRequest) -> WANOutcome {
    if case .order(let order) = request.service {
      let said = meter.carryOut(order, at: now)
      see(.meterAnswered, request.id, 0)
      return said.map(WANOutcome.done) ?? .refused(.noSuchRegister)
    }
    let entries = answer(to: request)
    see(.meterAnswered, request.id, entries?.count ?? 0)
    return entries.map { cut($0, request.id) } ?? .refused(.noSuchRegister)
  }

  /// What the meter says, or another in its place, as the network brings it.
  private func answer(to request: WANRequest) -> [LogRead.Entry]? {
    guard !armed.isEmpty else { return meter.answer(request.service, at: now) }
    let right = mixUp == nil ? meter : meter.stranger ?? meter
    guard var entries = right.answer(request.service, at: now) else { return nil }
    for one in armed {
      let spoiled = one.fault.spoil(entries, of: request, draws: draws.stream(one.id))
      if spoiled != entries || one.fault.mixUp != nil { changed[one.id, default: 0] += 1 }
      entries = spoiled
    }
    return entries
  }

  /// Whether the answers are those of another meter, and under which serial number they come.
  public var mixUp: WANMixUpKind? { armed.lazy.compactMap(\.fault.mixUp).first }

  private func reply(_ answer: WANAnswer) {
    let id = answer.requestID
    let first = now + settings.answer + delay(.answer, id)
    if !isLost(.answer, id) { later(first) { $0.arrive(.answer(answer)) } }
    guard happens(.copied, .copy, id, settings.duplicatePartsPerMillion) else { return }
    see(.doubled, id)
    later(first + settings.answer + delay(.copy, id)) { $0.arrive(.answer(answer)) }
  }

  /// The oldest entries of an answer whose end is lost; at least one stays, at least one goes.
  private func cut(_ entries: [LogRead.Entry], _ id: UInt64) -> WANOutcome {
    guard entries.count > 1, happens(.isCut, .cut, id, settings.partialPartsPerMillion) else {
      return .values(entries)
    }
    let kept = Int(draws.whole(index(.length, .cut, id), in: 1...Int64(entries.count - 1)))
    see(.cut, id, kept)
    return .partial(Array(entries.prefix(kept)), of: entries.count)
  }

  private func arrive(_ message: WANMessage) {
    switch message {
    case .acknowledgement(let id): see(.acknowledged, id)
    case .answer(let answer): see(.answerArrived, answer.requestID, answer.outcome.entries.count)
    }
    receiver?(message)
  }

  // MARK: Draws and time

  private func isLost(_ leg: Leg, _ id: UInt64) -> Bool {
    guard happens(.lost, leg, id, settings.lossPartsPerMillion) else { return false }
    see(.lost, id)
    return true
  }

  private func delay(_ leg: Leg, _ id: UInt64) -> TimeSpan {
    guard settings.jitter > .zero else { return .zero }
    return TimeSpan(
      microseconds: draws.whole(index(.delay, leg, id), in: 0...settings.jitter.microseconds))
  }

  private func happens(_ question: Question, _ leg: Leg, _ id: UInt64, _ parts: Int64) -> Bool {
    parts > 0 && draws.happens(index(question, leg, id), partsPerMillion: parts)
  }

  private func index(_ question: Question, _ leg: Leg, _ id: UInt64) -> UInt64 {
    id &* 64 &+ leg.rawValue &* 8 &+ question.rawValue
  }

  private func later(_ instant: Instant, _ action: @escaping (WANLink) -> Void) {
    agenda.schedule(at: instant) { [weak self] in
      if let self { action(self) }
    }
  }

  private func see(_ event: WANSight.Event, _ id: UInt64, _ entries: Int = 0) {
    onSight?(WANSight(event: event, at: now, requestID: id, entries: entries))
  }
}

extension WANLink {
  /// Arms a fault from now on. Refuses an unknown id, a wrong parameter, and a fault that is present already.
  public func begin(_ setting: FaultSetting) throws(FaultRefusal) {
    let table = LineFaults.wanTable
    guard let type = table.first(where: { $0.declaration.id == setting.id }) else {
      throw LineFaults.unknown(setting.id, among: table.map { $0.declaration })
    }
    let values = try type.declaration.resolve(setting)
    guard !armed.contains(where: { $0.id == setting.id }) else {
      throw FaultRefusal(id: setting.id, message: "it is present already; end it before it begins anew")
    }
    let fault = type.init(values)
    guard fault.mixUp == nil || meter.stranger != nil else {
      throw FaultRefusal(id: setting.id, message: "no other meter is on a WAN here")
    }
    armed.append(Armed(id: setting.id, fault: fault))
    // In the catalogue's order, whatever began first.
    armed.sort { $0.id < $1.id }
  }

  /// Ends a fault; requests that waited for its end set out, in the order in which they came. False if it was
  /// not present.
  @discardableResult
  public func end(_ id: String) -> Bool {
    guard let index = armed.firstIndex(where: { $0.id == id }) else { return false }
    armed.remove(at: index)
    let freed = held.filter { $0.faultID == id }
    held.removeAll { $0.faultID == id }
    for one in freed { deliver(one.request) }
    return true
  }

  /// How many requests a fault has held or failed since the link was made.
  public func effects(of id: String) -> Int { changed[id] ?? 0 }

  public var presentFaults: [String] { armed.map(\.id) }
}

extension WANOutcome {
  /// The entries that came, all or some.
  public var entries: [LogRead.Entry] {
    switch self {
    case .values(let entries), .partial(let entries, _): entries
    case .done, .refused, .noRoute, .undelivered: []
    }
  }
}
