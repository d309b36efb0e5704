// The import meter, watched: energy that an old dial gives back is no export, and somebody must be told
// (R-BACK-01 … -04). Rollover and fall are weighed in RegisterJudgement.swift; what the customer reports
// stands in ImportWatch+Reports.swift.

internal import Units

/// A stretch in which an import dial ran back at every read.
struct ImportFall {
  var serial: String
  var opening: CountedRead
  var closing: CountedRead
  var energy: Int64
}

extension Ledger {
  /// Judges the import dials afresh, tells of new falls, and keeps what is judged.
  func watchImports(at: Instant) {
    for number in importChains.indices {
      let key = importChains[number].key
      importChains[number].judge(pool.reads[key] ?? [], &log)
      let accepted = importChains[number].accepted
      let falls = Self.falls(accepted, after: importSeen[key] ?? 1)
      importSeen[key] = max(accepted.count, 1)
      importChains[number].settle(through: accepted.count)
      for fall in falls {
        tell(fall, importChains[number].limits)
        fallsToCompare.append(fall)
      }
    }
    let open = fallsToCompare
    fallsToCompare = open.filter { !tellPaidTwice($0, at: at) }
  }

  /// Falls that follow each other directly are one.
  private static func falls(_ accepted: [CountedRead], after start: Int) -> [ImportFall] {
    var falls: [ImportFall] = []
    var goesOn = false
    for index in start..<max(start, accepted.count) {
      guard case .fall(let energy) = accepted[index].movement else {
        goesOn = false
        continue
      }
      if goesOn, var last = falls.popLast() {
        last.closing = accepted[index]
        last.energy += energy
        falls.append(last)
      } else {
        falls.append(
          ImportFall(
            serial: accepted[index].read.serial, opening: accepted[index - 1], closing: accepted[index],
            energy: energy))
      }
      goesOn = true
    }
    return falls
  }

  private func tell(_ fall: ImportFall, _ limits: RegisterLimits) {
    let (open, close) = (fall.opening.read, fall.closing.read)
    let causes = [open.cause, close.cause]
    let known = max(open.received, close.received)
    let span = close.at - open.at
    let rise = limits.modulus - fall.energy
    let power = Phrase.meanPower(rise, over: span).map { "\($0)" } ?? "endless power"
    let fuse = limits.forward.power
    log.note(
      .impRunsBackwards, .back04, at: known, fall.serial, severity: .query, reads: causes,
      "the import dial went from \(open.value) on \(open.at) to \(close.value) on \(close.at): it ran back "
        + "by "
        + "\(WattHours(fall.energy)). As a rollover it would be \(WattHours(rise)) or \(power), where the "
        + "fuse lets "
        + "\(fuse) in")
    log.note(
      .impRunsBackwards, .back03, at: known, fall.serial, severity: .information, reads: causes,
      "the \(WattHours(fall.energy)) taken off the import dial are not export; nothing is paid for them")
    tellParties(fall.serial, at: known, causes)
  }

  /// Two duties, two records, even where one company is both; a third where somebody else lives there.
  private func tellParties(_ serial: String, at: Instant, _ causes: [Cause]) {
    guard isNews("notified \(serial)") else { return }
    let supplier = importSupplierName
    notify(
      .licensee, .notifyLicensee, .back01, at: at, serial, reads: causes,
      "the SEG licensee \(agreement.licensee) must be told at once that import meter \(serial) runs backwards"
    )
    notify(
      .importSupplier, .notifyImportSupplier, .back01, at: at, serial, reads: causes,
      "the import supplier\(supplier.isEmpty ? "" : " \(supplier)") must be told at once that import meter "
        + "\(serial) "
        + "runs backwards"
        + (supplier == agreement.licensee ? "; the same firm is told in both of its parts" : ""))
    guard !agreement.generatorIsOccupier else { return }
    notify(
      .occupier, .notifyOccupier, .back02, at: at, serial, reads: causes,
      "the generator does not live there: the occupier must tell the import supplier")
  }

  /// The same energy taken off the import bill and counted by an export register. A dial that is seen to
  /// have run back has given back every exported kilowatt-hour: the fall between two reads is that less what
  /// import turned it up again, and so no measure of it.
  /// False while the export of that time is not known yet.
  private func tellPaidTwice(_ fall: ImportFall, at: Instant) -> Bool {
    let (open, close) = (fall.opening.read, fall.closing.read)
    guard let export = exported(from: open.at, to: close.at, atLeast: true) else { return false }
    guard export.energy > 0 else { return true }
    let double = WattHours(export.energy)
    let bound = export.exact ? "" : "at least "
    var text =
      "between \(open.at) and \(close.at) the import dial lost \(WattHours(fall.energy)) and the export "
      + "register gained \(bound)\(double); a dial that runs back gives back all that is exported, so "
      + "\(bound)\(double) count twice. "
    if let rate = agreement.importRate {
      text +=
        "At \(rate) that takes \(bound)\((double * rate).roundedHalfUp) off the import bill, which is "
        + "not due to the customer"
    } else {
      text += "What that takes off the import bill cannot be priced, for no import rate is known"
    }
    if let rate = flatRate(at: open.at) {
      text += "; as export they are worth \(bound)\((double * rate).roundedHalfUp) at \(rate), which is due"
    }
    log.note(
      .impPaidTwice, .back03, at: at, fall.serial, severity: .query, reads: [open.cause, close.cause], text)
    return true
  }

  private func flatRate(at instant: Instant) -> UnitRate? {
    guard case .flat(let rate) = terms.last(where: { $0.from <= instant })?.shape else {
      return nil
    }
    return rate
  }
}
