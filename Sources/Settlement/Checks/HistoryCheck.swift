// A month is compared with the same month of last year: more than twice as much is queried (R-VAL-04). What
// is expected comes from half-hours, else from register readings on both sides,
// else from what somebody stated.

internal import Units

extension Ledger {
  func checkHistory() -> [ValidationFinding] { historyMonths() + historyAdvances() }

  /// What passes where so much is expected.
  private func allowed(_ expected: Int64) -> Int64 {
    Int64(clamping: Int128(expected) * Int128(policy.validation.historyFactor.value) / 1000)
  }

  private func finding(
    _ energy: Int64, _ expected: Int64, _ from: Instant, _ to: Instant, what: String
  ) -> ValidationFinding? {
    guard energy >= policy.validation.historyLeast.value.value, expected > 0 else { return nil }
    let most = allowed(expected)
    touch(.history, excess: energy - most)
    guard energy > most else { return nil }
    return ValidationFinding(
      code: .valHistoryHigh, rule: .val04, from: from, to: to, at: to, subject: subject,
      text:
        "\(WattHours(energy)) were exported \(what), where \(WattHours(expected)) are expected from a year before; "
        + "\(WattHours(most)) would pass", holds: holds(.valHistoryHigh))
  }

  private func historyMonths() -> [ValidationFinding] {
    let days = validation.days
    guard let last = days.days.indices.last else { return [] }
    var found: [ValidationFinding] = []
    for month in days.date(0).monthNumber...days.date(last).monthNumber {
      guard let range = days.days(ofMonth: month), let energy = days.energy(range),
        let expected = expectedExport(month: month)
      else { continue }
      let name = CivilDate.firstDay(ofMonth: month)
      let (from, to) = (days.start(range.lowerBound), days.start(range.upperBound))
      guard
        var one = finding(energy, expected, from, to, what: "in the month from \(name)")
      else { continue }
      (one.at, one.reads) = arrival(from: from, to: to)
      found.append(one)
    }
    return found
  }

  /// Register advances of four weeks or more, one after the other.
  private func historyAdvances() -> [ValidationFinding] {
    var found: [ValidationFinding] = []
    for chain in exportChains {
      guard var open = chain.accepted.first else { continue }
      for close in chain.accepted.dropFirst() {
        if close.hold != nil {
          open = close
          continue
        }
        guard close.read.at - open.read.at >= .days(28) else { continue }
        let (from, to, energy) = (open.read.at, close.read.at, close.count - open.count)
        let causes = [open.read.cause, close.read.cause]
        open = close
        guard !knowsMonth(from, to), let expected = expectedExport(from: from, to: to),
          var one = finding(energy, expected, from, to, what: "between \(from) and \(to)")
        else { continue }
        (one.at, one.reads, one.subject) = (close.read.received, causes, chain.key.serial)
        found.append(one)
      }
    }
    return found
  }

  /// Whether half-hours tell of the same time, so that its months are looked at.
  private func knowsMonth(_ from: Instant, _ to: Instant) -> Bool {
    let days = validation.days
    guard let low = days.index(of: LondonClock.date(at: from)), days.days[low].known > 0 else { return false }
    return days.index(of: LondonClock.date(at: to - TimeSpan(microseconds: 1))) != nil
  }

  // MARK: What is expected

  /// Export of the same month a year before; nil if nobody knows.
  func expectedExport(month: Int) -> Int64? {
    let days = validation.days
    if let range = days.days(ofMonth: month - 12), let energy = days.energy(range) { return energy }
    let from = LondonClock.startOfDay(.firstDay(ofMonth: month - 12))
    let to = LondonClock.startOfDay(.firstDay(ofMonth: month - 11))
    return readExport(from: from, to: to) ?? statedExport(month: month - 12)
  }

  /// Export of the same span a year before; nil if nobody knows.
  func expectedExport(from: Instant, to: Instant) -> Int64? {
    let (start, end) = (back(from, months: 12), back(to, months: 12))
    if let energy = exports.energy(from: start, to: end) { return energy }
    if let energy = readExport(from: start, to: end) { return energy }
    // Stated months, each by the part of its days that the span covers.
    var sum: Int128 = 0
    var day = LondonClock.date(at: start)
    let last = LondonClock.date(at: end - TimeSpan(microseconds: 1))
    while day <= last {
      guard let month = statedExport(month: day.monthNumber) else { return nil }
      sum += Int128(month) * 1_000_000 / Int128(CivilDate.days(inMonth: day.month, of: day.year))
      day = day.advanced(byDays: 1)
    }
    // Days of a month are no whole parts of it; a whole month is itself again.
    return Int64(clamping: (sum + 500_000) / 1_000_000)
  }

  /// What the register gained in a span, evenly between the readings on either side of its ends, which lie
  /// within a month of them.
  private func readExport(from: Instant, to: Instant) -> Int64? {
    for chain in exportChains {
      if let open = chain.count(at: from), let close = chain.count(at: to) { return close - open }
    }
    return nil
  }

  private func statedExport(month: Int) -> Int64? {
    known(.historyStated).last { $0.facts.date(.month)?.monthNumber == month }?.facts.energy(.energy)?.value
  }
}

extension RegisterChain {
  /// The count at an instant, evenly between the reads around it; nil if they lie more than a month apart.
  func count(at instant: Instant) -> Int64? {
    guard let after = accepted.firstIndex(where: { $0.read.at >= instant }) else { return nil }
    let close = accepted[after]
    if close.read.at == instant { return close.count }
    guard after > 0 else { return nil }
    let open = accepted[after - 1]
    let span = close.read.at - open.read.at
    guard close.hold == nil, span <= .days(31) else { return nil }
    let part = Int128(close.count - open.count) * Int128((instant - open.read.at).microseconds)
    return open.count + Int64(clamping: part / Int128(span.microseconds))
  }
}

extension Boundary {
  static let history = Boundary(
    "validation.history-factor", .val04,
    "exactly so many times what is expected passes, one Wh more is queried")
}
