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
        .sorted { Self.comesBefore($0.read, $1.read) }
      if !seen.isEmpty { judgeClock(meter.serial, seen) }
    }
  }

  /// A total order: one register has one read for an instant, and one serial is looked at, so that the order
  /// of a dictionary reaches nothing. Of registers read together, arrival and cause decide first.
  private static func comesBefore(_ left: Read, _ right: Read) -> Bool {
    if left.at != right.at { return left.at < right.at }
    if left.received != right.received { return left.received < right.received }
    if left.cause.number != right.cause.number { return left.cause.number < right.cause.number }
    return left.register.rawValue < right.register.rawValue
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
