// What is in a store, exactly, and how much of it was bought: a supplier may refuse to pay for export that
// came from the grid ("brown" export), and no meter can tell.
// Bought and own energy mix evenly (our assumption).

internal import Units

/// The content of a store in mW·ms.
struct StoredEnergy {
  private static let million: Int128 = 1_000_000

  let capacity: Int64
  private let inPerMillion: Int128
  private let outPerMillion: Int128

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
    let oneWay = Int128((unit.roundTrip.squareRoot() * 1_000_000).rounded())
    (inPerMillion, outPerMillion) = (oneWay, oneWay)
  }

  /// The most power (mW) that it can take, or give, for a stretch of ms.
  func room(for milliseconds: Int64) -> Int64 {
    Int64(Int128(capacity - held) * Self.million / inPerMillion / Int128(milliseconds))
  }
  func content(for milliseconds: Int64) -> Int64 {
    Int64(Int128(held) * outPerMillion / Self.million / Int128(milliseconds))
  }

  /// Takes in energy at its terminals, `fromGrid` of it bought; never more than `room` says.
  mutating func take(_ energy: Int64, fromGrid: Int64) {
    let kept = Int64(Int128(energy) * inPerMillion / Self.million)
    bought += Int64(Int128(fromGrid) * inPerMillion / Self.million)
    held += kept
    lost += energy - kept
  }

  /// Gives energy at its terminals and says how much of it was bought; never more than `content` says.
  mutating func give(_ energy: Int64) -> Int64 {
    let taken = min(Int64((Int128(energy) * Self.million + outPerMillion - 1) / outPerMillion), held)
    let boughtTaken = held > 0 ? Int64(Int128(bought) * Int128(taken) / Int128(held)) : 0
    held -= taken
    bought -= boughtTaken
    lost += taken - energy
    return taken > 0 ? Int64(Int128(energy) * Int128(boughtTaken) / Int128(taken)) : 0
  }

  /// Uses energy elsewhere (a journey): it leaves the site as a loss.
  mutating func drain(_ energy: Int64) {
    let taken = min(energy, held)
    bought -= held > 0 ? Int64(Int128(bought) * Int128(taken) / Int128(held)) : 0
    held -= taken
    lost += taken
  }

  /// What was lost since the last asking, mW·ms.
  mutating func takeLosses() -> Int64 {
    defer { lost = 0 }
    return lost
  }
}
