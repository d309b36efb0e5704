// What is in a store, exactly, and how much of it was bought: a supplier may refuse to pay for export that
// came from the grid ("brown" export), and no meter can tell.
// Bought and own energy mix evenly (our assumption).

internal import Units

/// The content of a store in mW·ms.
struct StoredEnergy {
  private static let million: Int64 = 1_000_000

  let capacity: Int64
  private let inPerMillion: Int64
  private let outPerMillion: Int64

  /// mW·ms held, 0…capacity.
  private(set) var held: Int64
  /// Of so much that was held when it last charged, so much came from the grid.
  /// Giving leaves the mixture as it is.
  private var mixture: (bought: Int64, held: Int64) = (0, 1)
  /// mW·ms that will never come out again, since the last asking.
  private var lost: Int64 = 0

  init(_ unit: StorageUnit) {
    capacity = unit.capacity.value * FineEnergy.perWattHour
    held = Int64(Double(unit.capacity.value) * unit.initial) * FineEnergy.perWattHour
    // Half of the losses going in and half coming out.
    let oneWay = Int64((unit.roundTrip.squareRoot() * 1_000_000).rounded())
    (inPerMillion, outPerMillion) = (oneWay, oneWay)
  }

  /// So much of a power (mW) as it can take for a stretch of ms, at most a second.
  func takeable(_ power: Int64, for milliseconds: Int64) -> Int64 {
    let room = capacity - held
    // What is kept is never more than what goes in.
    if room >= power * milliseconds { return power }
    return min(
      power, Int64(Int128(room) * Int128(Self.million) / Int128(inPerMillion) / Int128(milliseconds)))
  }

  /// So much of a power as it can give.
  func giveable(_ power: Int64, for milliseconds: Int64) -> Int64 {
    // One way at least half comes out again (0.3 both ways).
    if held >= 2 * power * milliseconds { return power }
    if held == 0 { return 0 }
    return min(
      power, Int64(Int128(held) * Int128(outPerMillion) / Int128(Self.million) / Int128(milliseconds)))
  }

  /// Takes in energy at its terminals, `fromGrid` of it bought; never more than `takeable` says.
  mutating func take(_ energy: Int64, fromGrid: Int64) {
    let kept = energy * inPerMillion / Self.million
    let before = bought
    held += kept
    mixture = (before + (fromGrid > 0 ? fromGrid * inPerMillion / Self.million : 0), max(held, 1))
    lost += energy - kept
  }

  /// Gives energy at its terminals; never more than `giveable` says.
  mutating func give(_ energy: Int64) {
    let taken = min((energy * Self.million + outPerMillion - 1) / outPerMillion, held)
    held -= taken
    lost += taken - energy
  }

  /// The part of `held` that came from the grid.
  var bought: Int64 { held == mixture.held ? mixture.bought : bought(of: held) }

  /// So much of an energy out of it came from the grid.
  func bought(of energy: Int64) -> Int64 {
    mixture.bought == 0 ? 0 : Self.share(of: energy, mixture.bought, in: mixture.held)
  }

  /// a × b / c rounded down with the product in 128 bits, for b ≤ c.
  private static func share(of a: Int64, _ b: Int64, in c: Int64) -> Int64 {
    c.dividingFullWidth(a.multipliedFullWidth(by: b)).quotient
  }

  /// Uses energy elsewhere (a journey): it leaves the site as a loss.
  mutating func drain(_ energy: Int64) {
    let taken = min(energy, held)
    held -= taken
    lost += taken
  }

  /// What was lost since the last asking, mW·ms.
  mutating func takeLosses() -> Int64 {
    defer { lost = 0 }
    return lost
  }
}
