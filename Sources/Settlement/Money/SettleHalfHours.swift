// Estimate or hold, then rate: each half-hour is paid at its own price, or held with a reason (R-EST-01,
// R-EST-03, R-VAL-08, R-TAR-05, R-TAR-06). A half-hour is paid once; what was held before and is sound now is
// released.

internal import Units

/// What one pass over half-hours found worth telling.
private struct HalfHourPass {
  var held: [ReasonCode: HoldTally] = [:]
  var provisional = HoldTally()
  var released = HoldTally()
  var shortDays: [String] = []
}

extension Ledger {
  /// Settles the half-hours of a range of rows into lines; returns whether any row had data.
  func settleHalfHours(_ range: Range<Int>, at: Instant, into drafts: inout LineDrafts) {
    var pass = HalfHourPass()
    var prices = PriceWalk(terms, refused: refusedTerms)
    var index = range.lowerBound
    while index < range.upperBound {
      let day = DayWalk(at: exports.rows[index].halfHour)
      let end = min(range.upperBound, exports.first.distance(to: day.halfHours.upperBound))
      let incomplete = isIncomplete(index..<end, of: day, &pass)
      tellDayLength(day, index..<end, at: at)
      for row in index..<end { settle(row, incomplete, &prices, &pass, &drafts) }
      index = end
    }
    correct(range, into: &drafts)
    tell(pass, at: at)
    nameGaps(range, in: &drafts)
  }

  /// Whether half-hours are missing from a day, as far as data reach (R-VAL-08).
  private func isIncomplete(_ rows: Range<Int>, of day: DayWalk, _ pass: inout HalfHourPass) -> Bool {
    let known = rows.filter { exports.rows[$0].halfHour < exports.horizon }
    let missing = known.count { exports.rows[$0].quality == .missing && !exports.rows[$0].isSettled }
    guard missing > 0, missing < known.count, policy.validation.incompleteDayHolds.value else { return false }
    pass.shortDays.append("\(day.date) has \(known.count - missing) of \(known.count)")
    return true
  }

  private func settle(
    _ index: Int, _ dayIncomplete: Bool, _ prices: inout PriceWalk, _ pass: inout HalfHourPass,
    _ drafts: inout LineDrafts
  ) {
    let row = exports.rows[index]
    guard !row.isSettled else { return }
    let answer = prices.price(of: row.halfHour)
    guard row.quality != .missing else {
      hold(index, .readGapHH, awaited: row.halfHour >= exports.horizon, &pass, &drafts)
      return
    }
    if let reason = reasonToHold(index, row, dayIncomplete) {
      hold(index, reason, &pass, &drafts)
      return
    }
    switch answer {
    case .missing: hold(index, .tarPriceMissing, &pass, &drafts)
    case .refused(let code, _): hold(index, code, &pass, &drafts)
    case .rate(let rate, let tariff, let isOwn):
      pay(index, row, rate, tariff, isOwn, &pass, &drafts)
    }
  }

  private func reasonToHold(_ index: Int, _ row: SettledHalfHour, _ dayIncomplete: Bool) -> ReasonCode? {
    if let doubt = exports.doubts[index] { return doubt }
    if clockFails(exports.meters[index], row.halfHour) { return .valClockDrift }
    if swapped, holds(.valRegistersSwapped) { return .valRegistersSwapped }
    if row.quality == .estimated, policy.estimates.value == .never { return .whldEstimate }
    return dayIncomplete ? .valPeriodCount : nil
  }

  private func hold(
    _ index: Int, _ reason: ReasonCode, awaited: Bool = false, _ pass: inout HalfHourPass,
    _ drafts: inout LineDrafts
  ) {
    let row = exports.rows[index]
    if !awaited, row.state != .held(reason) {
      pass.held[reason, default: HoldTally()].add(row)
      exports.rows[index].state = .held(reason)
    }
    drafts.add(
      LineDraft(
        kind: awaited ? .awaited : .held, basis: .halfHours, reason: reason, rule: reason.holdRule,
        from: row.halfHour.start, to: row.halfHour.end,
        energy: row.quality == .missing ? nil : row.energy.value, halfHours: 1),
      because: row.cause)
  }

  private func pay(
    _ index: Int, _ row: SettledHalfHour, _ rate: UnitRate, _ tariff: Int, _ isOwn: Bool,
    _ pass: inout HalfHourPass, _ drafts: inout LineDrafts
  ) {
    let isEstimate = row.quality == .estimated
    if isEstimate { pass.provisional.add(row) }
    if case .held = row.state { pass.released.add(row) }
    exports.rows[index].state = isEstimate ? .provisional : .paid
    exports.rows[index].rate = rate
    exports.rows[index].statement = Int32(statements.count)
    drafts.add(
      LineDraft(
        kind: isEstimate ? .provisional : .paid, basis: .halfHours, tariff: tariff, rate: isOwn ? nil : rate,
        reason: isEstimate ? .payProvisional : .payOK, rule: isEstimate ? .est02 : .tar01,
        from: row.halfHour.start, to: row.halfHour.end, energy: row.energy.value, exact: row.energy * rate,
        halfHours: 1),
      because: row.cause)
  }

  /// Puts actual values in the place of estimates that were paid (R-EST-02), unless that would make the whole
  /// statement negative: then they wait for the next one (R-WHLD-01, our assumption).
  private func correct(_ range: Range<Int>, into drafts: inout LineDrafts) {
    var lines = LineDrafts()
    var better: [(index: Int, energy: WattHours, cause: Cause)] = []
    for (index, value) in exports.corrections.sorted(by: { $0.key < $1.key }) where range.contains(index) {
      let row = exports.rows[index]
      guard row.state == .provisional, let rate = row.rate else { continue }
      let difference = value.energy - row.energy
      better.append((index, value.energy, value.cause))
      lines.add(
        LineDraft(
          kind: .correction, basis: .halfHours, reason: .payTruedUp, rule: .est02, from: row.halfHour.start,
          to: row.halfHour.end, energy: difference.value, exact: difference * rate, halfHours: 1),
        because: value.cause)
    }
    guard !better.isEmpty, drafts.exact + lines.exact >= NanoPence(0) else { return }
    for (index, energy, cause) in better {
      exports.rows[index].energy = energy
      exports.rows[index].quality = .actual
      exports.rows[index].state = .paid
      exports.rows[index].cause = cause
      exports.corrections[index] = nil
    }
    for line in lines.lines { drafts.add(line) }
  }

  /// A gap between two believed register reads holds what the register gained beyond the known half-hours.
  private func nameGaps(_ range: Range<Int>, in drafts: inout LineDrafts) {
    guard let line = drafts.lines.first(where: { $0.kind == .held && $0.reason == .readGapHH }),
      let chain = exportChains.first(where: { !$0.accepted.isEmpty }),
      let open = chain.accepted.last(where: { $0.read.at <= line.from }),
      let close = chain.accepted.first(where: { $0.read.at >= line.to })
    else { return }
    let rows = exports.indices(from: open.read.at, to: close.read.at)
    let known = exports.rows[rows].reduce(0) { $0 + ($1.quality == .missing ? 0 : $1.energy.value) }
    let rest = close.count - open.count - known
    if rest >= 0 { drafts.name(line, energy: rest) }
  }

  // MARK: Telling

  private func tellDayLength(_ day: DayWalk, _ rows: Range<Int>, at: Instant) {
    let length = day.halfHours.lowerBound.distance(to: day.halfHours.upperBound)
    guard length != 48, rows.count == length, isNews("day \(day.date)") else { return }
    log.note(
      length < 48 ? .spDay46 : .spDay50, .sp02, at: at, subject,
      length < 48
        ? "\(day.date) has 46 half-hours: the clock goes from 01:00 to 02:00 local time"
        : "\(day.date) has 50 half-hours: 01:00 to 02:00 local time comes twice and counts twice")
  }

  private func tell(_ pass: HalfHourPass, at: Instant) {
    for (code, tally) in pass.held.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      guard let text = HoldText.of(code, tally, days: pass.shortDays) else { continue }
      if code == .whldEstimate {
        log.note(
          .readEstimatedHH, .est01, at: at, subject, reads: tally.causes,
          "\(tally.text), \(WattHours(tally.energy)), are flagged as estimated")
      }
      log.note(code, code.holdRule, at: at, subject, severity: .hold, reads: tally.causes, text)
    }
    if pass.provisional.count > 0 {
      log.note(
        .payProvisional, .est02, at: at, subject, reads: pass.provisional.causes,
        "\(pass.provisional.text), \(WattHours(pass.provisional.energy)), are estimates and paid "
          + "provisionally; the "
          + "next actual values correct them")
    }
    if pass.released.count > 0 {
      log.note(
        .payReleased, .read04, at: at, subject, reads: pass.released.causes,
        "\(pass.released.text), \(WattHours(pass.released.energy)), were held and are paid now")
    }
  }
}

/// Sentences for half-hours held at settlement; those held by a check were told by it.
private enum HoldText {
  static func of(_ code: ReasonCode, _ tally: HoldTally, days: [String]) -> String? {
    let energy = WattHours(tally.energy)
    switch code {
    case .readGapHH: return "\(tally.text) are missing; nothing is paid for them, and no neighbour stands in"
    case .whldEstimate: return "\(tally.text), \(energy), are held: an estimate is not payable"
    case .tarPriceMissing:
      return "\(tally.text), \(energy), have no price and are held; no neighbour's price is used"
    case .readLoggedHH:
      return
        "\(tally.text), \(energy), were made from reads of a cumulative register, which is not accepted here"
    case .valPeriodCount:
      let shown = days.prefix(5).joined(separator: ", ") + (days.count > 5 ? " …" : "")
      return "\(tally.text), \(energy), are held with their days, which are not complete: \(shown)"
    default: return nil
    }
  }
}

extension ReasonCode {
  /// The rule by which this reason holds a half-hour.
  var holdRule: Rule {
    switch self {
    case .readGapHH: .est03
    case .whldEstimate, .readEstimatedHH: .est01
    case .tarPriceMissing: .tar06
    case .tarNotAboveZero: .lic02
    case .rateOverlap: .rate01
    case .rateMisaligned: .rate02
    case .readLoggedHH: .met06
    case .valNegative: .val01
    case .valOverCapacity: .val02
    case .valNightExport: .val05
    case .valPeriodCount: .val08
    case .valClockDrift: .val09
    case .valRegistersSwapped: .val11
    case .valStuck: .val12
    case .readNegative, .readRestart: .read09
    case .readMeterExchange: .read10
    default: .read04
    }
  }
}
