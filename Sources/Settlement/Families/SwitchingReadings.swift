// One reading closes the old agreement and opens the new one (R-SWI-03): it is put among the reads of the
// export register at the first instant of the new registration. Who brings it is a policy value (K-16); two
// that differ are a conflict, and both licensees hold until they agree.

internal import Units

struct SwitchReading: Hashable {
  enum Source: String, CaseIterable {
    case newLicensee = "new-licensee"
    case customer
    case oldLicensee = "old-licensee"
    /// A read of the register itself at that midnight.
    case meter
  }

  var value: WattHours
  var source: Source
  var received: Instant
  var cause: Cause
}

/// What is known of the reading of one switch.
enum SwitchReadingFound: Hashable {
  case missing
  /// Since when it counts: the arrival of the reading, or of the word that agrees to it.
  case agreed(SwitchReading, since: Instant)
  case conflict(SwitchReading, SwitchReading)
}

/// What was known of switches by an instant: events in order of arrival,
/// and reads of the register at midnight.
struct SwitchView {
  let ledger: Ledger
  let events: [CaseEvent]
  let timeline: SwitchTimeline

  init(_ ledger: Ledger, events: [CaseEvent]) {
    (self.ledger, self.events) = (ledger, events)
    timeline = SwitchTimeline(
      first: ledger.agreement.facts.text(.switchedFrom) ?? ledger.agreement.licensee, events: events)
  }

  private var terms: Policy.SwitchingTerms { ledger.policy.switching }

  /// The registrations that begin or end this licensee's own.
  var boundaries: [Registration] {
    let (all, own) = (timeline.registrations, ledger.agreement.licensee)
    return all.indices.dropFirst().filter { all[$0].licensee == own || all[$0 - 1].licensee == own }.map {
      all[$0]
    }
  }

  /// What was told of the reading for a switch. Reads of the meter count from their arrival on.
  func reading(for effective: Instant, by now: Instant) -> SwitchReadingFound {
    let day = LondonClock.date(at: effective)
    let agreed = events.last { $0.name == .switchReadingAgreed && isFor(day, $0) }
    if let agreed, let value = agreed.facts.energy(.value) {
      let one = SwitchReading(
        value: value, source: .newLicensee, received: agreed.received, cause: agreed.cause)
      return .agreed(one, since: agreed.received)
    }
    let brought = brought(for: effective, by: now)
    for (number, one) in brought.enumerated() {
      for other in brought[..<number] {
        let excess = Int64((one.value - other.value).magnitude.value) - terms.readingTolerance.value.value
        ledger.touch(.switchReadingTolerance, excess: excess)
        if excess > 0 { return .conflict(other, one) }
      }
    }
    guard let first = brought.first(where: { $0.source == .meter }) ?? brought.first,
      let since = countsSince(brought)
    else { return .missing }
    return .agreed(first, since: since)
  }

  /// The last word of each side, in order of arrival.
  private func brought(for effective: Instant, by now: Instant) -> [SwitchReading] {
    let day = LondonClock.date(at: effective)
    var bySource: [SwitchReading.Source: SwitchReading] = [:]
    for event in events where event.name == .switchReading && isFor(day, event) {
      guard let value = event.facts.energy(.value),
        let source = event.facts.text(.source).flatMap(SwitchReading.Source.init(rawValue:))
      else { continue }
      bySource[source] = SwitchReading(
        value: value, source: source, received: event.received, cause: event.cause)
    }
    if terms.meterReadingCounts.value, let read = ledger.midnightRead(effective), read.received <= now {
      bySource[.meter] = SwitchReading(
        value: read.value, source: .meter, received: read.received, cause: read.cause)
    }
    return bySource.values.sorted { ($0.received, $0.source.rawValue) < ($1.received, $1.source.rawValue) }
  }

  /// Whether a reading is for the registration that begins on a day: as it says, else that of the switch
  /// which was in hand when it came.
  private func isFor(_ day: CivilDate, _ event: CaseEvent) -> Bool {
    if let said = event.facts.date(.on) { return said == day }
    let told = SwitchTimeline(first: "", events: events.filter { $0.received <= event.received })
    let last = told.switches.last { $0.isInForce || $0.state == .requested }
    let inHand = last?.effective.map { LondonClock.date(at: $0) } ?? last?.planned
    return inHand.map { $0 == day } ?? true
  }

  /// From when the readings brought, which agree, count under the policy; nil while they do not.
  private func countsSince(_ brought: [SwitchReading]) -> Instant? {
    func counts(_ one: SwitchReading) -> Bool {
      if one.source == .meter || terms.otherReadingCounts.value { return true }
      return switch terms.finalReadingFrom.value {
      case .either: true
      case .newLicensee: one.source == .newLicensee
      case .customer: one.source == .customer
      }
    }
    guard let first = brought.first(where: counts) else { return nil }
    // A customer's own reading waits for the new licensee's word, or for the meter's.
    guard first.source == .customer, terms.readingMustBeAgreed.value else { return first.received }
    return brought.first { $0.source != .customer }?.received
  }
}

extension Ledger {
  /// The reads of an export register with those of switches put in.
  func withSwitchReads(_ reads: [Read], of key: RegisterKey) -> [Read] {
    guard key.role == .export,
      events.contains(where: { $0.name == .switchReading || $0.name == .switchReadingAgreed })
    else { return reads }
    var all = reads
    let view = SwitchView(self, events: events)
    for boundary in view.boundaries where switchMeter(boundary.from)?.serial == key.serial {
      guard case .agreed(let one, let since) = view.reading(for: boundary.from, by: .distantFuture),
        one.source != .meter
      else { continue }
      all.removeAll { $0.at == boundary.from }
      let spot = all.firstIndex { $0.at > boundary.from } ?? all.count
      all.insert(
        Read(
          serial: key.serial, register: .export, value: one.value, at: boundary.from, received: since,
          source: .visit,
          cause: one.cause), at: spot)
    }
    return all
  }

  /// The read of the export register at the very midnight of a switch.
  func midnightRead(_ at: Instant) -> Read? {
    guard let meter = switchMeter(at) else { return nil }
    return pool.reads[RegisterKey(serial: meter.serial, role: .export)]?.first { $0.at == at }
  }

  /// The export meter that was there at an instant.
  private func switchMeter(_ at: Instant) -> MeterDetails? {
    let gone = Set(book.exchanges.filter { $0.at <= at }.map(\.old))
    let toCome = Set(book.exchanges.filter { $0.at > at }.map(\.new))
    let there = book.meters.filter {
      $0.uses.contains(.export) && $0.hasExportRegister && !gone.contains($0.serial)
        && !toCome.contains($0.serial)
    }
    let named = known(.switchReading).compactMap { $0.facts.text(.serial) }
    return there.first { named.contains($0.serial) } ?? there.first
  }
}
