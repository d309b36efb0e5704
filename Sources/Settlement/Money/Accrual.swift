// What energy is worth by what is known, whoever may hold or forfeit it: every known kilowatt-hour at the price in
// force when it flowed (R-TAR-07). The proposal must account for all of it.

internal import Units

extension Ledger {
  /// Counts energy that is known, at its full price. What is below zero is no energy.
  func accrue(_ energy: Int64, _ price: PriceAnswer, _ position: inout Position) {
    guard energy >= 0 else { return }
    if case .rate(let rate, _, _) = price {
      position.accrued = position.accrued + WattHours(energy) * rate
    } else {
      position.unpriced = position.unpriced + WattHours(energy)
    }
  }

  /// Counts the half-hours of a range of rows.
  func accrueHalfHours(_ rows: Range<Int>, _ sheet: PriceSheet, _ position: inout Position) {
    guard let columns = exports.view else { return }
    for version in sheet.versions {
      let part = version.rows.clamped(to: rows).clamped(to: exports.reach)
      guard !part.isEmpty else { continue }
      if HalfHourKernel.isOutside(columns.energies, part, most: exports.most) {
        accrueOneByOne(part, version, sheet, &position)
        continue
      }
      switch version.shape {
      case .none, .refused:
        let energy = HalfHourKernel.sum(columns.energies, part, most: exports.most)
        position.unpriced = position.unpriced + WattHours(Int64(clamping: energy))
      case .flat(let rate):
        let energy = HalfHourKernel.sum(columns.energies, part, most: exports.most)
        position.accrued = position.accrued + NanoPence(energy * Int128(rate.microPencePerKilowattHour))
      case .clock(let rates): accrueByClock(part, ClockWindow.all(rates), &position)
      case .own:
        if sheet.owns[part].contains(PriceSheet.noPrice) {
          accrueOneByOne(part, version, sheet, &position)
        } else {
          position.accrued = position.accrued + NanoPence(position.value(part))
        }
      }
    }
  }

  private func accrueOneByOne(
    _ rows: Range<Int>, _ version: PriceSheet.Version, _ sheet: PriceSheet, _ position: inout Position
  ) {
    guard let first = rows.first else { return }
    var day = DayWalk(at: exports.halfHour(first))
    for row in rows where exports.isKnown(row) {
      let halfHour = exports.halfHour(row)
      if !day.halfHours.contains(halfHour) { day = DayWalk(at: halfHour) }
      accrue(exports.energy(row), sheet.price(row, version, slot: day.slot(halfHour)), &position)
    }
  }

  /// Windows of the London clock, day by day.
  private func accrueByClock(_ rows: Range<Int>, _ windows: [ClockWindow], _ position: inout Position) {
    guard let columns = exports.view else { return }
    var row = rows.lowerBound
    var total = Int128(0)
    while row < rows.upperBound {
      let day = DayWalk(at: exports.halfHour(row))
      let start = exports.first.distance(to: day.halfHours.lowerBound)
      let end = min(rows.upperBound, start + day.length)
      for window in windows {
        for part in day.places(of: window.slots) {
          let some = (start + part.lowerBound)..<(start + part.upperBound)
          let energy = HalfHourKernel.sum(
            columns.energies, some.clamped(to: row..<end), most: exports.most)
          total += energy * Int128(window.rate.microPencePerKilowattHour)
        }
      }
      row = end
    }
    position.accrued = position.accrued + NanoPence(total)
  }
}

/// Half-hours of the London clock, next to each other, at one rate.
private struct ClockWindow {
  var slots: Range<Int>
  var rate: UnitRate

  static func all(_ rates: [UnitRate]) -> [ClockWindow] {
    var windows: [ClockWindow] = []
    for (slot, rate) in rates.enumerated() {
      if let last = windows.last, last.rate == rate {
        windows[windows.count - 1].slots = last.slots.lowerBound..<(slot + 1)
      } else {
        windows.append(ClockWindow(slots: slot..<(slot + 1), rate: rate))
      }
    }
    return windows
  }
}

extension DayWalk {
  /// Where half-hours of the clock lie in this day, counted from its start: the spring day lacks 2 and 3, the autumn
  /// day has them twice.
  fileprivate func places(of slots: Range<Int>) -> [Range<Int>] {
    switch length {
    case 46:
      return [slots.clamped(to: 0..<2), slots.clamped(to: 4..<48).shifted(by: -2)]
    case 50:
      return [slots.clamped(to: 0..<4), slots.clamped(to: 2..<48).shifted(by: 2)]
    default: return [slots]
    }
  }
}

extension Range<Int> {
  fileprivate func shifted(by count: Int) -> Range<Int> { (lowerBound + count)..<(upperBound + count) }
}
