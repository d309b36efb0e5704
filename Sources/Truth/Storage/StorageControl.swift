// What a store does second by second: it follows the flow at the boundary a moment late and within a dead
// band, or does as its windows say.

internal import Units

/// One store at work; moves forward only.
struct StorageControl {
  private let unit: StorageUnit
  private let most: Int64
  private let deadBand: Int64
  private let standby: Int64
  private(set) var store: StoredEnergy
  /// mW that it gives; negative: takes.
  private var power: Int64 = 0
  private var wasPresent = true
  private var sinceAnswer = 0
  /// The London minute for which windows were looked up.
  private var minute = -1
  private var order = Order.follow

  private enum Order { case follow, charge, discharge, rest, away }

  init(_ unit: StorageUnit) {
    self.unit = unit
    (most, deadBand, standby) = (unit.power.milliwatts, unit.deadBand.milliwatts, unit.standby.milliwatts)
    store = StoredEnergy(unit)
  }

  var connection: Generator.Connection { unit.connection }

  /// What was lost inside since the last asking, mW·ms.
  mutating func takeLosses() -> Int64 { store.takeLosses() }

  /// What a stretch at the boundary came to.
  struct Step {
    /// mW given, or taken (negative).
    var power: Int64 = 0
    /// mW drawn by its electronics.
    var standby: Int64 = 0
  }

  /// Looks up its windows at a new London minute.
  mutating func begin(minuteOfDay: Int) {
    guard minuteOfDay != minute else { return }
    minute = minuteOfDay
    let isPresent = unit.present?.contains(minuteOfDay) ?? true
    if wasPresent, !isPresent { store.drain(unit.journey.value * FineEnergy.perWattHour) }
    wasPresent = isPresent
    if !isPresent {
      order = .away
    } else if unit.charges?.contains(minuteOfDay) == true {
      order = .charge
    } else if unit.discharges?.contains(minuteOfDay) == true {
      order = .discharge
    } else {
      order = unit.mode == .selfUse ? .follow : .rest
    }
  }

  /// Goes through a stretch of at most a second; what it does is decided where a second begins. `boundary` is
  /// the flow at the boundary in the stretch before (import positive),
  /// `surplus` what own generation leaves over in this one (at least 0), mW.
  mutating func step(
    boundary: Int64, surplus: Int64, for milliseconds: Int64, isNewSecond: Bool
  ) -> Step {
    switch order {
    case .away:
      power = 0
      return Step()
    case .rest: power = 0
    case .charge: power = -most
    case .discharge: power = most
    case .follow where isNewSecond:
      sinceAnswer += 1
      if sinceAnswer >= unit.response {
        sinceAnswer = 0
        if boundary > deadBand || boundary < -deadBand { power += boundary }
        power = min(max(power, -most), most)
      }
    case .follow: break
    }
    var step = Step(standby: standby)
    if power > 0 {
      power = store.giveable(power, for: milliseconds)
      store.give(power * milliseconds)
    } else if power < 0 {
      power = -store.takeable(-power, for: milliseconds)
      store.take(-power * milliseconds, fromGrid: max(-power - surplus, 0) * milliseconds)
    }
    step.power = power
    return step
  }
}
