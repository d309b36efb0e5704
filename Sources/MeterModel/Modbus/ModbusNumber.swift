// How a value becomes registers. A meter counts in whole numbers; a number is made only when somebody reads,
// so no rounding is ever carried on. Bytes inside a register stand high byte first (MODBUS V1.1b3 section
// 4.2); the order of the registers of one value is the maker's choice.

/// The type of a value in registers.
public enum ModbusNumber: String, Hashable, Sendable, CaseIterable {
  case int16, uint16, int32, uint32, int64, uint64
  /// IEEE 754 binary32.
  case float32

  /// How many registers of 16 bits it takes.
  public var registers: Int {
    switch self {
    case .int16, .uint16: 1
    case .int32, .uint32, .float32: 2
    case .int64, .uint64: 4
    }
  }
}

/// Which register of a value comes first.
public enum WordOrder: String, Hashable, Sendable, CaseIterable {
  /// The most significant register first.
  case mostSignificantFirst = "ABCD"
  /// The least significant register first.
  case leastSignificantFirst = "CDAB"
}

/// What a whole-number register shows beyond its range.
public enum ModbusOverflow: String, Hashable, Sendable, CaseIterable {
  /// Stands at its largest (or least) number: 7FFFFFFF, shown as EEE on a Carlo Gavazzi display.
  case saturate
  /// Comes round, as a counter of so many bits does.
  case wrap
}

/// An exact value: a ratio of whole numbers.
struct ExactRatio: Hashable {
  var numerator: Int64
  /// Above zero and below 2^38.
  var denominator: Int64

  init(_ numerator: Int64, over denominator: Int64 = 1) {
    (self.numerator, self.denominator) = (numerator, denominator)
  }

  static let zero = ExactRatio(0)

  /// The nearest binary32, ties to even, as if the quotient were exact and rounded once.
  var nearestFloat: Float {
    // Both numbers fit a Double, and its quotient is the nearest one. Rounding that again is harmless unless
    // it lies exactly half way between two floats, where the first rounding may have put it.
    if numerator.magnitude < 1 << 53 {
      let quotient = Double(numerator) / Double(denominator)
      if quotient.bitPattern & 0x1FFF_FFFF != 0x1000_0000 { return Float(quotient) }
    }
    return roundedOnce
  }

  /// The same for any numbers: the quotient is formed in whole numbers and rounded once.
  var roundedOnce: Float {
    guard numerator != 0 else { return 0 }
    let (top, bottom) = (numerator.magnitude, UInt64(denominator))
    // Shifted so that the quotient has 25 or 26 bits: at least one more than a significand holds.
    let shift = 25 - (top.bitWidth - top.leadingZeroBitCount) + (bottom.bitWidth - bottom.leadingZeroBitCount)
    let divided =
      shift >= 0
      ? (top << UInt64(shift)).quotientAndRemainder(dividingBy: bottom)
      : top.quotientAndRemainder(dividingBy: bottom << UInt64(-shift))
    // A last bit for all that was cut, so that the conversion below sees on which side of a tie the value
    // lies.
    let sticky = divided.quotient << 1 | (divided.remainder == 0 ? 0 : 1)
    // 2^(−shift − 1), between 2^−63 and 2^38, so the product is exact.
    let power = Float(bitPattern: UInt32(127 - 1 - shift) << 23)
    return numerator < 0 ? -Float(sticky) * power : Float(sticky) * power
  }

  /// The whole part, cut towards zero, as a meter cuts a count to its last digit.
  var whole: Int64 { numerator / denominator }
}

extension ModbusNumber {
  /// The bits of a value in the low end of 64, ready to be cut into registers; those above mean nothing.
  func bits(of value: ExactRatio, overflow: ModbusOverflow) -> UInt64 {
    switch self {
    case .float32: UInt64(value.nearestFloat.bitPattern)
    case .int16: Self.fit(value.whole, as: Int16.self, overflow)
    case .uint16: Self.fit(value.whole, as: UInt16.self, overflow)
    case .int32: Self.fit(value.whole, as: Int32.self, overflow)
    case .uint32: Self.fit(value.whole, as: UInt32.self, overflow)
    case .int64: UInt64(bitPattern: value.whole)
    case .uint64: Self.fit(value.whole, as: UInt64.self, overflow)
    }
  }

  private static func fit<Whole: FixedWidthInteger>(
    _ value: Int64, as type: Whole.Type, _ overflow: ModbusOverflow
  ) -> UInt64 {
    let fitted = overflow == .saturate ? Whole(clamping: value) : Whole(truncatingIfNeeded: value)
    return UInt64(truncatingIfNeeded: fitted)
  }

  /// The register at `offset` of a value with these bits.
  func register(_ offset: Int, of bits: UInt64, order: WordOrder) -> UInt16 {
    let place = order == .mostSignificantFirst ? registers - 1 - offset : offset
    return UInt16(truncatingIfNeeded: bits >> UInt64(16 * place))
  }

  /// The whole number that somebody wrote; nil for a float that is none.
  func wholeNumber(from words: ArraySlice<UInt16>, order: WordOrder) -> Int64? {
    let ordered = order == .mostSignificantFirst ? Array(words) : words.reversed()
    let bits = ordered.reduce(UInt64(0)) { $0 << 16 | UInt64($1) }
    switch self {
    case .float32: return Int64(exactly: Float(bitPattern: UInt32(truncatingIfNeeded: bits)))
    case .int16: return Int64(Int16(truncatingIfNeeded: bits))
    case .int32: return Int64(Int32(truncatingIfNeeded: bits))
    case .uint16, .uint32: return Int64(bits)
    case .int64: return Int64(bitPattern: bits)
    case .uint64: return Int64(exactly: bits)
    }
  }
}
