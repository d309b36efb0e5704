// A cyclometer: figures on drums. The lowest drum turns all the time; each other drum moves by one figure
// while the one below it goes from 9 to 0, and while it moves two figures are half visible. Backwards the
// same gear carries back.

internal import Units

/// One drum.
public struct Drum: Hashable, Sendable {
  /// Millionths of a figure, 0 ..< 10 000 000: 4 500 000 stands half-way between 4 and 5.
  public var position: Int64
  /// Tenths of a kWh, red, not read.
  public var isRed: Bool

  public static let figure: Int64 = 1_000_000

  /// The figure that is being left, 9 between 9 and 0.
  public var leaving: Int { Int(position / Self.figure) }

  /// Whether two figures are half visible: at least a tenth of each.
  public var isBetween: Bool { (100_000...900_000).contains(position % Self.figure) }
}

/// All drums, the highest first.
public struct DrumTrain: Hashable, Sendable {
  public var drums: [Drum]

  /// From which thousandth of the lowest drum's turn the next drum is carried: 900…970. Usual: from 9 on.
  public static let usualCarry: Int64 = 900

  /// The drums at a count in units of 1 / `unitsPerKilowattHour` kWh. `isLate`: play in the train, so that
  /// the others move only once the lowest drum has passed from 9 to 0.
  init(
    count: Int128, perKilowattHour: Int128, digits: Int, hasTenth: Bool, carryFrom: Int64 = usualCarry,
    isLate: Bool = false
  ) {
    let figure = Int128(Drum.figure)
    let step = hasTenth ? perKilowattHour / 10 : perKilowattHour
    // Cut: a position that is not a whole millionth shows a little early.
    let lowest = floorModulo(floorDivide(count * figure, step), 10 * figure)
    var drums = [Drum(position: Int64(lowest), isRed: hasTenth)]
    let window = 10 * figure * Int128(1000 - carryFrom) / 1000
    // What the others show: a window behind where they are late.
    let count = isLate ? count - step * Int128(1000 - carryFrom) / 100 : count
    let turned = floorModulo(floorDivide(count * figure, step), 10 * figure)
    var carried = max(0, turned - (10 * figure - window)) * figure / window
    var value = step * 10
    for _ in 0..<(digits - (hasTenth ? 0 : 1)) {
      let digit = floorModulo(floorDivide(count, value), 10)
      drums.append(Drum(position: Int64(digit * figure + carried), isRed: false))
      if digit != 9 { carried = 0 }
      value *= 10
    }
    self.drums = drums.reversed()
  }

  /// The figures that are read: black drums, each by the figure that it leaves.
  public var figures: [Int] { drums.filter { !$0.isRed }.map(\.leaving) }

  /// As somebody reads them who takes, on each drum between two figures but the lowest, the one that comes.
  public var figuresComing: [Int] {
    drums.indices.filter { !drums[$0].isRed }.map { index in
      let drum = drums[index]
      let isLowest = index == drums.count - 1
      return drum.isBetween && !isLowest ? (drum.leaving + 1) % 10 : drum.leaving
    }
  }
}
