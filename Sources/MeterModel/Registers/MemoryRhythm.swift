// What a meter's memory goes through on a beat: registers are saved to non-volatile memory each so often
// (about two hours on an Elster A100C, its handbook says; each change where the memory is FRAM); the supply
// dips; a watchdog resets the processor. What is lost at each is physics, not chance: all that was counted
// since the last save, or what stands below 1 Wh in volatile memory.

internal import Units

/// The beats, in ms; 0 where there is none. They stand on a grid from 1970.
struct MemoryRhythm: Hashable, Sendable {
  /// How often registers are saved.
  var saves: Int64 = 0
  /// How often the supply dips while the save on power fail does not work.
  var dips: Int64 = 0
  /// How often the watchdog resets the processor.
  var resets: Int64 = 0

  /// The first beat after a time.
  func next(after time: Int64) -> Int64 {
    [saves, dips, resets].lazy.filter { $0 > 0 }.map { (floorDivide(time, $0) + 1) * $0 }.min() ?? .max
  }

  /// Whether a beat falls on a time.
  static func falls(_ beat: Int64, on time: Int64) -> Bool { beat > 0 && time % beat == 0 }
}

/// The copy of the registers that survives the loss of the supply.
struct SavedRegisters {
  private var copies: [Register] = []

  /// Does what falls on a time: a dip comes before the save that was due with it.
  mutating func beat(_ rhythm: MemoryRhythm, at time: Int64, _ registers: inout [Register]) {
    if MemoryRhythm.falls(rhythm.dips, on: time), copies.count == registers.count {
      for index in registers.indices {
        registers[index].restore(copies[index])
      }
    }
    if MemoryRhythm.falls(rhythm.resets, on: time) {
      for index in registers.indices { registers[index].loseRest() }
    }
    if MemoryRhythm.falls(rhythm.saves, on: time) { save(registers) }
  }

  mutating func save(_ registers: [Register]) { copies = registers }
}
