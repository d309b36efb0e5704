// Time-of-use registers and blocks of one smart meter: 48 registers, 4 blocks × 8 times of use twice over
// (registers that never go back, and counters that begin anew with each billing period), and 4 registers of a
// second element (DUIS 4.1.2 and 4.1.3; MMC schema 5.4). Each Wh of the import register is in exactly one of
// the 48 or of the 32, so they always sum to it.

internal import Units

/// What each register and block holds, without the half-hour that is running.
struct TariffCount: Hashable {
  /// By number − 1.
  private(set) var registers = Tally()
  private(set) var secondRegisters = Tally()
  /// By (block − 1) · 8 + (time of use − 1).
  private(set) var blockRegisters = Tally()
  private(set) var blockCounters = Tally()

  /// What the registers begin with stands in the first (our assumption).
  init(first: WattHours, secondFirst: WattHours) {
    set(first, secondFirst)
  }

  /// A register was set by hand: all of it stands in the first, and blocks begin anew (our assumption).
  mutating func set(_ first: WattHours?, _ secondFirst: WattHours?) {
    if let first {
      registers.clear()
      blockRegisters.clear()
      blockCounters.clear()
      registers.add(first, at: 0)
    }
    if let secondFirst {
      secondRegisters.clear()
      secondRegisters.add(secondFirst, at: 0)
    }
  }

  /// Books energy of the primary element. Flaws befall registers; blocks only where one register takes all.
  mutating func book(_ energy: WattHours, to action: TariffAction, of tariff: MeterTariff, flaws: RateFlaws) {
    switch action {
    case .register(let number):
      if let number = flaws.counts(in: number) { registers.add(energy, at: number - 1) }
    case .blocks where flaws.only > 0: registers.add(energy, at: flaws.only - 1)
    case .blocks(let time): bookBlocks(energy, time: time, ends: tariff.thresholds[time] ?? [])
    }
  }

  mutating func bookSecond(_ energy: WattHours, to action: TariffAction, flaws: RateFlaws) {
    guard case .register(let number) = action, let number = flaws.counts(in: number) else { return }
    secondRegisters.add(energy, at: number - 1)
  }

  /// Fills the block that is open up to its end, then the next.
  private mutating func bookBlocks(_ energy: WattHours, time: Int, ends: [WattHours]) {
    var (left, sum) = (energy, counted(time: time))
    for block in 0..<MeterTariff.blocks where left != .zero {
      let room = block < ends.count && block < MeterTariff.blocks - 1 ? ends[block] - sum : nil
      if let room, room <= .zero { continue }
      let part = room.map { min(left, $0) } ?? left
      let place = Self.place(block: block + 1, time: time)
      blockRegisters.add(part, at: place)
      blockCounters.add(part, at: place)
      (left, sum) = (left - part, sum + part)
    }
  }

  /// Counted in all blocks of a time of use since the counters began anew.
  func counted(time: Int) -> WattHours {
    (1...MeterTariff.blocks).reduce(.zero) { $0 + blockCounters[Self.place(block: $1, time: time)] }
  }

  /// The block that is open, 1…4.
  func openBlock(time: Int, ends: [WattHours]) -> Int {
    let sum = counted(time: time)
    return min(ends.count { $0 <= sum }, MeterTariff.blocks - 1) + 1
  }

  mutating func resetCounters() { blockCounters.clear() }

  static func place(block: Int, time: Int) -> Int { (block - 1) * MeterTariff.timesWithBlocks + time - 1 }
}
