// What a smart meter does about tariffs: takes new ones, now or at an instant of its clock; closes billing
// periods; and says how its registers by time of use and block stand (GBCS use cases ECS01a, ECS01c, ECS05,
// ECS17d, ECS17e, ECS20b, ECS20c, ECS21a, ECS24, ECS30, ECS48, ECS66).

public import Units

extension Meter {
  /// The tariff that it counts import by; nil for a meter with one register.
  public var tariff: MeterTariff? { tariffs?.tariff }

  /// Where import goes now, by its own clock; of a block, which of the four is open.
  public var activeTariff: (action: TariffAction, block: Int?)? {
    guard let tariffs else { return nil }
    let action = tariffs.tariff.table.action(at: period.start)
    guard case .blocks(let time) = action else { return (action, nil) }
    let open = runningTariffCount?.openBlock(time: time, ends: tariffs.tariff.thresholds[time] ?? [])
    return (action, open)
  }

  /// Where the second element's import goes now; nil without one.
  public var activeSecondTariff: TariffAction? {
    profile.isTwin ? tariffs?.secondTable.action(at: period.start) : nil
  }

  /// Takes a tariff, from now on or from an instant of its own clock. What it counted so far of the half-hour
  /// that is running stays where it was; a row goes to the billing log of changes, and block counters begin
  /// anew (both our assumption for an instant within a half-hour).
  /// - Returns: why it does not take it; empty when it does.
  @discardableResult
  public func take(_ tariff: MeterTariff, from start: Instant? = nil) -> [String] {
    guard let tariffs else { return ["it has no time-of-use registers"] }
    let times = profile.kind == .smets2 ? MeterTariff.timesWithBlocks : 0
    let objections = tariff.objections(registers: tariffs.registers, times: times)
    if objections.isEmpty { plan(.primary(tariff), from: start) }
    return objections
  }

  /// Takes a switching table for its second element.
  @discardableResult
  public func takeSecond(_ table: SwitchingTable, from start: Instant? = nil) -> [String] {
    guard profile.isTwin, tariffs != nil else { return ["it has no second element"] }
    let objections = table.objections(registers: TariffBook.secondRegisters, times: 0)
    if objections.isEmpty { plan(.second(table), from: start) }
    return objections
  }

  private func plan(_ what: TariffChange.What, from start: Instant?) {
    guard let start, start > ownReading else { return change(what, at: ownReading) }
    tariffs?.pending.append(TariffChange(from: start, what: what))
    tariffs?.pending.sort { $0.from < $1.from }
  }

  private func change(_ what: TariffChange.What, at stamp: Instant) {
    bookRunningHalfHour()
    let row = stand(.tariff, at: Instant(seconds: stamp.seconds))
    switch what {
    case .primary(let tariff):
      tariffs?.tariff = tariff
      tariffs?.resetCounters()
    case .second(let table): tariffs?.secondTable = table
    }
    guard let row else { return }
    tariffs?.byChange.append(row)
    note(.billingLogUpdated, at: row.stamp)
  }

  /// Closes billing periods by a calendar from now on.
  /// - Returns: why it does not take it; nil when it does.
  @discardableResult
  public func setBillingCalendar(_ calendar: BillingCalendar) -> String? {
    guard tariffs != nil else { return "it has no billing log" }
    if let objection = calendar.objection { return objection }
    tariffs?.calendar = calendar
    tariffs?.due = calendar.next(after: ownReading)
    return nil
  }

  /// Sets its block counters to zero (DUIS 1.7); registers stay. False for a meter without.
  @discardableResult
  public func resetBlockCounters() -> Bool {
    guard tariffs != nil else { return false }
    bookRunningHalfHour()
    tariffs?.resetCounters()
    return true
  }

  /// Whether block counters begin anew each UTC midnight (DUIS 6.26). False for a meter without.
  @discardableResult
  public func resetBlockCounters(daily: Bool) -> Bool {
    guard tariffs != nil else { return false }
    tariffs?.resetsDaily = daily
    return true
  }

  private func bookRunningHalfHour() {
    let (first, second) = runningEnergies
    tariffs?.bookRunning(first, second: second, during: period, measuring.rates)
  }

  /// Registers by time of use and block lie in the same memory as the others: what a dip of the supply takes
  /// from those it takes from these (MF-01).
  func keepTariffCount(at time: Int64) {
    if MemoryRhythm.falls(measuring.memory.dips, on: time), let copy = savedTariffCount {
      let (first, second) = runningEnergies
      tariffs?.restore(copy, unlogged: first, second: second)
    }
    if MemoryRhythm.falls(measuring.memory.saves, on: time) { savedTariffCount = runningTariffCount }
  }

  /// What the half-hour that is running has brought so far.
  private var runningEnergies: (WattHours, WattHours) {
    (unlogged(.import), unlogged(.secondaryImport))
  }

  private func unlogged(_ role: RegisterRole) -> WattHours {
    registers.first { $0.face.role == role }?.unlogged ?? .zero
  }

  /// Registers and blocks with what is running.
  var runningTariffCount: TariffCount? {
    guard var book = tariffs else { return nil }
    let (first, second) = runningEnergies
    book.bookRunning(first, second: second, during: period, measuring.rates)
    return book.count
  }
}

extension Meter {
  /// A half-hour of its clock begins: what falls due with it.
  func beginTariffHalfHour(at start: Instant) {
    guard let due = tariffs?.due else { return beginTariffs(at: start) }
    if start >= due {
      if let row = stand(.calendar, at: start) {
        tariffs?.byCalendar.append(row)
        note(.billingLogUpdated, at: start)
      }
      tariffs?.resetCounters()
      let next = tariffs?.calendar?.next(after: start)
      tariffs?.due = next
    }
    beginTariffs(at: start)
  }

  private func beginTariffs(at start: Instant) {
    while let next = tariffs?.pending.first, next.from <= start {
      tariffs?.pending.removeFirst()
      change(next.what, at: start)
    }
  }

  /// A UTC midnight of its clock: the daily read log and the consumption of the day.
  func readTariffDaily(at midnight: Instant) {
    guard let total = registers.first(where: { $0.face.role == .import })?.whole,
      let row = stand(.midnight, at: midnight)
    else { return }
    tariffs?.daily.append(row)
    if let before = tariffs?.midnightTotal { tariffs?.consumption.append((midnight, total - before)) }
    tariffs?.midnightTotal = total
    if tariffs?.resetsDaily == true { tariffs?.resetCounters() }
  }
}

extension Meter {
  /// Import by register and block as it stands now: each as the protocol shows it, modulo 2³² Wh.
  public var tariffStand: TariffStand? { stand(.asked, at: ownReading) }

  /// What the blocks counted since their counters last began anew, those at zero left out; nil without.
  public var blockCounters: [TariffStand.Part]? {
    runningTariffCount.map { Self.blocks($0.blockCounters, modulus) }
  }

  /// Rows by the billing calendar whose stamps lie in `from ... through`, oldest first: at most 12.
  public func readBilling(_ trigger: TariffStand.Trigger, from: Instant, through: Instant) -> [TariffStand] {
    guard let tariffs else { return [] }
    let ring: Ring<TariffStand>
    switch trigger {
    case .calendar: ring = tariffs.byCalendar
    case .tariff: ring = tariffs.byChange
    case .midnight: ring = tariffs.daily
    case .asked: return []
    }
    var rows: [TariffStand] = []
    ring.forEach { if $0.stamp >= from, $0.stamp <= through { rows.append($0) } }
    return rows
  }

  /// Import of each UTC day by its clock, stamped at the end of the day; at most 731 days. A day in which the
  /// register was set is left out (our assumption).
  public func readDailyConsumption(from: Instant, through: Instant) -> [(stamp: Instant, energy: WattHours)] {
    var rows: [(stamp: Instant, energy: WattHours)] = []
    tariffs?.consumption.forEach { if $0.stamp >= from, $0.stamp <= through { rows.append($0) } }
    return rows
  }

  private var modulus: WattHours {
    registers.first { $0.face.role == .import }?.face.rollover.modulus ?? RegisterFace.Rollover.u32.modulus
  }

  private func stand(_ trigger: TariffStand.Trigger, at stamp: Instant) -> TariffStand? {
    guard let count = runningTariffCount, let total = shown(.import) else { return nil }
    let modulus = modulus
    return TariffStand(
      stamp: stamp, trigger: trigger, total: total, secondTotal: shown(.secondaryImport),
      parts: Self.parts(count.registers, modulus) + Self.blocks(count.blockRegisters, modulus),
      secondParts: profile.isTwin ? Self.parts(count.secondRegisters, modulus) : [])
  }

  private static func parts(_ tally: Tally, _ modulus: WattHours) -> [TariffStand.Part] {
    tally.used.compactMap { place in
      let value = Register.show(tally[place], step: WattHours(1), modulus: modulus)
      return value == .zero ? nil : TariffStand.Part(time: place + 1, value: value)
    }
  }

  private static func blocks(_ tally: Tally, _ modulus: WattHours) -> [TariffStand.Part] {
    tally.used.compactMap { place in
      let value = Register.show(tally[place], step: WattHours(1), modulus: modulus)
      let (block, time) = (place / MeterTariff.timesWithBlocks, place % MeterTariff.timesWithBlocks)
      return value == .zero ? nil : TariffStand.Part(block: block + 1, time: time + 1, value: value)
    }
  }
}
