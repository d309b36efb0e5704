// Registers by rate. Rates switch on half-hours of the meter's clock, so each closed half-hour belongs to one
// rate as a whole, and the rates always sum to the total's whole Wh.

internal import Units

/// How registers by rate err.
struct RateFlaws: Hashable, Sendable {
  /// A rate that takes nothing; 0 for none.
  var standing = 0
  /// The rate that takes all, whatever the time; 0 for none.
  var only = 0
  /// By how many half-hours rates switch too late.
  var late = 0

  /// The rate that counts what belongs to `rate`; nil where none does.
  func counts(in rate: Int) -> Int? {
    let taken = only > 0 ? only : rate
    return taken == standing ? nil : taken
  }
}

/// What each rate of each register holds, without the half-hour that is running.
struct RateBook {
  private let windows: [OpticalRateWindow]
  private let zone: OpticalPort.Zone
  /// Whole Wh by rate, 1…8.
  private var closed: [RegisterRole: [WattHours]] = [:]

  static let rates = 1...8

  /// Whether a make of meter switches rates.
  static func switches(_ profile: Profile) -> Bool {
    !(profile.optical.map(\.rates) ?? profile.irda?.rates ?? []).isEmpty
  }

  /// Nil for a make of meter with one rate. What the registers begin with stands in rate 1 (our assumption).
  init?(_ profile: Profile, _ registers: [Register]) {
    windows = profile.optical.map(\.rates) ?? profile.irda?.rates ?? []
    zone = profile.optical?.zone ?? .utc
    guard !windows.isEmpty else { return nil }
    for register in registers { set(register.face.role, to: register.whole) }
  }

  /// The rate of a half-hour of the meter's clock.
  func rate(of period: HalfHour) -> Int {
    let minute =
      zone == .utc
      ? Int(floorModulo(period.start.seconds, 86_400) / 60) : LondonClock.minuteOfDay(at: period.start)
    let window = windows.first { window in
      window.fromMinute <= window.toMinute
        ? (window.fromMinute..<window.toMinute).contains(minute)
        : minute >= window.fromMinute || minute < window.toMinute
    }
    return window.map { min(max($0.rate, Self.rates.lowerBound), Self.rates.upperBound) } ?? 1
  }

  /// Books a closed half-hour. A rate that does not move loses the energy; another takes it where rates are
  /// switched wrongly (RG-07).
  mutating func book(
    _ energy: WattHours, of role: RegisterRole, during period: HalfHour, flaws: RateFlaws = RateFlaws()
  ) {
    let rate = flaws.counts(in: rate(of: period.advanced(by: -flaws.late)))
    guard let rate else { return }
    closed[role, default: Self.empty][rate - 1].value += energy.value
  }

  mutating func set(_ role: RegisterRole, to value: WattHours) {
    closed[role] = Self.empty
    closed[role]?[0] = value
  }

  /// Whole Wh of a rate with the running half-hour's `unlogged`.
  func value(
    _ role: RegisterRole, rate: Int, during period: HalfHour, unlogged: WattHours,
    flaws: RateFlaws = RateFlaws()
  ) -> WattHours {
    guard Self.rates.contains(rate) else { return .zero }
    let sum = closed[role]?[rate - 1] ?? .zero
    let counting = flaws.counts(in: self.rate(of: period.advanced(by: -flaws.late)))
    return counting == rate ? sum + unlogged : sum
  }

  private static let empty = [WattHours](repeating: .zero, count: rates.count)
}

extension Meter {
  /// A rate of a register as it is shown: cut to its step and wrapped. Nil for a register the meter has not.
  /// A meter with one rate counts all in rate 1.
  func shown(_ role: RegisterRole, rate: Int) -> WattHours? {
    guard let register = registers.first(where: { $0.face.role == role }) else { return nil }
    guard let rates else { return rate == 1 ? sample(role) : .zero }
    let value = rates.value(
      role, rate: rate, during: period, unlogged: register.unlogged, flaws: measuring.rates)
    return Register.show(value, step: register.face.resolution, modulus: register.face.rollover.modulus)
  }
}
