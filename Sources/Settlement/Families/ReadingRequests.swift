// Remote reading first; the customer is asked when it fails, and told until when (R-READ-01, R-READ-13).

internal import Units

/// Failures in a row and open requests, by meter.
struct ReadingRequests {
  var failures: [String: (count: Int, since: Instant)] = [:]
  /// When the open request was made.
  var open: [String: Instant] = [:]
  /// Requests made because something failed: they have consequences, as those that somebody reports.
  var made: [ReadingRequest] = []
}

extension Ledger {
  /// Takes events in, in order of arrival.
  func take(_ events: [CaseEvent]) {
    takeReadChanges()
    for event in events {
      switch event.name {
      case .importSupplierChanged: importSupplierChanged(event, to: event.facts.text(.supplier) ?? "")
      case .meterExchanged:
        guard let old = event.facts.text(.old), let new = event.facts.meter(.new) else { continue }
        exchange(
          event, old: old, final: event.facts.registers(.final), new: new,
          initial: event.facts.registers(.initial))
      case .remoteReadFailed:
        remoteFailed(event, event.facts.text(.serial) ?? "", event.facts.text(.why) ?? "no answer")
      default: continue
      }
    }
  }

  private func importSupplierChanged(_ event: CaseEvent, to supplier: String) {
    for meter in book.meters where meter.remote && !meter.keepsRemoteAfterSwitch {
      log.note(
        .readRemoteLost, .read13, at: event.received, meter.serial, severity: .query, reads: [event.cause],
        "the import supplier changed\(supplier.isEmpty ? "" : " to \(supplier)") on \(event.at); this "
          + "meter is "
          + "not enrolled in the DCC and can no longer be read remotely")
      if meter.uses.contains(.export) {
        request(
          meter.serial, at: event.received, because: "remote reading is lost", [event.cause], isFormal: true)
      }
    }
  }

  private func remoteFailed(_ event: CaseEvent, _ serial: String, _ why: String) {
    guard let meter = book[serial], meter.uses.contains(.export) else { return }
    var state = requests.failures[serial] ?? (0, event.received)
    if remoteReadArrived(serial, after: state.since, by: event.received) { state.count = 0 }
    state = (state.count + 1, event.received)
    requests.failures[serial] = state
    let limit = policy.reading.failuresBeforeRequest.value
    // Once for each outage; what a settlement lacks it asks for itself.
    guard state.count == limit else { return }
    request(
      serial, at: event.received,
      because: "\(Phrase.count(state.count, "remote reading")) in a row failed, the last with '\(why)'",
      [event.cause], isFormal: true)
  }

  private func remoteReadArrived(_ serial: String, after: Instant, by: Instant) -> Bool {
    let list = pool.reads[RegisterKey(serial: serial, role: .export)] ?? []
    return list.contains { $0.source == .remote && $0.received > after && $0.received <= by }
  }

  /// Asks the customer for a reading, unless a request is open that no later reading has closed. A formal one
  /// stops payment when it is not answered (R-READ-03).
  func request(
    _ serial: String, at: Instant, because why: String, _ causes: [Cause], isFormal: Bool = false
  ) {
    let told = known(.readingRequested).filter {
      $0.received <= at && $0.facts.text(.serial) == serial && !policy.reading.secondContactRestarts.value
    }
    let asked = [requests.open[serial], told.map(\.at).max()].compactMap { $0 }.max()
    if let since = asked {
      let list = pool.reads[RegisterKey(serial: serial, role: .export)] ?? []
      guard list.contains(where: { $0.received > since && $0.received <= at }) else { return }
    }
    requests.open[serial] = at
    if isFormal {
      requests.made.append(
        ReadingRequest(serial: serial, contact: at, received: at, cause: causes.first ?? .none))
    }
    let due = LondonClock.date(at: at).advanced(byDays: policy.reading.requestDays.value)
    log.note(
      .readRequested, .read01, at: at, serial, reads: causes,
      "the customer is asked to read the export register by \(due), because \(why)")
  }

  /// Old meter closed, new one opened; the values taken at the exchange are reads like any other (R-READ-10).
  private func exchange(
    _ event: CaseEvent, old: String, final: [RegisterRole: WattHours], new: MeterDetails,
    initial: [RegisterRole: WattHours]
  ) {
    book.exchange(at: event.at, old: old, new: new)
    func reads(_ serial: String, _ values: [RegisterRole: WattHours]) -> [Read] {
      let steps = book[serial]?.registers ?? [:]
      return values.sorted { $0.key.rawValue < $1.key.rawValue }.map { role, value in
        Read(
          serial: serial, register: role, value: value, resolution: steps[role]?.resolution ?? WattHours(1),
          at: event.at, received: event.received, source: .visit, cause: event.cause)
      }
    }
    pool.take(
      reads(old, final) + reads(new.serial, initial), book: book, policy: policy, log: &log)
    let closing = final[.export].map { "final export read \($0)" } ?? "no final export read"
    let opening = initial[.export].map { "first export read \($0)" } ?? "no first export read"
    log.note(
      .readMeterExchange, .read10, at: event.received, new.serial, reads: [event.cause],
      "meter \(old) made way for \(new.serial) on \(event.at): \(closing), \(opening)")
  }
}
