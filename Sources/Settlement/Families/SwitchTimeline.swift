// Who is registered for the export at which time, by what was told of switches. Each instant belongs to one
// licensee: the old one's ends where the new one's begins, at midnight London time of its first day
// (R-SWI-02,
// R-SWI-06). Two cases that hear the same, the old licensee's and the new one's, draw the same line.

internal import Units

/// How far a switch has come.
enum SwitchState: String, Hashable {
  case none, requested, rejected, withdrawn, closed
  case registered = "registered_by_new"
  case readingAgreed = "reading_agreed"
  case finalStatement = "final_statement"
  case finalPaid = "final_paid"
  case reversed = "cooling_off_reversed"
}

/// One switch from one licensee to another.
struct SwitchRecord: Hashable {
  enum Ask: String, CaseIterable {
    case applied
    case toldOldLicensee = "told-licensee"
  }

  var to: String
  /// When somebody first asked for it; nil where it was registered without.
  var asked: Instant?
  var applied = false
  var toldOld = false
  /// The first day that was planned.
  var planned: CivilDate?
  /// First instant of the new registration, and when that was told.
  var effective: Instant?
  var known: Instant?
  /// What was told of it before the new licensee's own word.
  var told: Instant?
  var state = SwitchState.requested
  var causes: [Cause] = []

  /// Whether it moves the export.
  var isInForce: Bool { state == .registered && effective != nil }
}

/// One stretch in which one licensee is registered.
struct Registration: Hashable {
  var licensee: String
  var from: Instant
  var known: Instant
  var causes: [Cause]
}

struct SwitchTimeline: Hashable {
  static let otherRegistration = EventName("other-registration")

  private(set) var switches: [SwitchRecord] = []
  /// Sorted by start; each holds until the next.
  private(set) var registrations: [Registration]

  /// `events` in order of arrival. What others register is taken as the truth about their own start: it is
  /// later or earlier than the switch said, and the export goes over at that instant.
  init(first: String, events: [CaseEvent]) {
    registrations = [Registration(licensee: first, from: .epoch, known: .epoch, causes: [])]
    for event in events {
      switch event.name {
      case .switchRequested: request(event)
      case .switchRegistered: register(event)
      case .switchRejected: close(event, as: .rejected)
      case .switchWithdrawn: close(event, as: .withdrawn)
      case .switchReversed: reverse(event)
      case SwitchTimeline.otherRegistration: correct(event)
      default: continue
      }
    }
    let inForce = switches.filter(\.isInForce).compactMap { one -> Registration? in
      guard let from = one.effective, let known = one.known else { return nil }
      return Registration(licensee: one.to, from: from, known: known, causes: one.causes)
    }
    for one in inForce.enumerated().sorted(by: { ($0.element.from, $0.offset) < ($1.element.from, $1.offset) }
    ) {
      if registrations[registrations.count - 1].licensee != one.element.licensee {
        registrations.append(one.element)
      }
    }
  }

  /// Who is registered at an instant.
  func licensee(at instant: Instant) -> String {
    registrations.last { $0.from <= instant }?.licensee ?? registrations[0].licensee
  }

  private func index(_ event: CaseEvent, where fits: (SwitchRecord) -> Bool) -> Int? {
    let to = event.facts.text(.to)
    return switches.lastIndex { fits($0) && (to == nil || $0.to == to || $0.to.isEmpty) }
  }

  private mutating func request(_ event: CaseEvent) {
    let number = index(event) { $0.state == .requested } ?? open(event)
    let ask = event.facts.text(.by).flatMap(SwitchRecord.Ask.init(rawValue:)) ?? .applied
    if ask == .applied { switches[number].applied = true } else { switches[number].toldOld = true }
    switches[number].asked = switches[number].asked ?? event.received
    switches[number].planned = event.facts.date(.on) ?? switches[number].planned
    note(event, number)
  }

  private mutating func register(_ event: CaseEvent) {
    let number = index(event) { $0.state == .requested || $0.state == .registered } ?? open(event)
    let day = event.facts.date(.on) ?? LondonClock.date(at: event.at)
    switches[number].effective = LondonClock.startOfDay(day)
    switches[number].told = switches[number].effective
    switches[number].known = event.received
    switches[number].state = .registered
    note(event, number)
  }

  private mutating func close(_ event: CaseEvent, as state: SwitchState) {
    guard let number = index(event, where: { $0.state == .requested }) else { return }
    switches[number].state = state
    note(event, number)
  }

  private mutating func reverse(_ event: CaseEvent) {
    guard let number = index(event, where: { $0.state == .registered }) else { return }
    switches[number].state = .reversed
    note(event, number)
  }

  /// The new licensee's own registration says when it begins, whatever was told before.
  private mutating func correct(_ event: CaseEvent) {
    guard let name = event.facts.text(FactKey("organisation")),
      let number = switches.lastIndex(where: { $0.to == name && $0.state == .registered })
    else { return }
    switches[number].effective = event.at
    switches[number].known = event.received
    note(event, number)
  }

  private mutating func open(_ event: CaseEvent) -> Int {
    switches.append(SwitchRecord(to: event.facts.text(.to) ?? ""))
    return switches.count - 1
  }

  private mutating func note(_ event: CaseEvent, _ number: Int) {
    if let to = event.facts.text(.to) { switches[number].to = to }
    if event.cause != .none { switches[number].causes.append(event.cause) }
  }
}
