// Each half-hour at its own price, or held with a reason (R-EST-01, R-EST-03, R-VAL-08, R-TAR-05, R-TAR-06).

internal import Units

/// What half-hours are proposed by, in rising order of time.
struct HalfHourProposal {
  let plan: TreatmentPlan
  var prices: PriceWalk
  /// Days that are not complete, for the telling.
  var shortDays: [String] = []
}

extension Ledger {
  /// Proposes the half-hours of a range of rows, day by day.
  func proposeHalfHours(_ range: Range<Int>, _ pass: inout HalfHourProposal, _ position: inout Position) {
    var index = range.lowerBound
    while index < range.upperBound {
      let day = DayWalk(at: exports.rows[index].halfHour)
      let end = min(range.upperBound, exports.first.distance(to: day.halfHours.upperBound))
      let incomplete = isIncomplete(index..<end, of: day, &pass)
      tellDayLength(day, index..<end)
      for row in index..<end { propose(row, incomplete, &pass, &position) }
      index = end
    }
  }

  /// Whether half-hours are missing from a day, as far as data reach (R-VAL-08).
  private func isIncomplete(_ rows: Range<Int>, of day: DayWalk, _ pass: inout HalfHourProposal) -> Bool {
    guard policy.validation.incompleteDayHolds.value else { return false }
    var (known, missing) = (0, 0)
    for index in rows {
      let row = exports.rows[index]
      guard row.halfHour < exports.horizon, pass.plan.handling(at: row.halfHour.start).forfeit == nil
      else { continue }
      known += 1
      if row.quality == .missing, estimated(row) == nil { missing += 1 }
    }
    guard missing > 0, missing < known else { return false }
    pass.shortDays.append("\(day.date) has \(known - missing) of \(known)")
    return true
  }

  private func estimated(_ row: SettledHalfHour) -> Estimate? {
    policy.estimates.value == .provisional ? estimate(of: row.halfHour) : nil
  }

  private func propose(
    _ index: Int, _ dayIncomplete: Bool, _ pass: inout HalfHourProposal, _ position: inout Position
  ) {
    let row = exports.rows[index]
    let price = pass.prices.price(of: row.halfHour)
    let stretch = pass.plan.index(at: row.halfHour.start)
    let handling = pass.plan.handlings[stretch]
    guard row.quality != .missing else {
      proposeMissing(index, row, price, handling, &position)
      return
    }
    accrue(row.energy.value, price, &position)
    let condition = condition(index, row, dayIncomplete)
    if pass.plan.index(at: row.halfHour.end - TimeSpan(microseconds: 1)) != stretch {
      cut(row, price, condition, pass.plan, &position)
      position.verdicts[index] = VerdictBook.covered
      return
    }
    put(index, row.energy.value, price, verdict(price, handling, condition), &position)
  }

  private func put(
    _ index: Int, _ energy: Int64, _ price: PriceAnswer, _ verdict: Verdict, _ position: inout Position
  ) {
    position.verdicts[index] = verdicts.number(of: verdict)
    position.energies[index] = energy
    guard case .rate(let rate, _, true) = price else { return }
    if position.owns.isEmpty { position.owns = Array(repeating: 0, count: position.verdicts.count) }
    position.owns[index] = rate.microPencePerKilowattHour
  }

  private func proposeMissing(
    _ index: Int, _ row: SettledHalfHour, _ price: PriceAnswer, _ handling: Handling,
    _ position: inout Position
  ) {
    guard handling.forfeit == nil else { return }
    if let estimate = estimated(row) {
      accrue(estimate.energy, price, &position)
      let condition = Condition(provisional: (estimate.method, .est05, .estimated))
      put(index, estimate.energy, price, verdict(price, handling, condition), &position)
      return
    }
    var gap = verdict(.missing(tariff: nil), .plain, Condition(doubt: .readGapHH))
    gap.sale.payer = handling.payer ?? gap.sale.payer
    if row.halfHour >= exports.horizon { gap.kind = .awaited }
    position.verdicts[index] = verdicts.number(of: gap)
  }

  private func condition(_ index: Int, _ row: SettledHalfHour, _ dayIncomplete: Bool) -> Condition {
    if let doubt = exports.doubts[index] { return Condition(doubt: doubt) }
    if clockFails(exports.meters[index], row.halfHour) { return Condition(doubt: .valClockDrift) }
    if swapped, holds(.valRegistersSwapped) { return Condition(doubt: .valRegistersSwapped) }
    let isEstimate = row.quality == .estimated
    if isEstimate, policy.estimates.value == .never { return Condition(doubt: .whldEstimate) }
    if dayIncomplete { return Condition(doubt: .valPeriodCount) }
    return isEstimate ? Condition(provisional: (.payProvisional, .est02, .estimated)) : .sound
  }

  /// A half-hour in which treatment changes is shared out by elapsed time, provisionally: nothing measures
  /// shorter times (our assumption).
  private func cut(
    _ row: SettledHalfHour, _ price: PriceAnswer, _ condition: Condition, _ plan: TreatmentPlan,
    _ position: inout Position
  ) {
    let (start, end) = (row.halfHour.start, row.halfHour.end)
    var (rest, from) = (row.energy.value, start)
    var own: Int64 = 0
    if case .rate(let rate, _, true) = price { own = rate.microPencePerKilowattHour }
    for to in plan.edges(start, end) + [end] {
      let part = to == end ? rest : Self.portion(of: rest, from, to, end)
      var condition = condition
      let rule = plan.rule(at: to) ?? plan.rule(at: from) ?? .est02
      if condition.provisional == nil { condition.provisional = (.payProvisional, rule, .splitByTime) }
      position.pieces.append(
        Piece(
          from: from, to: to, energy: part, basis: .halfHours,
          verdict: verdict(price, plan.handling(at: from), condition), own: own,
          causes: row.cause == .none ? [] : [row.cause]))
      (rest, from) = (rest - part, to)
    }
  }

  private func tellDayLength(_ day: DayWalk, _ rows: Range<Int>) {
    let length = day.halfHours.lowerBound.distance(to: day.halfHours.upperBound)
    guard length != 48, rows.count == length, isNews("day \(day.date)") else { return }
    log.note(
      length < 48 ? .spDay46 : .spDay50, .sp02, at: settling, subject,
      length < 48
        ? "\(day.date) has 46 half-hours: the clock goes from 01:00 to 02:00 local time"
        : "\(day.date) has 50 half-hours: 01:00 to 02:00 local time comes twice and counts twice")
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
