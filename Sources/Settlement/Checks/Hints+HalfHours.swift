// Hints that half-hours and days give: R-SPIKE, R-SHIFT, R-LOW, R-YIELD, R-NET.

internal import Units

extension Ledger {
  private var hints: Policy.Validation.Hints { policy.validation.hints }

  /// R-SPIKE: one half-hour above so many times the median of the same half-hour in the days around it. It is
  /// looked at when the days after it are known too.
  func findSpikes(_ rows: Range<Int>) -> [HintFinding] {
    let (least, days) = (hints.spikeLeast.value.value, hints.spikeDays.value)
    let end = rows.upperBound - 48 * days
    guard rows.lowerBound < end, let columns = exports.view else { return [] }
    let energies = columns.energies
    let factor = Int64(max(hints.spikeFactor.value, 1))
    let reached = exports.reach
    var found: [HintFinding] = []
    for row in rows.lowerBound..<end {
      guard energies[row] > least, exports.isActual(row) else { continue }
      let (scaled, isVast) = energies[row].multipliedReportingOverflow(by: 1000)
      guard isSpike(row, above: isVast ? .max : scaled / factor, columns, reached, days) else { continue }
      let halfHour = exports.halfHour(row)
      let reach = TimeSpan.days(Int64(days))
      let around = arrival(from: halfHour.start, to: halfHour.end + reach)
      found.append(
        HintFinding(
          from: halfHour.start, to: halfHour.end, at: around.at, reads: [exports.cause(row)],
          text: "\(WattHours(energies[row])) in the half-hour from \(halfHour.start) is more than "
            + "\(Phrase.percent(perMille: hints.spikeFactor.value)) of the median of that half-hour in the "
            + "\(days) days before and after"))
    }
    return found
  }

  /// Whether more than half of the known neighbours lie so far below that the median does.
  private func isSpike(
    _ row: Int, above limit: Int64, _ columns: HalfHourColumns, _ reach: Range<Int>, _ days: Int
  ) -> Bool {
    var (below, above) = (0, 0)
    func look(_ other: Int) {
      guard reach.contains(other), columns.marks[other] & HalfHourMarks.actual.rawValue != 0 else { return }
      if columns.energies[other] < limit { below += 1 } else { above += 1 }
    }
    for step in 1...days {
      look(row - 48 * step)
      look(row + 48 * step)
      // Half of all neighbours there can be is more than half of those there are.
      if above >= days { return false }
    }
    return below + above >= days && below > above
  }

  /// R-SHIFT: the middle of the day's export on so many clear days, against the same number of clear days
  /// before. A day is clear that gives three quarters of the best of the two weeks before it. Azimuth and
  /// place do not matter: the home is compared with itself.
  func findShifts() -> [HintFinding] {
    let days = validation.days
    guard agreement.installation.technology == .solarPV, days.days.count > 2 * hints.shiftDays.value else {
      return []
    }
    var clear: [Int] = []
    for index in days.days.indices where days.days[index].isComplete && days.days[index].energy > 0 {
      let best = days.days[max(0, index - 14)...index].map(\.energy).max() ?? 0
      if days.days[index].energy * 4 >= best * 3 { clear.append(index) }
    }
    let width = hints.shiftDays.value
    var found: [HintFinding] = []
    var next = 2 * width
    while next <= clear.count {
      let before = centre(clear[(next - 2 * width)..<(next - width)])
      let after = centre(clear[(next - width)..<next])
      let (first, last) = (clear[next - width], clear[next - 1])
      // Clear days of another season have another sun.
      let near = last - clear[next - 2 * width] <= 4 * width
      if near, TimeSpan.minutes((after - before).magnitude.signed) > hints.shiftLimit.value {
        found.append(
          HintFinding(
            from: days.start(first), to: days.end(last),
            text:
              "on \(width) clear days from \(days.date(first)) to \(days.date(last)) the middle of the day's "
              + "export lies at \(Self.clock(after)) UTC, on the \(width) clear days before at "
              + "\(Self.clock(before)) UTC"))
        next += width
      }
      next += 1
    }
    return found
  }

  /// Mean of the middles, in minutes of UTC.
  private func centre(_ some: ArraySlice<Int>) -> Int64 {
    let days = validation.days
    let sum = some.reduce(Int64(0)) { sum, index in
      // A summer day begins at 23:00Z of the day before.
      let day = days.days[index]
      return sum + floorModulo((day.centre ?? 720) + Int64(day.offset), 1440)
    }
    return sum / Int64(max(some.count, 1))
  }

  private static func clock(_ minutes: Int64) -> String {
    let (hour, minute) = (minutes / 60, minutes % 60)
    return "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute)"
  }

  /// R-LOW: far less than a year before, over so many days between March and October.
  func findLows() -> [HintFinding] {
    let days = validation.days
    let width = hints.lowDays.value
    var found: [HintFinding] = []
    // Without reads and without a stated history, half-hours of a year before are all there is to go by.
    let isAlone = exportChains.allSatisfy(\.accepted.isEmpty) && known(.historyStated).isEmpty
    var index = isAlone ? width + 364 : width
    while index <= days.days.count {
      let (first, last) = (index - width, index - 1)
      guard (3...10).contains(days.date(first).month), (3...10).contains(days.date(last).month),
        let energy = days.energy(first..<index),
        let expected = expectedExport(from: days.start(first), to: days.end(last)), expected > 0,
        Int128(energy) * 1000 < Int128(expected) * Int128(hints.lowFactor.value)
      else {
        index += 1
        continue
      }
      found.append(
        HintFinding(
          from: days.start(first), to: days.end(last),
          text: "\(WattHours(energy)) were exported from \(days.date(first)) to \(days.date(last)), where "
            + "\(WattHours(expected)) are expected from a year before"))
      index += width
    }
    return found
  }

  /// R-YIELD: more in a month than a cloudless sky gives.
  func findYields() -> [HintFinding] {
    let days = validation.days
    guard agreement.installation.technology == .solarPV, let last = days.days.indices.last else { return [] }
    var found: [HintFinding] = []
    for month in days.date(0).monthNumber...days.date(last).monthNumber {
      guard let range = days.days(ofMonth: month), let energy = days.energy(range) else { continue }
      let (from, to) = (days.start(range.lowerBound), days.start(range.upperBound))
      let clear = ClearSky.energy(month: month, installation(at: to).capacity)
      guard Int128(energy) * 1000 > Int128(clear) * Int128(hints.yieldFactor.value), isSolarAlone(at: from)
      else {
        continue
      }
      found.append(
        HintFinding(
          from: from, to: to,
          text: "\(WattHours(energy)) in the month from \(days.date(range.lowerBound)) are more than "
            + "\(Phrase.percent(perMille: hints.yieldFactor.value)) of \(WattHours(clear)), "
            + "which a cloudless month gives"))
    }
    return found
  }

  /// R-NET: neither import nor export for weeks.
  func findStandstills() -> [HintFinding] {
    let days = validation.days
    var found: [HintFinding] = []
    var start: Int?
    for index in 0...days.days.count {
      let isStill =
        index < days.days.count && days.days[index].isComplete && days.days[index].energy == 0
        && importStands(days.start(index), days.end(index))
      if isStill {
        start = start ?? index
        continue
      }
      if let first = start, index - first >= hints.netDays.value {
        found.append(
          HintFinding(
            from: days.start(first), to: days.start(index),
            text:
              "neither import nor export was counted on the \(index - first) days from \(days.date(first)); a home "
              + "draws something"))
      }
      start = nil
    }
    return found
  }

  private func importStands(_ from: Instant, _ to: Instant) -> Bool {
    for table in [imports, ownImports] {
      if let energy = table.energy(from: from, to: to) { return energy == 0 }
    }
    return false
  }
}

extension UInt64 {
  fileprivate var signed: Int64 { Int64(clamping: self) }
}
