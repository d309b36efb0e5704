// One reading closes the old agreement and opens the new one (R-SWI-03): it is put among the reads of the export
// register at the first instant of the new registration. Who brings it is a policy value (K-16); two that differ
// are a conflict, and both licensees hold until they agree.

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

extension Ledger {
  /// The reads of an export register with those of switches put in.
  func withSwitchReads(_ reads: [Read], of key: RegisterKey) -> [Read] {
    guard key.role == .export, events.contains(where: { $0.name == .switchReading }) else { return reads }
    var all = reads
    for boundary in switchBoundaries where switchMeter(boundary.from)?.serial == key.serial {
      guard case .agreed(let one, let since) = switchReading(for: boundary.from), one.source != .meter else { continue }
      all.removeAll { $0.at == boundary.from }
      let spot = all.firstIndex { $0.at > boundary.from } ?? all.count
      all.insert(
        Read(
          serial: key.serial, register: .export, value: one.value, at: boundary.from, received: since, source: .visit,
          cause: one.cause), at: spot)
    }
    return all
  }

  /// The export meter that was there at an instant.
  private func switchMeter(_ at: Instant) -> MeterDetails? {
    let gone = Set(book.exchanges.filter { $0.at <= at }.map(\.old))
    let toCome = Set(book.exchanges.filter { $0.at > at }.map(\.new))
    let there = book.meters.filter {
      $0.uses.contains(.export) && $0.hasExportRegister && !gone.contains($0.serial) && !toCome.contains($0.serial)
    }
    let named = known(.switchReading).compactMap { $0.facts.text(.serial) }
    return there.first { named.contains($0.serial) } ?? there.first
  }

  /// What was told of the reading for a switch.
  func switchReading(for effective: Instant) -> SwitchReadingFound {
    let brought = broughtReadings(for: effective)
    let day = LondonClock.date(at: effective)
    if let agreed = known(.switchReadingAgreed).last(where: { switchDay(of: $0).map { $0 == day } ?? true }),
      let value = agreed.facts.energy(.finalValue)
    {
      let one = SwitchReading(
        value: value, source: .newLicensee, received: agreed.received, cause: agreed.cause)
      return .agreed(one, since: agreed.received)
    }
    for (number, one) in brought.enumerated() {
      for other in brought[..<number] {
        let apart = Int64((one.value - other.value).magnitude.value)
        touch(.switchReadingTolerance, excess: apart - policy.switching.readingTolerance.value.value)
        if apart > policy.switching.readingTolerance.value.value { return .conflict(other, one) }
      }
    }
    guard let first = brought.first, let since = countsSince(brought) else { return .missing }
    return .agreed(first, since: since)
  }

  /// The first day of the registration that a reading is for: as it says, else that of the switch which was in hand
  /// when it came; nil where none was.
  private func switchDay(of event: CaseEvent) -> CivilDate? {
    if let day = event.facts.date(.on) { return day }
    let told = SwitchTimeline(first: "", events: events.filter { $0.received <= event.received })
    let last = told.switches.last { $0.isInForce || $0.state == .requested }
    return last?.effective.map { LondonClock.date(at: $0) } ?? last?.planned
  }

  /// The last word of each side, in order of arrival.
  private func broughtReadings(for effective: Instant) -> [SwitchReading] {
    let day = LondonClock.date(at: effective)
    var bySource: [SwitchReading.Source: SwitchReading] = [:]
    for event in known(.switchReading) {
      guard let value = event.facts.energy(.finalValue), switchDay(of: event).map({ $0 == day }) ?? true,
        let source = event.facts.text(.broughtBy).flatMap(SwitchReading.Source.init(rawValue:))
      else { continue }
      bySource[source] = SwitchReading(value: value, source: source, received: event.received, cause: event.cause)
    }
    if let meter = switchMeter(effective), policy.switching.meterReadingCounts.value,
      let read = pool.reads[RegisterKey(serial: meter.serial, role: .export)]?.first(where: { $0.at == effective })
    {
      bySource[.meter] = SwitchReading(
        value: read.value, source: .meter, received: read.received, cause: read.cause)
    }
    return bySource.values.sorted { ($0.received, $0.source.rawValue) < ($1.received, $1.source.rawValue) }
  }

  /// From when the readings brought, which agree, count under the policy; nil while they do not.
  private func countsSince(_ brought: [SwitchReading]) -> Instant? {
    let terms = policy.switching
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
