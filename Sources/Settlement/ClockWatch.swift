// A meter that stamps half-hours by a wrong clock puts energy at the wrong price (R-VAL-09). Over the first
// limit it is queried; over the second its half-hours are held, from the last time the clock was seen right
// until it is again. A register read keeps its value, whatever the meter's clock says: its instant is the
// reader's.

internal import Units

extension Ledger {
  func watchClocks() {
    clockFaults = [:]
    for meter in book.meters {
      let seen = pool.reads.filter { $0.key.serial == meter.serial }.flatMap(\.value)
        .compactMap { read in read.meterClock.map { (read: read, offset: $0 - read.at) } }
        .sorted { ($0.read.at, $0.read.register.rawValue) < ($1.read.at, $1.read.register.rawValue) }
      if !seen.isEmpty { judgeClock(meter.serial, seen) }
    }
  }

  private func judgeClock(_ serial: String, _ seen: [(read: Read, offset: TimeSpan)]) {
    let (query, fail) = (policy.validation.clockQuery.value, policy.validation.clockFail.value)
    var faults: [Range<Instant>] = []
    var lastGood = Instant(microseconds: .min)
    var failing = false
    var querying = false
    for (read, offset) in seen {
      let fails = offset.magnitude > fail
      let queries = offset.magnitude > query
      if fails, !failing {
        faults.append(lastGood..<Instant.distantFuture)
        tellClock(serial, read, offset, fail, severity: .hold)
      } else if queries, !querying {
        tellClock(serial, read, offset, query, severity: .query)
      }
      if !fails {
        if failing { faults[faults.count - 1] = faults[faults.count - 1].lowerBound..<read.at }
        lastGood = read.at
      }
      (failing, querying) = (fails, queries)
    }
    clockFaults[serial] = faults
  }

  private func tellClock(
    _ serial: String, _ read: Read, _ offset: TimeSpan, _ limit: TimeSpan, severity: Severity
  ) {
    let way = offset > .zero ? "ahead" : "behind"
    let then = severity == .hold ? "; its half-hours are held until the clock is right" : ""
    log.note(
      .valClockDrift, .val09, at: read.received, serial, severity: severity, reads: [read.cause],
      "the meter's clock is \(Phrase.seconds(offset.magnitude)) \(way) on \(read.at), more than \(limit)\(then)"
    )
  }

  /// Whether the clock of a half-hour's meter was wrong beyond use.
  func clockFails(_ meter: Int16, _ halfHour: HalfHour) -> Bool {
    guard !clockFaults.isEmpty, meter >= 0 else { return false }
    let faults = clockFaults[book.meters[Int(meter)].serial] ?? []
    return faults.contains { $0.contains(halfHour.start) || $0.contains(halfHour.end) }
  }
}
