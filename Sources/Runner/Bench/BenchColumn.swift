// What a column of a load profile says of a half-hour, by group D of its OBIS code (IEC 62056-6-1, table 5):
// an energy, a mean power, or where the register stood.

internal import Units

/// One column, gone through row by row.
struct BenchColumn {
  /// A number of the column, in Wh or W.
  struct Said {
    var processing: UInt8
    var amount: WattHours
    var step: WattHours
  }

  private static let row = TimeSpan.minutes(30)

  /// Half a Wh that is left of a mean power: it belongs to the next row,
  /// so that nothing is lost on the whole.
  private var half: Int64 = 0
  private var before: (at: Instant, stand: WattHours)?

  /// The energy of the half-hour that ends at an instant, and the step in which it was said; nil where the
  /// number does not say: a first stand, or one that does not follow half an hour after another.
  mutating func energy(of said: Said, at end: Instant) -> (WattHours, step: WattHours)? {
    switch said.processing {
    // Time integral 5: over the capture period.
    case 29: return (said.amount, said.step)
    // Current and last mean power: over half an hour it is half as much energy.
    case 4, 5:
      let twice = said.amount.value + half
      half = floorModulo(twice, 2)
      return (WattHours(floorDivide(twice, 2)), WattHours((said.step.value + 1) / 2))
    // Time integral 1: a stand.
    case 8:
      defer { before = (end, said.amount) }
      guard let before, end - before.at == Self.row, said.amount >= before.stand else { return nil }
      return (said.amount - before.stand, said.step)
    default: return nil
    }
  }
}
