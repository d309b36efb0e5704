// The tariff side of a smart meter: what it was told, what it counted by it, and what it wrote down. It is
// asked once as each half-hour closes and never in between, so a meter measures as fast with it as without.
//
// Capacities are those of the GBCS mapping and the MMC schema 5.4: 12 rows by calendar, 12 by change of
// tariff, 31 daily reads, 731 days of consumption. All are rings.

internal import Units

/// Tariff, registers and billing logs of a meter.
struct TariffBook {
  static let billingRows = 12
  static let dailyRows = 31
  static let consumptionRows = 731
  static let secondRegisters = 4

  /// How many time-of-use registers it has: 48 (SMETS2), 4 (a SMETS1 make).
  let registers: Int
  var tariff = MeterTariff.single { didSet { isSingle = tariff == .single } }
  /// Nobody told it a tariff: all is in the first register, and no table need be asked.
  private var isSingle = true
  var secondTable: SwitchingTable
  private(set) var count: TariffCount
  /// Of the half-hour that is running, what is in `count` already: a tariff changed within it.
  private var booked: WattHours = .zero
  private var secondBooked: WattHours = .zero

  /// What was told for later, in the order of time.
  var pending: [TariffChange] = []
  var calendar: BillingCalendar?
  /// When the calendar falls due next.
  var due: Instant?
  /// Whether block counters begin anew each UTC midnight (DUIS 6.26).
  var resetsDaily = false

  var byCalendar = Ring<TariffStand>(capacity: billingRows)
  var byChange = Ring<TariffStand>(capacity: billingRows)
  var daily = Ring<TariffStand>(capacity: dailyRows)
  var consumption = Ring<(stamp: Instant, energy: WattHours)>(capacity: consumptionRows)
  /// The import register at the last UTC midnight; nil before the first.
  var midnightTotal: WattHours?

  /// Nil for a make that counts import in one register.
  init?(_ profile: Profile, _ standing: [Register]) {
    guard profile.timeOfUseRegisters > 0,
      let first = standing.first(where: { $0.face.role == .import })?.whole
    else { return nil }
    registers = profile.timeOfUseRegisters
    secondTable = .single
    count = TariffCount(
      first: first, secondFirst: standing.first { $0.face.role == .secondaryImport }?.whole ?? .zero)
  }

  /// A register was set by hand; `unlogged` is what the half-hour that is running had brought to it.
  mutating func set(_ role: RegisterRole, to value: WattHours, unlogged: WattHours) {
    switch role {
    case .import: (booked, midnightTotal) = (unlogged, nil)
    case .secondaryImport: secondBooked = unlogged
    case .export, .total, .generation: return
    }
    count.set(role == .import ? value : nil, role == .secondaryImport ? value : nil)
  }

  /// Falls back to an older copy of the registers, made with what was running then.
  mutating func restore(_ copy: TariffCount, unlogged: WattHours, second: WattHours) {
    (count, booked, secondBooked) = (copy, unlogged, second)
  }

  /// Books what a register counted in a half-hour that has closed.
  mutating func close(_ energy: WattHours, of role: RegisterRole, during period: HalfHour, _ flaws: RateFlaws)
  {
    switch role {
    case .import: bookPrimary(energy, at: period.start, flaws)
    case .secondaryImport: bookSecond(energy, at: period.start, flaws)
    case .export, .total, .generation: return
    }
    if role == .import { booked = .zero } else { secondBooked = .zero }
  }

  /// Books what the half-hour that is running has brought so far, under the tariff of now.
  mutating func bookRunning(
    _ energy: WattHours, second: WattHours, during period: HalfHour, _ flaws: RateFlaws
  ) {
    bookPrimary(energy, at: period.start, flaws)
    bookSecond(second, at: period.start, flaws)
    (booked, secondBooked) = (energy, second)
  }

  private mutating func bookPrimary(_ energy: WattHours, at start: Instant, _ flaws: RateFlaws) {
    let action = isSingle ? .register(1) : tariff.table.action(at: start)
    count.book(energy - booked, to: action, of: tariff, flaws: flaws)
  }

  private mutating func bookSecond(_ energy: WattHours, at start: Instant, _ flaws: RateFlaws) {
    count.bookSecond(energy - secondBooked, to: secondTable.action(at: start), flaws: flaws)
  }

  mutating func resetCounters() { count.resetCounters() }
}

/// A tariff that was told, and from when it holds by the meter's clock.
struct TariffChange: Hashable {
  enum What: Hashable {
    case primary(MeterTariff)
    case second(SwitchingTable)
  }

  var from: Instant
  var what: What
}
