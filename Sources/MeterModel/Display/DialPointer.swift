// One pointer of a dial register. Neighbouring pointers turn in opposite directions, for each is geared to
// the next.

internal import Units

/// A pointer and its dial.
public struct DialPointer: Hashable, Sendable {
  /// kWh of one figure: 10 000, 1000, 100, 10, 1; 0 is the red dial of tenths.
  public var kilowattHours: Int
  /// Millionths of a figure, 0 ..< 10 000 000, as the pointer stands: with its misalignment.
  public var position: Int64
  /// The figures of the dials of 1000 and 10 kWh, and of tenths, go round anticlockwise.
  public var isAnticlockwise: Bool

  public var isRed: Bool { kilowattHours == 0 }

  /// The figure behind the pointer: 9 between 9 and 0.
  public var figure: Int { Int(position / Drum.figure) }

  /// Thousandths of a degree from the top, clockwise: 36° for each figure.
  public var angle: Int64 {
    let clockwise = position * 36 / 1000
    return isAnticlockwise ? (360_000 - clockwise) % 360_000 : clockwise
  }

  /// Pointers at a count; `offsets` are misalignments in thousandths of a figure, by dial.
  static func row(
    count: Int128, perKilowattHour: Int128, digits: Int, hasTenth: Bool, offsets: [Int64] = []
  ) -> [DialPointer] {
    let turn = 10 * Int128(Drum.figure)
    var pointers: [DialPointer] = []
    var value = (0..<(digits - 1)).reduce(Int128(1)) { power, _ in power * 10 }
    for place in 0..<digits {
      let offset = Int128(offsets.indices.contains(place) ? offsets[place] : 0) * 1000
      let exact = floorDivide(count * Int128(Drum.figure), perKilowattHour * value)
      pointers.append(
        DialPointer(
          kilowattHours: Int(value), position: Int64(floorModulo(exact + offset, turn)),
          // The dial of 1 kWh is clockwise, and every second one from there.
          isAnticlockwise: !(digits - 1 - place).isMultiple(of: 2)))
      value /= 10
    }
    if hasTenth {
      let exact = floorDivide(count * 10 * Int128(Drum.figure), perKilowattHour)
      pointers.append(
        DialPointer(kilowattHours: 0, position: Int64(floorModulo(exact, turn)), isAnticlockwise: true))
    }
    return pointers
  }
}
