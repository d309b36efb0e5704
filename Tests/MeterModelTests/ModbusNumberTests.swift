import Testing

@testable import MeterModel

@Suite("Modbus numbers")
struct ModbusNumberTests {
  /// Worked with exact fractions in Python. From 16 384 kWh a float32 steps by 2^-9 = 0.00195 kWh, so 16
  /// 384.001 rounds up to 16 384.00195; from 131 072 by 2^-6 = 0.0156, so 131 072.007 rounds down and .008
  /// up; from 1 048 576 by 2^-3 = 0.125.
  static let floats: [(numerator: Int64, denominator: Int64, bits: UInt32)] = [
    (0, 1000, 0),
    (1_234_500, 1000, 0x449A_5000),
    (987_600, 1000, 0x4476_E666),
    (16_383_999, 1000, 0x467F_FFFF),
    (16_384_000, 1000, 0x4680_0000),
    (16_384_001, 1000, 0x4680_0001),
    (131_072_007, 1000, 0x4800_0000),
    (131_072_008, 1000, 0x4800_0001),
    (1_048_576_062, 1000, 0x4980_0000),
    (1_048_576_063, 1000, 0x4980_0001),
    (1, 1000, 0x3A83_126F),
    (123_456_789, 1000, 0x47F1_2065),
    (-2_000_001, 1000, 0xC4FA_0008),
    (99_999_999_999, 1000, 0x4CBE_BC20),
    (16_777_217, 1, 0x4B80_0000),  // a tie, to the even neighbour below
    (16_777_219, 1, 0x4B80_0002),  // a tie, to the even neighbour above
    (33_554_433, 2, 0x4B80_0000),
    (8_695_652, 230_000, 0x4217_3A8E),
    (1, 3, 0x3EAA_AAAB),
    (-1, 3, 0xBEAA_AAAB),
    (.max, 1, 0x5F00_0000),
    (.min, 1, 0xDF00_0000),
    (1, 137_438_953_472, 0x2D00_0000),
    (999_999_999_999_999_999, 1000, 0x5863_5FA9),
  ]

  @Test("a ratio of whole numbers becomes the nearest float32, ties to even", arguments: floats)
  func nearest(numerator: Int64, denominator: Int64, bits: UInt32) {
    #expect(ExactRatio(numerator, over: denominator).nearestFloat.bitPattern == bits)
    #expect(ExactRatio(numerator, over: denominator).roundedOnce.bitPattern == bits)
  }

  @Test("the quick way to a float and the exact one agree, above all around the middle between two floats")
  func bothWays() {
    var state: UInt64 = 3
    for _ in 0..<200_000 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let denominator = Int64([1, 3, 1000, 3600, 230_000, 690_000][Int(state >> 32) % 6])
      // Half way between two floats near some 24-bit number, one unit more or less.
      let middle = (Int64(state >> 40) << 1 | 1) * denominator
      for ratio in [middle - 1, middle, middle + 1, Int64(truncatingIfNeeded: state) >> 12] {
        let value = ExactRatio(ratio, over: denominator)
        #expect(value.nearestFloat == value.roundedOnce)
      }
    }
  }

  @Test("counting on in whole Wh never stands still, though the float does")
  func stepsAreNotLost() {
    // A float32 of kWh cannot show 1 Wh from 16 384 kWh on, but ten of them show as ten.
    let before = ExactRatio(16_384_000, over: 1000).nearestFloat
    let after = ExactRatio(16_384_010, over: 1000).nearestFloat
    #expect(after - before == 0.009765625)  // 5 × 2^-9: 10 Wh to the nearest step
  }

  @Test("whole numbers are cut towards zero, and kept in their range or wrapped")
  func wholeNumbers() {
    let tenths = ExactRatio(1_234_567, over: 100)  // 12 345.67
    #expect(ModbusNumber.int32.bits(of: tenths, overflow: .saturate) == 12_345)
    let negative = ExactRatio(-1_234_567, over: 100)
    #expect(low(ModbusNumber.int32.bits(of: negative, overflow: .saturate)) == 0xFFFF_CFC7)  // −12 345
    let large = ExactRatio(2_147_483_648)
    #expect(ModbusNumber.int32.bits(of: large, overflow: .saturate) == 0x7FFF_FFFF)
    #expect(low(ModbusNumber.int32.bits(of: large, overflow: .wrap)) == 0x8000_0000)
    #expect(ModbusNumber.uint16.bits(of: ExactRatio(65_536), overflow: .wrap) == 0)
    #expect(ModbusNumber.uint16.bits(of: ExactRatio(65_536), overflow: .saturate) == 65_535)
    // A signed value published as unsigned: 2^32 − 1.
    #expect(ModbusNumber.uint32.bits(of: ExactRatio(-1), overflow: .wrap) == 0xFFFF_FFFF)
    #expect(ModbusNumber.uint32.bits(of: ExactRatio(-1), overflow: .saturate) == 0)
    #expect(ModbusNumber.int64.bits(of: ExactRatio(-1), overflow: .saturate) == .max)
  }

  private func low(_ bits: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: bits) }

  @Test("the order of registers is the maker's")
  func wordOrder() {
    let bits: UInt64 = 0x449A_5000
    func words(_ number: ModbusNumber, _ bits: UInt64, _ order: WordOrder) -> [UInt16] {
      (0..<number.registers).map { number.register($0, of: bits, order: order) }
    }
    #expect(words(.float32, bits, .mostSignificantFirst) == [0x449A, 0x5000])
    #expect(words(.float32, bits, .leastSignificantFirst) == [0x5000, 0x449A])
    #expect(words(.int64, 0x0001_0002_0003_0004, .mostSignificantFirst) == [1, 2, 3, 4])
    #expect(words(.int64, 0x0001_0002_0003_0004, .leastSignificantFirst) == [4, 3, 2, 1])
    #expect(words(.int16, 0xFFFF, .mostSignificantFirst) == [0xFFFF])
  }

  @Test("a written float must be a whole number")
  func written() {
    let first = WordOrder.mostSignificantFirst
    #expect(ModbusNumber.float32.wholeNumber(from: [0x40A0, 0x0000], order: first) == 5)  // 5.0
    #expect(ModbusNumber.float32.wholeNumber(from: [0x0000, 0x40A0], order: .leastSignificantFirst) == 5)
    #expect(ModbusNumber.float32.wholeNumber(from: [0x4020, 0x0000], order: first) == nil)  // 2.5
    #expect(ModbusNumber.float32.wholeNumber(from: [0x7FC0, 0x0000], order: first) == nil)  // not a number
    #expect(ModbusNumber.float32.wholeNumber(from: [0x7F80, 0x0000], order: first) == nil)  // infinity
    #expect(ModbusNumber.int16.wholeNumber(from: [0xFFFF], order: first) == -1)
    #expect(ModbusNumber.uint16.wholeNumber(from: [0xFFFF], order: first) == 65_535)
  }

  @Test("square roots are whole and cut")
  func roots() {
    #expect(squareRoot(0) == 0)
    #expect(squareRoot(1) == 1)
    #expect(squareRoot(24) == 4)
    #expect(squareRoot(25) == 5)
    #expect(squareRoot(3 * 230_000 * 230_000) == 398_371)  // 230 V × √3 = 398.3717 V
    #expect(squareRoot(Int128(Int64.max) * Int128(Int64.max)) == .max)
  }
}
