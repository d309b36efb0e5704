// How a meter closes its half-hours: by its own clock, on a UTC grid, into the log of each register and into
// whatever else counts by half-hours. Slots of a quarter or a whole hour (CK-08), a clock that is set in the
// middle of one, and half-hours without supply are here too.

public import Units

extension Meter {
  /// Sets its clock. A half-hour that is cut off by it is logged short under its own stamp; going back logs
  /// stamps a second time, going forward leaves them out. False for a meter that keeps no time.
  @discardableResult
  public func setClock(to reading: Instant) -> Bool {
    guard profile.clock != nil else { return false }
    note(.clockWas, at: ownReading)
    ownClock.set(to: reading, at: now)
    note(.clockSet, at: reading)
    let there = HalfHour(containing: reading)
    if there != period {
      logHalfHour()
      period = there
    }
    boundary = ownClock.firstMillisecond(showing: period.end)
    return true
  }

  func closeHalfHour() {
    logHalfHour()
    period = period.next
    if measuring.missesLeapDay { missLeapDay() }
    if floorModulo(period.index, 48) == 0 { snapshot(at: period.start) }
    boundary = ownClock.firstMillisecond(showing: period.end)
    errand = nextErrand
  }

  /// The clock of a meter that knows no leap years says 1 March when 29 February begins (CK-06).
  func missLeapDay() {
    let date = CivilDate(dayNumber: Int(floorDivide(period.start.seconds, 86_400)))
    guard date.month == 2, date.day == 29 else { return }
    ownClock.set(to: ownClock.reading(at: now) + .days(1), at: now)
    period = period.advanced(by: 48)
  }

  func logHalfHour() {
    // With slots of an hour the first half is not logged; its energy waits for the second.
    let isLogged = measuring.slot <= Measuring.halfHour || !period.index.isMultiple(of: 2)
    // Without supply a maker enters 0, or nothing.
    let isEntered = isLogged && (wasPowered || profile.logs.gaps == .zeroFill)
    defer {
      quarters.removeAll()
      wasPowered = isPowered
    }
    for index in registers.indices {
      let all = registers[index].takeUnlogged()
      rates?.book(all, of: registers[index].face.role, during: period, flaws: measuring.rates)
      guard isLogged else {
        waiting[index] += all
        continue
      }
      let energy = quarters.isEmpty ? all + waiting[index] : all - quarters[index]
      waiting[index] = .zero
      guard logs[index].halfHours.capacity > 0, isEntered else { continue }
      let cause = whenLogged?(logs[index].role, period.end, energy) ?? .none
      logs[index].halfHours.append(
        MeterLog.HalfHourEntry(period: period, energy: Int32(clamping: energy.value), cause: cause))
      logs[index].standings.append(registers[index].shown)
    }
  }

  func snapshot(at midnight: Instant) {
    for index in registers.indices where logs[index].snapshots.capacity > 0 {
      logs[index].snapshots.append(MeterLog.Snapshot(stamp: midnight, value: registers[index].shown))
    }
  }
}
