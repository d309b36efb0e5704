// One register of a story as its meters come and go: who counts it now, and what was counted by those before.

internal import MeterModel
internal import Settlement
internal import Units

/// The export register that a story settles, or the dial beside it.
struct RegisterView {
  /// The registers that will do; the first one that a meter has.
  let roles: [RegisterRole]
  let use: MeterDetails.Use
  /// The meter that is meant by name; nil for the first that is there for this use.
  let meter: String?
  private(set) var station: Station?
  private(set) var role: RegisterRole?
  /// Counted by meters that were taken away.
  private(set) var carried = WattHours.zero
  private var wasCounted = false

  init(roles: [RegisterRole], use: MeterDetails.Use, meter: String?) {
    (self.roles, self.use, self.meter) = (roles, use, meter)
  }

  mutating func put(_ new: Station, uses: Set<MeterDetails.Use>) {
    guard station == nil, uses.contains(use), meter.map({ $0 == new.name }) ?? true,
      let role = roles.first(where: { new.meter.profile.register($0) != nil })
    else { return }
    (station, self.role, wasCounted) = (new, role, true)
  }

  mutating func remove(_ old: Station) {
    guard station === old, let role else { return }
    carried = carried + (Self.counted(role, by: old) ?? .zero)
    (station, self.role) = (nil, nil)
  }

  /// Counted since the start of the story, unwrapped; nil while no meter ever counted.
  var counted: WattHours? {
    guard wasCounted else { return nil }
    guard let station, let role else { return carried }
    return Self.counted(role, by: station).map { carried + $0 }
  }

  /// Of a twin-element meter the import of both elements: what passes the boundary goes through one of them.
  private static func counted(_ role: RegisterRole, by station: Station) -> WattHours? {
    let second = role == .import ? station.countedSinceStart(.secondaryImport) : nil
    return station.countedSinceStart(role).map { $0 + (second ?? .zero) }
  }

  /// What a value of the register says was counted since the start of the story: the advance nearest to
  /// nothing, as the register comes round at `modulus`.
  func counted(by value: WattHours, modulus: WattHours) -> WattHours? {
    guard let station, let role, let opening = station.opening[role] else { return nil }
    let half = modulus.value / 2
    return carried + WattHours(floorModulo(value.value - opening.value + half, modulus.value) - half)
  }
}
