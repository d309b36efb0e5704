// What solar panels make in a day has a ceiling that moves with the season (R-VAL-03). By half-hours each
// settlement day is looked at; where only a register is read, each advance,
// against the ceilings of all the days it touches.

internal import Units

extension Ledger {
  func checkSeason() -> [ValidationFinding] {
    guard agreement.installation.technology == .solarPV else { return [] }
    let ceilings = policy.validation.season.months
    let changes = events.contains { $0.name == .capacityChanged || $0.name == .unitAdded }
    return seasonDays(ceilings, changes) + seasonAdvances(ceilings, changes)
  }

  /// The ceiling of a day in Wh.
  private func ceiling(_ date: CivilDate, _ ceilings: [WattHours], _ changes: Bool) -> Int64 {
    let installed =
      changes ? installation(at: LondonClock.startOfDay(date.advanced(byDays: 1))) : agreement.installation
    let most = Int128(ceilings[date.month - 1].value) * Int128(installed.capacity.milliwatts) / 1_000_000
    return Int64(clamping: most)
  }

  private func seasonDays(_ ceilings: [WattHours], _ changes: Bool) -> [ValidationFinding] {
    let days = validation.days
    var found: [ValidationFinding] = []
    for (index, day) in days.days.enumerated() where day.energy > 0 {
      let date = days.date(index)
      let most = ceiling(date, ceilings, changes)
      guard day.energy >= most, isSolarAlone(at: days.start(index)) else { continue }
      touch(.season, excess: day.energy - most)
      guard day.energy > most else { continue }
      let (at, causes) = arrival(from: days.start(index), to: days.end(index))
      found.append(
        ValidationFinding(
          code: .valSeason, rule: .val03, from: days.start(index), to: days.end(index), at: at,
          subject: subject, reads: causes,
          text: "\(WattHours(day.energy)) were exported on \(date), where a day of that month gives at most "
            + "\(WattHours(most))", holds: holds(.valSeason)))
    }
    return found
  }

  private func seasonAdvances(_ ceilings: [WattHours], _ changes: Bool) -> [ValidationFinding] {
    var found: [ValidationFinding] = []
    for chain in exportChains {
      for (open, close) in zip(chain.accepted, chain.accepted.dropFirst()) where close.hold == nil {
        let energy = close.count - open.count
        // A day's ceiling is more than any hour gives: short advances are bounded by capacity.
        guard close.read.at - open.read.at >= .hours(20), energy > 0 else { continue }
        let first = LondonClock.date(at: open.read.at)
        let last = LondonClock.date(at: close.read.at - TimeSpan(microseconds: 1))
        var (most, date) = (Int64(0), first)
        while date <= last, most < energy {
          most += ceiling(date, ceilings, changes)
          date = date.advanced(byDays: 1)
        }
        guard energy > most, isSolarAlone(at: open.read.at) else { continue }
        found.append(
          ValidationFinding(
            code: .valSeason, rule: .val03, from: open.read.at, to: close.read.at, at: close.read.received,
            subject: chain.key.serial, reads: [open.read.cause, close.read.cause],
            text:
              "the register gained \(WattHours(energy)) between \(open.read.at) and \(close.read.at), where "
              + "these days give at most \(WattHours(most))", holds: holds(.valSeason)))
      }
    }
    return found
  }
}

extension Boundary {
  static let season = Boundary(
    "validation.season", .val03, "a day at the ceiling of its month passes, one Wh more is queried")
}
