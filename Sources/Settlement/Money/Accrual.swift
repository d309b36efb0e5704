// What energy is worth by what is known, whoever may hold or forfeit it: every known kilowatt-hour at the
// price in force when it flowed (R-TAR-07). The proposal must account for all of it.

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
    let worth = sheet.worth(rows, of: exports)
    position.accrued = position.accrued + worth.priced
    position.unpriced = position.unpriced + worth.unpriced
  }
}

extension PriceSheet {
  /// What the known half-hours of a range of rows are worth at the full price of each,
  /// and energy without one.
  func worth(_ rows: Range<Int>, of table: HalfHourTable) -> (priced: NanoPence, unpriced: WattHours) {
    guard let columns = table.view else { return (.zero, .zero) }
    var (priced, unpriced) = (Int128(0), Int128(0))
    for version in versions {
      let part = version.rows.clamped(to: rows).clamped(to: table.reach)
      guard !part.isEmpty else { continue }
      if HalfHourKernel.isOutside(columns.energies, part, most: table.most) || lacksPrice(part, version) {
        let sum = oneByOne(part, version, table)
        (priced, unpriced) = (priced + sum.priced, unpriced + sum.unpriced)
        continue
      }
      switch version.shape {
      case .none, .refused: unpriced += HalfHourKernel.sum(columns.energies, part, most: table.most)
      case .flat(let rate):
        let energy = HalfHourKernel.sum(columns.energies, part, most: table.most)
        priced += energy * Int128(rate.microPencePerKilowattHour)
      case .clock(let rates): priced += byClock(part, rates, table)
      case .own:
        priced += owns.withUnsafeBufferPointer {
          HalfHourKernel.value(columns.energies, $0, part, most: table.most, mostPrice: mostOwn)
        }
      }
    }
    return (NanoPence(priced), WattHours(Int64(clamping: unpriced)))
  }

  private func lacksPrice(_ rows: Range<Int>, _ version: Version) -> Bool {
    if case .own = version.shape { hasGap(rows) } else { false }
  }

  private func oneByOne(_ rows: Range<Int>, _ version: Version, _ table: HalfHourTable)
    -> (priced: Int128, unpriced: Int128)
  {
    var (priced, unpriced) = (Int128(0), Int128(0))
    var day = DayWalk(at: table.halfHour(rows.lowerBound))
    for row in rows where table.isKnown(row) && table.energy(row) >= 0 {
      let halfHour = table.halfHour(row)
      day.move(to: halfHour)
      if case .rate(let rate, _, _) = price(row, version, slot: day.slot(halfHour)) {
        priced += Int128(table.energy(row)) * Int128(rate.microPencePerKilowattHour)
      } else {
        unpriced += Int128(table.energy(row))
      }
    }
    return (priced, unpriced)
  }

  /// All of it at the rate that holds longest, and what the other windows of the London clock add or take,
  /// day by day.
  private func byClock(_ rows: Range<Int>, _ rates: [UnitRate], _ table: HalfHourTable) -> Int128 {
    guard let columns = table.view else { return 0 }
    let (base, windows) = ClockWindow.all(rates)
    var row = rows.lowerBound
    var total = HalfHourKernel.sum(columns.energies, rows, most: table.most) * base
    var day = DayWalk(at: table.halfHour(row))
    while row < rows.upperBound {
      day.move(to: table.halfHour(row))
      let start = table.first.distance(to: day.halfHours.lowerBound)
      let end = min(rows.upperBound, start + day.length)
      func sum(_ part: Range<Int>) -> Int128 {
        HalfHourKernel.sum(
          columns.energies, part.shifted(by: start).clamped(to: row..<end), most: table.most)
      }
      for window in windows {
        let (part, again) = day.places(of: window.slots)
        var energy = sum(part)
        if !again.isEmpty { energy += sum(again) }
        total += energy * window.more
      }
      row = end
    }
    return total
  }
}

/// Half-hours of the London clock, next to each other, and how far their rate lies above the longest one.
private struct ClockWindow {
  var slots: Range<Int>
  var more: Int128

  /// The rate that holds longest, in millionths of a penny per kWh, and the windows of other rates.
  static func all(_ rates: [UnitRate]) -> (base: Int128, windows: [ClockWindow]) {
    let prices = rates.map { Int128($0.microPencePerKilowattHour) }
    let lengths = Dictionary(grouping: prices) { $0 }.mapValues(\.count)
    let base = lengths.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key ?? 0
    var windows: [ClockWindow] = []
    for (slot, price) in prices.enumerated() where price != base {
      if let last = windows.last, last.more == price - base, last.slots.upperBound == slot {
        windows[windows.count - 1].slots = last.slots.lowerBound..<(slot + 1)
      } else {
        windows.append(ClockWindow(slots: slot..<(slot + 1), more: price - base))
      }
    }
    return (base, windows)
  }
}

extension DayWalk {
  /// Where half-hours of the clock lie in this day, counted from its start: the spring day lacks 2 and 3, the
  /// autumn day has them twice.
  fileprivate func places(of slots: Range<Int>) -> (Range<Int>, Range<Int>) {
    switch length {
    case 46: (slots.clamped(to: 0..<2), slots.clamped(to: 4..<48).shifted(by: -2))
    case 50: (slots.clamped(to: 0..<4), slots.clamped(to: 2..<48).shifted(by: 2))
    default: (slots, 0..<0)
    }
  }
}

extension Range<Int> {
  fileprivate func shifted(by count: Int) -> Range<Int> { (lowerBound + count)..<(upperBound + count) }
}
