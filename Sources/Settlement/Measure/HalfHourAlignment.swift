// Stamped log rows → numbered half-hours of UTC. The traps: a stamp may be of the end (SMETS2, D0379) or the
// start; log reads include both ends, so that a day gives 49 rows; windows of two reads overlap; a file may
// be read twice. A half-hour is paid once: identical rows count once, different ones are a conflict
// (R-READ-11, R-SP-04).

internal import Units

/// What happened to the rows of some logs of one meter; told in one decision each.
struct AlignmentTally {
  var logs = 0
  var repeats = 0
  var conflicts = 0
  var firstConflict = ""
  var misaligned = 0
  var firstMisaligned: Instant?
  var absurd = 0
  var causes: [Cause] = []
  var conflictCauses: [Cause] = []
  var received = Instant.epoch
}

extension Ledger {
  /// Whatever a policy says, sums of a lifetime of smaller values are known to fit.
  private static let mostNumber: Int64 = 1_000_000_000_000

  /// Takes logs in, in order of arrival.
  func align(_ logs: [LogRead]) {
    var tallies: [String: AlignmentTally] = [:]
    for one in logs where one.register == .export { exportLogged.insert(one.serial) }
    for one in logs {
      expectCorrections(through: one.received)
      guard let meter = book[one.serial], let number = book.number(of: one.serial) else {
        log.note(
          .readSerialUnknown, .read10, at: one.received, one.serial, severity: .query, reads: [one.cause],
          "a log of \(Phrase.count(one.entries.count, "half-hour")) is of meter \(one.serial), which is no "
            + "meter "
            + "of this agreement")
        continue
      }
      guard meter.registers[one.register] != nil else {
        tellNoRegister(one, meter)
        continue
      }
      // A total is nobody's claim of export.
      guard one.register == .export || one.register == .import else { continue }
      var tally = tallies[one.serial] ?? AlignmentTally()
      tally.logs += 1
      tally.received = max(tally.received, one.received)
      if tally.causes.count < 8 { tally.causes.append(one.cause) }
      if one.register == .export {
        Self.merge(one, number, book, policy, into: &exports, &tally)
        lastLog = max(lastLog ?? one.received, one.received)
      } else {
        // A meter may be there for both; what repeats is told once.
        if meter.uses.contains(.import) { Self.merge(one, number, book, policy, into: &imports, &tally) }
        var again = AlignmentTally()
        if meter.uses.contains(.export) { Self.merge(one, number, book, policy, into: &ownImports, &again) }
      }
      tallies[one.serial] = tally
    }
    expectCorrections(through: events.last?.received ?? .epoch)
    for (serial, tally) in tallies.sorted(by: { $0.key < $1.key }) { tell(tally, serial) }
  }

  /// Told once for each register: a logger that asks for what is not there does so every half-hour. What is
  /// logged beside the export register of an export meter is nobody's claim, and so no error.
  private func tellNoRegister(_ one: LogRead, _ meter: MeterDetails) {
    let beside = one.register == .total || one.register == .import
    let claimed = exportLogged.contains(one.serial) && meter.hasExportRegister
    if beside, claimed, meter.uses.contains(.export) { return }
    guard isNews("no register \(one.serial) \(one.register.rawValue)") else { return }
    log.note(
      .readWrongRegister, .read08, at: one.received, one.serial, severity: .query, reads: [one.cause],
      "meter \(one.serial) has no \(one.register.rawValue) register, so this is no log of it; nor are later "
        + "ones, which are not told of again")
  }

  private static func merge(
    _ one: LogRead, _ meter: Int, _ book: MeterBook, _ policy: Policy, into table: inout HalfHourTable,
    _ tally: inout AlignmentTally
  ) {
    let limit = max(1, min(policy.validation.numberLimit.value.value, mostNumber))
    let refused = one.derivedFromRegister && !policy.acceptLoggedHalfHours.value
    let shift = one.convention == .end ? HalfHour.length : .zero
    let resolution = max(one.resolution, WattHours(1))
    let isExchanged = !book.exchanges.isEmpty
    var next = 0
    while next < one.entries.count {
      let entry = one.entries[next]
      if !refused, let start = table.index(ofStart: entry.stamp - shift) {
        // Measured half-hours in a row, of which nothing was known, go in together.
        let fresh = table.fill(one, from: next, at: start, meter: meter, resolution: resolution, limit - 1)
        next += fresh
        if fresh > 0 { continue }
      }
      next += 1
      guard entry.quality != .missing else { continue }
      let start = entry.stamp - shift
      let halfHour = HalfHour(containing: start)
      guard halfHour.start == start else {
        tally.misaligned += 1
        tally.firstMisaligned = tally.firstMisaligned ?? entry.stamp
        continue
      }
      guard entry.energy.value < limit, entry.energy.value > -limit else {
        tally.absurd += 1
        continue
      }
      guard let index = table.index(of: halfHour) else { continue }
      let row = IncomingRow(
        energy: entry.energy, quality: entry.quality, resolution: resolution, meter: meter,
        cause: entry.cause == .none ? one.cause : entry.cause, refused: refused)
      let isShared = isExchanged && book.exchanged(in: halfHour)
      table.merge(row, at: index, sharesHalfHour: isShared, &tally)
    }
  }

  private func tell(_ tally: AlignmentTally, _ serial: String) {
    let logs = Phrase.count(tally.logs, "log read")
    if tally.repeats > 0 {
      log.note(
        .readDuplicate, .read11, at: tally.received, serial, reads: tally.causes,
        "\(Phrase.count(tally.repeats, "row")) in \(logs) repeat half-hours already known and count once")
    }
    if tally.conflicts > 0 {
      log.note(
        .readConflict, .read11, at: tally.received, serial, severity: .query, reads: tally.conflictCauses,
        "\(Phrase.count(tally.conflicts, "row")) in \(logs) differ from values that came before; the earlier "
          + "values stand and the later ones are queried; the first: \(tally.firstConflict)")
    }
    if let first = tally.firstMisaligned {
      log.note(
        .valPeriodCount, .val08, at: tally.received, serial, reads: tally.causes,
        "\(Phrase.count(tally.misaligned, "row")) in \(logs) are stamped inside a half-hour and refused, "
          + "the first "
          + "at \(first)")
    }
    if tally.absurd > 0 {
      log.note(
        .valNotANumber, .val01, at: tally.received, serial, reads: tally.causes,
        "\(Phrase.count(tally.absurd, "row")) in \(logs) hold \(policy.validation.numberLimit.value) or "
          + "more, which is no number from a meter, and are refused")
    }
  }
}

/// One half-hour as a log says it.
struct IncomingRow {
  var energy: WattHours
  var quality: Quality
  var resolution: WattHours
  var meter: Int
  var cause: Cause
  /// Made by a logger where that is not accepted.
  var refused: Bool
  /// Made here from reads of a register.
  var isDerived = false
}

extension HalfHourTable {
  /// Keeps the better of what is known and what comes.
  mutating func merge(
    _ new: IncomingRow, at row: Int, sharesHalfHour: Bool, _ tally: inout AlignmentTally
  ) {
    let known = quality(row)
    if known == .missing || isReplaceable(row) && energy(row) != new.energy.value
      || doubt(row) == .readLoggedHH && !new.refused
    {
      set(row, new)
    } else if sharesHalfHour, meter(row) >= 0, meter(row) != Int16(clamping: new.meter) {
      share(row, with: new.energy)
    } else if sharesHalfHour, meter(row) == Self.both {
      tally.repeats += 1
    } else if known == .estimated, new.quality == .actual {
      set(row, new)
    } else if known == .actual, new.quality == .estimated {
      tally.repeats += 1
    } else if agrees(row, new) {
      tally.repeats += 1
      if new.resolution.value < step(row) { set(row, new) }
    } else {
      tally.conflicts += 1
      if tally.firstConflict.isEmpty {
        tally.firstConflict = "\(halfHour(row).start): \(WattHours(energy(row))) against \(new.energy)"
      }
      if tally.conflictCauses.count < 8 { tally.conflictCauses += [cause(row), new.cause] }
    }
  }

  private mutating func set(_ row: Int, _ new: IncomingRow) {
    put(
      row, energy: new.energy, quality: new.quality, resolution: new.resolution, meter: new.meter,
      cause: new.cause, isDerived: new.isDerived)
    if new.refused { setDoubt(row, .readLoggedHH) }
  }

  /// The same value, as far as the coarser of the two sources can tell (R-UNIT-01: cut or rounded).
  private func agrees(_ row: Int, _ new: IncomingRow) -> Bool {
    let old = WattHours(energy(row))
    if old == new.energy { return true }
    guard step(row) != new.resolution.value else { return false }
    return (old - new.energy).magnitude.value < max(step(row), new.resolution.value)
  }
}
