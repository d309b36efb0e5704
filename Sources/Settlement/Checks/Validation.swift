// The checks that look at days, months and other meters (R-VAL-03, -04, -10, -13). Each finds spans of time;
// what is found is told once, with the arrival of the last of its evidence, and held where the policy says
// that such a query holds, until it is answered.

internal import Units

/// Something that a check found.
struct ValidationFinding: Hashable {
  var code: ReasonCode
  var rule: Rule
  var from: Instant
  var to: Instant
  /// When the last of the evidence came.
  var at: Instant
  var subject: String
  var severity: Severity?
  var reads: [Cause] = []
  var text: String
  /// Holds the energy of its span until the query is answered.
  var holds = false
}

/// What these checks keep from one settlement instant to the next.
struct ValidationMemory {
  var days = DayTotals()
  /// Arrivals up to here are in.
  var through = Instant(microseconds: .min)
  /// What has been found in half-hours that nothing new has come for.
  var hints: [ValidationFinding] = []
}

extension Ledger {
  func judgeValidation(at now: Instant) {
    let news = newsSince(validation.through, through: now)
    validation.through = now
    if let news { validation.days.update(exports, from: news) }
    var findings = checkSeason()
    findings += checkHistory()
    findings += checkGeneration(at: now)
    findings += checkHints(from: news, at: now)
    for one in findings {
      log.note(
        one.code, one.rule, at: one.at, one.subject, severity: one.severity, reads: one.reads, one.text)
      guard one.holds else { continue }
      for open in answers.open(one.code, one.from, one.to) {
        treatments.add(
          Treatment(.hold, from: open.lowerBound, to: open.upperBound, one.code, one.rule, causes: one.reads))
      }
    }
  }

  /// From when on half-hours may have come or changed since the last look; nil if nothing did.
  private func newsSince(_ last: Instant, through now: Instant) -> Instant? {
    var earliest: Instant?
    func see(_ instant: Instant) { earliest = min(earliest ?? instant, instant) }
    for log in one.logs where log.received > last && log.received <= now {
      for entry in log.entries { see(entry.stamp - HalfHour.length) }
    }
    // Half-hours may also be made of register reads (R-MET-06),
    // and an exchange may bring parked ones to life.
    if policy.acceptLoggedHalfHours.value {
      for read in one.reads where read.received > last && read.received <= now { see(read.at - .days(1)) }
    }
    if events.contains(where: { $0.name == .meterExchanged && $0.received > last }) { see(one.from) }
    return earliest
  }

  /// When the half-hours of a span had all come: of each the first arrival counts.
  func arrival(from: Instant, to: Instant) -> (at: Instant, causes: [Cause]) {
    let (low, high) = (HalfHour(containing: from), HalfHour(containing: to))
    var first: [Int32: Instant] = [:]
    var causes: [Cause] = []
    for log in one.logs where log.register == .export && log.received <= validation.through {
      // Stamps are compared as they stand: of a year of them a day is asked for.
      let shift = log.convention == .end ? HalfHour.length : .zero
      let (least, most) = (low.start + shift, high.start + shift)
      for entry in log.entries where entry.stamp >= least && entry.stamp < most {
        guard entry.quality == .actual else { continue }
        let halfHour = HalfHour(containing: entry.stamp - shift)
        first[halfHour.index] = min(first[halfHour.index] ?? log.received, log.received)
        let cause = entry.cause == .none ? log.cause : entry.cause
        if causes.count < 8, causes.last != cause { causes.append(cause) }
      }
    }
    return (max(first.values.max() ?? to, to), causes)
  }

  /// The instant so many months before, at the same time of the London day.
  func back(_ instant: Instant, months: Int) -> Instant {
    let date = LondonClock.date(at: instant)
    return LondonClock.startOfDay(date.adding(months: -months)) + (instant - LondonClock.startOfDay(date))
  }
}
