// What shows that something was changed and nobody told (R-WHLD-03): several readings of a strange serial
// number, several days over capacity, several nights with export from solar panels alone. One of a kind may
// be a slip or a glitch; how many count is a policy value, ours.

internal import Units

extension Ledger {
  /// A serial number that no agreement and no exchange had named when its readings came.
  func strangeMeter(at now: Instant) -> UndeclaredChange? {
    let reads = strangeReads.prefix { $0.received <= now }
    guard !reads.isEmpty else { return nil }
    let exchanges = known(.meterExchanged)
    let least = policy.changes.undeclaredReads.value
    var strange: [String: [Read]] = [:]
    for read in reads {
      let named = exchanges.first { $0.facts.meter(.new)?.serial == read.serial }?.received
      if named.map({ $0 > read.received }) ?? true { strange[read.serial, default: []].append(read) }
    }
    let enough = strange.values.compactMap { reads -> (reads: [Read], known: Instant)? in
      reads.count >= least ? (Array(reads.prefix(least)), reads[least - 1].received) : nil
    }
    guard let found = enough.min(by: { ($0.known, $0.reads[0].serial) < ($1.known, $1.reads[0].serial) }),
      let first = found.reads.map(\.at).min()
    else { return nil }
    let before = believedExports().last { $0.read.at < first }?.read.at
    return UndeclaredChange(
      kind: .meter, since: before ?? first, told: first, known: found.known,
      text:
        "\(Phrase.count(least, "reading")) came from meter \(found.reads[0].serial), the first of "
        + "\(first), which "
        + "is no meter of this agreement",
      causes: found.reads.map(\.cause))
  }

  /// Export reads of meters that the agreement does not name, in order of arrival.
  static func strangeReads(_ one: SettlementCase) -> [Read] {
    let known = Set(one.agreement.meters.map(\.serial))
    return one.reads.filter { $0.register == .export && !known.contains($0.serial) }
      .sorted { ($0.received, $0.at, $0.serial) < ($1.received, $1.at, $1.serial) }
  }

  /// Half-hours over what is installed, on several days.
  func overCapacity(at now: Instant) -> UndeclaredChange? {
    sign(.valOverCapacity, .capacity, at: now) { entry in
      let bound = EnergyBound.export(installation(at: entry.start, knownBy: entry.received), policy)
      guard entry.energy > bound.most(in: HalfHour.length) else { return nil }
      return LondonClock.date(at: entry.start)
    } text: { count, first, energy in
      "on \(Phrase.count(count, "day")) from \(first) half-hours were over what is installed, the first "
        + "\(energy)"
    }
  }

  /// Export in full darkness, in several nights: a store, unless one is declared.
  func nightExport(at now: Instant) -> UndeclaredChange? {
    guard policy.changes.storageMustBeTold.value else { return nil }
    let limit = policy.validation.nightLimit.value.value
    return sign(.valNightExport, .storage, at: now) { entry in
      guard entry.energy > limit, isSolarAlone(at: entry.start, knownBy: entry.received),
        Darkness.covers(entry.start, entry.start + HalfHour.length)
      else { return nil }
      // One night is the evening of a date and the morning after it.
      return LondonClock.date(at: entry.start - .hours(12))
    } text: { count, first, energy in
      "in \(Phrase.count(count, "night")) from \(first) solar panels exported in full darkness, first "
        + "\(energy)"
    }
  }

  /// Days on which half-hours show something, once there are enough of them. `day` names the day of a
  /// half-hour that shows it.
  private func sign(
    _ code: ReasonCode, _ kind: UndeclaredChange.Kind, at now: Instant, day: (LoggedEntry) -> CivilDate?,
    text: (Int, Instant, WattHours) -> String
  ) -> UndeclaredChange? {
    // A look at every half-hour that came, only where there may be something to see: the check found it, or
    // it did not because a change was told since.
    guard installationPlan.hasChanges || log.all.contains(where: { $0.code == code }) else { return nil }
    // By day, the entry that came first.
    var shown: [CivilDate: LoggedEntry] = [:]
    var earliest: LoggedEntry?
    for entry in loggedExports(at: now) {
      guard let date = day(entry) else { continue }
      if let old = earliest, old.start <= entry.start {} else { earliest = entry }
      if let old = shown[date], (old.received, old.start) <= (entry.received, entry.start) {
      } else {
        shown[date] = entry
      }
    }
    let least = policy.changes.undeclaredDays.value
    touch(.undeclaredDays, excess: Int64(shown.count - least + 1))
    let news = shown.values.sorted { ($0.received, $0.start) < ($1.received, $1.start) }.prefix(least)
    guard news.count == least, let known = news.last?.received, let earliest,
      let first = news.min(by: { $0.start < $1.start })
    else { return nil }
    return UndeclaredChange(
      kind: kind, since: earliest.start, told: first.start, known: known,
      text: text(least, first.start, WattHours(first.energy)), causes: news.map(\.cause))
  }
}

/// One measured half-hour of an export register, as it came.
struct LoggedEntry {
  var start: Instant
  var energy: Int64
  var received: Instant
  var cause: Cause
}

extension Ledger {
  /// Measured half-hours of the export registers that have come by an instant, each as often as it came. The
  /// table of half-hours does not keep when each came; a decision must not rest on what came after it.
  func loggedExports(at now: Instant) -> [LoggedEntry] {
    var all: [LoggedEntry] = []
    for log in one.logs where log.received <= now && log.register == .export {
      guard book[log.serial]?.uses.contains(.export) ?? false else { continue }
      let back = log.convention == .end ? HalfHour.length : .zero
      for entry in log.entries where entry.quality == .actual {
        all.append(
          LoggedEntry(
            start: entry.stamp - back, energy: entry.energy.value, received: log.received,
            cause: entry.cause == .none ? log.cause : entry.cause))
      }
    }
    return all
  }
}
