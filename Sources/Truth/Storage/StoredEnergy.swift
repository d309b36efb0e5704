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
  /// The part of `held` that came from the grid.
  private(set) var bought: Int64 = 0
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
    return min(
      power, Int64(Int128(held) * Int128(outPerMillion) / Int128(Self.million) / Int128(milliseconds)))
  }

  /// Takes in energy at its terminals, `fromGrid` of it bought; never more than `takeable` says.
  mutating func take(_ energy: Int64, fromGrid: Int64) {
    let kept = energy * inPerMillion / Self.million
    if fromGrid > 0 { bought += fromGrid * inPerMillion / Self.million }
    held += kept
    lost += energy - kept
  }

  /// Gives energy at its terminals and says how much of it was bought; never more than `giveable` says.
  mutating func give(_ energy: Int64) -> Int64 {
    let taken = min((energy * Self.million + outPerMillion - 1) / outPerMillion, held)
    let boughtTaken = boughtPart(of: taken)
    held -= taken
    bought -= boughtTaken
    lost += taken - energy
    guard taken > 0, boughtTaken > 0 else { return 0 }
    return Self.share(of: energy, boughtTaken, in: taken)
  }

  /// a × b / c with the product in 128 bits, for b ≤ c.
  private static func share(of a: Int64, _ b: Int64, in c: Int64) -> Int64 {
    c.dividingFullWidth(a.multipliedFullWidth(by: b)).quotient
  }

  private func boughtPart(of taken: Int64) -> Int64 {
    guard bought > 0, held > 0 else { return 0 }
    return Self.share(of: taken, bought, in: held)
  }

  /// Uses energy elsewhere (a journey): it leaves the site as a loss.
  mutating func drain(_ energy: Int64) {
    let taken = min(energy, held)
    bought -= boughtPart(of: taken)
    held -= taken
    lost += taken
  }

  /// What was lost since the last asking, mW·ms.
  mutating func takeLosses() -> Int64 {
    defer { lost = 0 }
    return lost
  }
}
