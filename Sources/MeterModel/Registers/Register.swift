// A cumulative register. It counts exactly and without end; step and rollover are its face, shown on read
// only.

internal import Units

/// The count of one register: whole Wh, and the rest below 1 Wh in mW·ms.
struct Register {
  private(set) var face: RegisterFace
  /// Unwrapped; negative after a disc ran back through zero.
  private(set) var whole: WattHours
  /// 0 ..< 1 Wh.
  private(set) var rest: FineEnergy = .zero
  /// Whole Wh since the log last asked: so the half-hours always sum to the register's own advance.
  private(set) var unlogged = WattHours(0)

  init(face: RegisterFace, at start: FineEnergy) {
    self.face = face
    whole = start.wholeWattHours
    rest = start - FineEnergy(whole)
  }

  mutating func add(_ energy: Int64) {
    let sum = FineEnergy(milliwattMilliseconds: rest.milliwattMilliseconds + energy)
    let gained = sum.wholeWattHours
    rest = sum - FineEnergy(gained)
    whole = whole + gained
    unlogged = unlogged + gained
  }

  /// Sets the count, as a reset or a person with a key does. The log is not touched.
  mutating func set(to value: WattHours, rest: FineEnergy = .zero) {
    (whole, self.rest) = (value, rest)
  }

  /// Falls back to an older copy of itself. What the log has taken meanwhile it keeps; what is lost is lost
  /// to the half-hour that is running, which cannot fall below zero.
  mutating func restore(_ copy: Register) {
    let lost = whole - copy.whole
    (whole, rest) = (copy.whole, copy.rest)
    unlogged = max(unlogged - lost, min(unlogged, .zero))
  }

  /// Loses what is below 1 Wh: it stood in volatile memory.
  mutating func loseRest() { rest = .zero }

  /// Loses up to so much of what is below a step; the log loses the whole Wh of it too.
  mutating func lose(upTo most: WattHours, below step: WattHours) {
    let remainder = WattHours(floorModulo(whole.value, max(step.value, 1)))
    let lost = min(most, remainder)
    whole = whole - lost
    unlogged = unlogged - min(lost, max(unlogged, .zero))
    rest = .zero
  }

  mutating func takeUnlogged() -> WattHours {
    defer { unlogged = WattHours(0) }
    return unlogged
  }

  /// The exact count; nil beyond ± 2.5 GWh, where mW·ms end.
  var exact: FineEnergy? {
    let (product, tooLarge) = whole.value.multipliedReportingOverflow(by: FineEnergy.perWattHour)
    let (sum, tooLargeAgain) = product.addingReportingOverflow(rest.milliwattMilliseconds)
    return tooLarge || tooLargeAgain ? nil : FineEnergy(milliwattMilliseconds: sum)
  }

  /// The exact count in mW·ms, without a limit.
  var exactCount: Int128 {
    Int128(whole.value) * Int128(FineEnergy.perWattHour) + Int128(rest.milliwattMilliseconds)
  }

  /// Comes round elsewhere from now on.
  mutating func comeRound(at rollover: RegisterFace.Rollover) { face.rollover = rollover }

  /// Cut to the step and wrapped: below zero it shows what an odometer shows, 99 9xx.
  var shown: WattHours { Self.show(whole, step: face.resolution, modulus: face.rollover.modulus) }

  static func show(_ count: WattHours, step: WattHours, modulus: WattHours) -> WattHours {
    let cut = floorDivide(count.value, step.value) * step.value
    return WattHours(floorModulo(cut, modulus.value))
  }
}
