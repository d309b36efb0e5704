// Each half-hour at its own price, or held with a reason (R-EST-01, R-EST-03, R-VAL-08, R-TAR-05, R-TAR-06).
// A day without anything odd gets its verdicts as a whole; every other half-hour is asked about. Both ask the
// same judgement.

internal import Units

/// What half-hours are proposed by, in rising order of time.
struct HalfHourProposal {
  let plan: TreatmentPlan
  let sheet: PriceSheet
  /// Rows of estimates that nobody may pay on.
  let last: [Range<Int>]
  /// Days that are not complete, for the telling.
  var shortDays: [String] = []
  /// The version of the tariff at the last day looked at.
  fileprivate var version = 0
  /// Numbers of verdicts already given, by what they depend on.
  fileprivate var known: [Question: UInt32] = [:]
  /// Those of a sound half-hour, by half-hour of the London day.
  fileprivate var sound: (version: Int, stretch: Int, numbers: [UInt32])?

  init(plan: TreatmentPlan, sheet: PriceSheet, last: [Range<Int>]) {
    (self.plan, self.sheet, self.last) = (plan, sheet, last)
  }

  /// The version in force for a row; rows rise from call to call, within one walk.
  fileprivate mutating func version(of row: Int) -> Int {
    if !sheet.versions[version].rows.contains(row) { version = sheet.version(row) }
    return version
  }
}

/// All that a verdict on a half-hour depends on, beside its price.
private struct Question: Hashable {
  var version: Int
  /// -1: its own price. -2: no price.
  var slot: Int
  var stretch: Int
  var doubt: ReasonCode?
  var method: ReasonCode?
}

extension Ledger {
  /// Proposes the half-hours of a range of rows, day by day.
  func proposeHalfHours(_ range: Range<Int>, _ pass: inout HalfHourProposal, _ position: inout Position) {
    position.owns = pass.sheet.owns
    position.mostOwn = pass.sheet.mostOwn
    var row = range.lowerBound
    var day = DayWalk(at: exports.halfHour(row))
    while row < range.upperBound {
      day.move(to: exports.halfHour(row))
      let end = min(range.upperBound, exports.first.distance(to: day.halfHours.upperBound))
      tellDayLength(day, row..<end)
      if !proposeSound(row..<end, day, &pass, &position) {
        let incomplete = isIncomplete(row..<end, of: day, &pass)
        for index in row..<end { propose(index, day, incomplete, &pass, &position) }
      }
      row = end
    }
  }

  // MARK: A sound day

  /// All rows of a day at once, if they were measured, nothing is odd about them, each has a price and the
  /// day lies under one version and one treatment.
  private func proposeSound(
    _ rows: Range<Int>, _ day: DayWalk, _ pass: inout HalfHourProposal, _ position: inout Position
  ) -> Bool {
    guard clockFaults.isEmpty, unproven.isEmpty, !swapped, let columns = exports.view,
      HalfHourKernel.areClean(columns.marks, columns.doubts, rows)
    else { return false }
    let version = pass.version(of: rows.lowerBound)
    let stretch = pass.plan.index(at: exports.halfHour(rows.lowerBound).start)
    guard pass.sheet.versions[version].rows.contains(rows.upperBound - 1),
      pass.plan.isWithin(stretch, exports.halfHour(rows.upperBound).start)
    else { return false }
    let isOwn = pass.sheet.versions[version].isOwn
    if isOwn, pass.sheet.hasGap(rows) { return false }
    if pass.plan.handlings[stretch].isShared { return false }
    let numbers = soundNumbers(version, stretch, &pass)
    position.verdicts.withUnsafeMutableBufferPointer { verdicts in
      if numbers.count == 1 {
        for row in rows { verdicts[row] = numbers[0] }
      } else {
        for row in rows { verdicts[row] = numbers[day.slot(exports.halfHour(row))] }
      }
    }
    return true
  }

  /// Verdicts on sound half-hours by half-hour of the day, or one for all.
  private func soundNumbers(_ version: Int, _ stretch: Int, _ pass: inout HalfHourProposal) -> [UInt32] {
    if let sound = pass.sound, sound.version == version, sound.stretch == stretch { return sound.numbers }
    let one = pass.sheet.versions[version]
    let prices: [PriceAnswer]
    switch one.shape {
    case .clock(let rates):
      prices = rates.map { .rate($0, tariff: one.tariff ?? 0, isOwn: false) }
    case .own: prices = [.rate(.zero, tariff: one.tariff ?? 0, isOwn: true)]
    case .none, .refused, .flat: prices = [pass.sheet.price(0, one, slot: 0)]
    }
    let handling = pass.plan.handlings[stretch]
    let numbers = prices.map { verdicts.number(of: verdict($0, handling, .sound)) }
    pass.sound = (version, stretch, numbers)
    return numbers
  }

  // MARK: One by one

  /// Whether half-hours are missing from a day, as far as data reach (R-VAL-08).
  private func isIncomplete(_ rows: Range<Int>, of day: DayWalk, _ pass: inout HalfHourProposal) -> Bool {
    guard policy.validation.incompleteDayHolds.value else { return false }
    var (known, missing) = (0, 0)
    for row in rows.clamped(to: exports.reach)
    where pass.plan.handling(at: exports.halfHour(row).start).forfeit == nil {
      known += 1
      if !exports.isKnown(row), estimated(row) == nil { missing += 1 }
    }
    guard missing > 0, missing < known else { return false }
    pass.shortDays.append("\(day.date) has \(known - missing) of \(known)")
    return true
  }

  private func estimated(_ row: Int) -> Estimate? {
    policy.estimates.value == .provisional ? estimate(of: exports.halfHour(row)) : nil
  }

  private func propose(
    _ row: Int, _ day: DayWalk, _ dayIncomplete: Bool, _ pass: inout HalfHourProposal,
    _ position: inout Position
  ) {
    let halfHour = exports.halfHour(row)
    let version = pass.version(of: row)
    let price = pass.sheet.price(row, pass.sheet.versions[version], slot: day.slot(halfHour))
    let stretch = pass.plan.index(at: halfHour.start)
    guard exports.isKnown(row) else {
      proposeMissing(row, price, stretch, &pass, &position)
      return
    }
    let condition = condition(row, dayIncomplete, pass.last)
    guard pass.plan.isWithin(stretch, halfHour.end) else {
      cut(row, price, condition, pass.plan, &position)
      position.verdicts[row] = VerdictBook.covered
      return
    }
    if pass.plan.handlings[stretch].isShared {
      share(row, exports.energy(row), price, pass.plan.handlings[stretch], condition, &position)
      return
    }
    var question = Question(
      version: version, slot: day.slot(halfHour), stretch: stretch, doubt: condition.doubt,
      method: condition.provisional?.reason)
    switch price {
    case .rate(_, _, true): question.slot = -1
    case .missing: question.slot = -2
    case .rate, .refused: break
    }
    position.verdicts[row] = number(question, price, condition, &pass)
  }

  private func number(
    _ question: Question, _ price: PriceAnswer, _ condition: Condition, _ pass: inout HalfHourProposal
  ) -> UInt32 {
    if let known = pass.known[question] { return known }
    let number = verdicts.number(of: verdict(price, pass.plan.handlings[question.stretch], condition))
    pass.known[question] = number
    return number
  }

  private func proposeMissing(
    _ row: Int, _ price: PriceAnswer, _ stretch: Int, _ pass: inout HalfHourProposal,
    _ position: inout Position
  ) {
    let handling = pass.plan.handlings[stretch]
    guard handling.forfeit == nil else { return }
    if let estimate = estimated(row) {
      accrue(estimate.energy, price, &position)
      let condition = Condition(provisional: (estimate.method, .est05, .estimated))
      position.estimate(row, estimate.energy)
      if handling.isShared {
        share(row, estimate.energy, price, handling, condition, &position)
        return
      }
      position.verdicts[row] = verdicts.number(of: verdict(price, handling, condition))
      return
    }
    let isAwaited = !exports.reach.contains(row)
    let question = Question(version: -1, slot: isAwaited ? 1 : 0, stretch: stretch)
    if let known = pass.known[question] {
      position.verdicts[row] = known
      return
    }
    var gap = verdict(.missing(tariff: nil), .plain, Condition(doubt: .readGapHH))
    gap.sale.payer = handling.payer ?? gap.sale.payer
    if isAwaited { gap.kind = .awaited }
    position.verdicts[row] = verdicts.number(of: gap)
    pass.known[question] = position.verdicts[row]
  }

  private func condition(_ row: Int, _ dayIncomplete: Bool, _ last: [Range<Int>]) -> Condition {
    if let doubt = exports.doubt(row) { return Condition(doubt: doubt) }
    if clockFails(exports.meter(row), exports.halfHour(row)) { return Condition(doubt: .valClockDrift) }
    if holdsSwapped(exports.halfHour(row).start, exports.halfHour(row).end) {
      return Condition(doubt: .valRegistersSwapped)
    }
    let isEstimate = !exports.isActual(row)
    if isEstimate, policy.estimates.value == .never || last.contains(where: { $0.contains(row) }) {
      return Condition(doubt: .whldEstimate)
    }
    if dayIncomplete { return Condition(doubt: .valPeriodCount) }
    if isEstimate { return Condition(provisional: (.payProvisional, .est02, .estimated)) }
    return isUnproven(row) ? Condition(provisional: (.readUnproven, .est06, .estimated)) : .sound
  }

  /// A half-hour that is paid in part and withheld in part.
  private func share(
    _ row: Int, _ energy: Int64, _ price: PriceAnswer, _ handling: Handling, _ condition: Condition,
    _ position: inout Position
  ) {
    let halfHour = exports.halfHour(row)
    add(energy, halfHour.start..<halfHour.end, row, price, handling, condition, &position)
    position.verdicts[row] = VerdictBook.covered
  }

  private func add(
    _ energy: Int64, _ span: Range<Instant>, _ row: Int, _ price: PriceAnswer, _ handling: Handling,
    _ condition: Condition, _ position: inout Position
  ) {
    var own: Int64 = 0
    if case .rate(let rate, _, true) = price { own = rate.microPencePerKilowattHour }
    for share in handling.shares(of: energy) {
      position.pieces.append(
        Piece(
          from: span.lowerBound, to: span.upperBound, energy: share.energy, basis: .halfHours,
          verdict: verdict(price, share.handling, condition), own: own,
          causes: [exports.cause(row)].filter { $0 != .none }))
    }
  }

  /// A half-hour in which treatment changes is shared out by elapsed time, provisionally: nothing measures
  /// shorter times (our assumption).
  private func cut(
    _ row: Int, _ price: PriceAnswer, _ condition: Condition, _ plan: TreatmentPlan,
    _ position: inout Position
  ) {
    let (start, end) = (exports.halfHour(row).start, exports.halfHour(row).end)
    var (rest, from) = (exports.energy(row), start)
    for to in plan.edges(start, end) + [end] {
      let part = to == end ? rest : Self.portion(of: rest, from, to, end)
      var condition = condition
      let rule = plan.rule(at: to) ?? plan.rule(at: from) ?? .est02
      if condition.provisional == nil { condition.provisional = (.payProvisional, rule, .splitByTime) }
      add(part, from..<to, row, price, plan.handling(at: from), condition, &position)
      (rest, from) = (rest - part, to)
    }
  }

  private func tellDayLength(_ day: DayWalk, _ rows: Range<Int>) {
    let length = day.length
    guard length != 48, rows.count == length, isNews("day \(day.date)") else { return }
    log.note(
      length < 48 ? .spDay46 : .spDay50, .sp02, at: settling, subject,
      length < 48
        ? "\(day.date) has 46 half-hours: the clock goes from 01:00 to 02:00 local time"
        : "\(day.date) has 50 half-hours: 01:00 to 02:00 local time comes twice and counts twice")
  }
}

extension PriceSheet.Version {
  fileprivate var isOwn: Bool {
    if case .own = shape { true } else { false }
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
    case .tarUnit: .tar13
    case .tarIneligible: .tar12
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
