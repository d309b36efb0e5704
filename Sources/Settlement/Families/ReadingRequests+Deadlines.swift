// A request for a reading, its days, and what follows when none comes: in time, in the days of grace, then
// payment stops from the last valid reading on; a valid reading brings it back, and all that was held
// (R-READ-01 … -04). The days are counted by when a reading comes, in London dates;
// the day of the request is day 0.

internal import Units

/// One request.
struct ReadingRequest: Hashable {
  var serial: String
  /// When the customer was asked.
  var contact: Instant
  /// When we heard of it.
  var received: Instant
  /// The last day, as printed in the request.
  var by: CivilDate?
  var channel: String?
  var why: String?
  var cause = Cause.none
}

extension Ledger {
  /// Judges the requests of every export meter.
  func judgeRequests(at now: Instant) {
    for meter in book.meters where meter.uses.contains(.export) && meter.hasExportRegister {
      var open: ReadingRequest?
      for next in requests(of: meter.serial) {
        if let open, answer(to: open, asOf: next.contact) == nil, !policy.reading.secondContactRestarts.value
        {
          log.note(
            .readRequested, .read03, at: next.received, meter.serial, reads: [next.cause],
            "the customer is asked again on \(LondonClock.date(at: next.contact)); the days since the request of "
              + "\(LondonClock.date(at: open.contact)) go on")
          continue
        }
        open = next
        judge(next, at: now)
      }
    }
  }

  /// In the order in which the customer was asked.
  private func requests(of serial: String) -> [ReadingRequest] {
    let told = known(.readingRequested).compactMap { event in
      event.facts.text(.serial).map {
        ReadingRequest(
          serial: $0, contact: event.at, received: event.received, by: event.facts.date(.by),
          channel: event.facts.text(.channel), why: event.facts.text(.why), cause: event.cause)
      }
    }
    return (told + requests.made).filter { $0.serial == serial }
      .sorted { ($0.contact, $0.received) < ($1.contact, $1.received) }
  }

  private func judge(_ request: ReadingRequest, at now: Instant) {
    let asked = LondonClock.date(at: request.contact)
    let due = request.by ?? asked.advanced(byDays: policy.reading.requestDays.value)
    let last = due.advanced(byDays: policy.reading.graceDays.value)
    tellRequest(request, due)
    let late = LondonClock.startOfDay(due.advanced(byDays: 1))
    let stop = LondonClock.startOfDay(last.advanced(byDays: 1))
    if last > due, late <= now, answer(to: request, before: late) == nil {
      log.note(
        .readLateGrace, .read03, at: max(late, request.received), request.serial, severity: .query,
        reads: [request.cause],
        "no valid reading came by \(due); until \(last) one still stops nothing")
    }
    let answer = answer(to: request, asOf: now)
    let stops = policy.reading.withholds.value && stop <= now && self.answer(to: request, before: stop) == nil
    if stops { withhold(request, since: stop, last: last, answered: answer) }
    if let answer {
      let day = LondonClock.date(at: answer.received)
      touch(.requestDays, excess: Int64(day.dayNumber - due.dayNumber))
      touch(.graceDays, excess: Int64(day.dayNumber - last.dayNumber))
      close(request, answer)
    }
    let isLate = now >= late
    obligations.append(
      Obligation(
        "reading", of: .customer, rule: .read02, subject: request.serial, since: request.contact, by: due,
        state: answer != nil ? .met : isLate ? .overdue : .open, met: answer?.received,
        text: "a reading of the export register, asked for on \(asked)"))
  }

  private func tellRequest(_ request: ReadingRequest, _ due: CivilDate) {
    guard !requests.made.contains(request) else { return }
    let how = request.channel.map { " by \($0)" } ?? ""
    let why = request.why.map { ", for \($0)" } ?? ""
    log.note(
      .readRequested, .read02, at: request.received, request.serial, reads: [request.cause],
      "the customer is asked\(how) on \(LondonClock.date(at: request.contact)) to read the export register by "
        + "\(due)\(why)")
  }

  /// A remote reading that comes after the customer was asked is used, and closes the request (R-READ-01).
  private func close(_ request: ReadingRequest, _ answer: Read) {
    guard answer.source == .remote else { return }
    log.note(
      .readRemote, .read01, at: answer.received, request.serial, reads: [answer.cause],
      "a remote reading of \(answer.value) on \(answer.at) closes the request of "
        + "\(LondonClock.date(at: request.contact))")
  }

  private func withhold(
    _ request: ReadingRequest, since stop: Instant, last: CivilDate, answered: Read?
  ) {
    let before = believed(request.serial, asOf: stop).last { $0.hold == nil && $0.read.at < stop }
    let from = before?.read.at ?? max(agreement.start, one.from)
    let told = max(stop, request.received)
    log.note(
      .whldNoReading, .read03, at: told, request.serial, reads: [request.cause],
      "no valid reading came by \(last), the last day after the request of "
        + "\(LondonClock.date(at: request.contact)); payment stops for what flowed from \(from) on")
    guard let answered else {
      treatments.add(Treatment(.hold, from: from, .whldNoReading, .read03, causes: [request.cause]))
      return
    }
    log.note(
      .payReleased, .read04, at: max(answered.received, told), request.serial, reads: [answered.cause],
      "a valid reading of \(answered.value) on \(answered.at) came on \(LondonClock.date(at: answered.received)): "
        + "what was held since \(from) is payable")
  }

  // MARK: What answers a request

  /// The first valid reading that came after the request, by what was known at an instant; half-hours from
  /// the meter are as good where the policy pays on them.
  func answer(to request: ReadingRequest, asOf instant: Instant) -> Read? {
    let reads = believed(request.serial, asOf: instant).filter {
      $0.hold == nil && $0.read.received > request.contact && !isQueried($0.read, asOf: instant)
    }
    let first = reads.map(\.read).min { $0.received < $1.received }
    guard policy.payableBasis.value.contains(.halfHours) else { return first }
    let logs = one.logs.filter {
      $0.serial == request.serial && $0.register == .export && $0.received > request.contact
        && $0.received <= instant
        && $0.entries.contains { $0.quality == .actual && $0.stamp > request.contact }
    }
    guard let log = logs.min(by: { $0.received < $1.received }),
      log.received < first?.received ?? .distantFuture,
      let last = log.entries.last(where: { $0.quality == .actual })
    else { return first }
    return Read(
      serial: log.serial, register: .export, value: last.energy, at: last.stamp, received: log.received,
      source: .remote, cause: log.cause)
  }

  private func answer(to request: ReadingRequest, before instant: Instant) -> Read? {
    answer(to: request, asOf: instant - TimeSpan(microseconds: 1))
  }

  /// The reads of an export register that were believed at an instant.
  func believed(_ serial: String, asOf instant: Instant) -> [CountedRead] {
    let key = RegisterKey(serial: serial, role: .export)
    guard let limits = exportChains.first(where: { $0.key == key })?.limits else { return [] }
    var chain = RegisterChain(key: key, limits: limits, terms: policy.reading)
    var quiet = DecisionLog()
    chain.judge(pool.reads(of: key, asOf: instant), &quiet)
    return chain.accepted
  }
}
