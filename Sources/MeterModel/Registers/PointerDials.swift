// Five pointer dials and a red tenth, as on old meters, and how people misread them. Neighbouring dials turn
// in opposite directions, for each is geared to the next.

/// The pointers at some count of kWh.
struct PointerDials {
  /// 10 000, 1000, 100, 10, 1 kWh: each in 0 ..< 10.
  let positions: [Fraction]
  /// The red dial of tenths, which is not read.
  let tenth: Fraction

  init(kilowattHours: Fraction) throws(FractionError) {
    var positions: [Fraction] = []
    for value: Int128 in [10_000, 1000, 100, 10, 1] {
      positions.append(try (kilowattHours / Fraction(value)).modulo(10))
    }
    self.positions = positions
    tenth = try (kilowattHours * Fraction(10)).modulo(10)
  }

  /// The figure behind each pointer: 9 between 9 and 0.
  var correct: String { positions.map { String($0.floor) }.joined() }

  /// Each pointer taken for the figure that it is nearest to.
  var nearestDigit: String {
    get throws(FractionError) {
      var digits = ""
      for position in positions { digits += String(try (position + Fraction(1, over: 2)).floor % 10) }
      return digits
    }
  }

  /// The dials of 1000 and 10 read the wrong way round.
  var oddDialsMirrored: String {
    get throws(FractionError) {
      var digits = ""
      for (index, position) in positions.enumerated() {
        let seen = index.isMultiple(of: 2) ? position : try (Fraction(10) - position).modulo(10)
        digits += String(seen.floor)
      }
      return digits
    }
  }

  /// The red dial read as if it were a digit: ten times too much.
  var withTenth: String { correct + String(tenth.floor) }
}
