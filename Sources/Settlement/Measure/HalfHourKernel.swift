// Plain loops over columns of half-hours: what the ordinary settlement spends its time on, and nothing else.
// Sums are exact: blocks of 64 bits that are known to fit, added up in 128. The columns are read without
// checks of their bounds in a release build; whoever calls gives ranges inside them.

public enum HalfHourKernel {
  /// How many terms of a size add up in 64 bits without overflow.
  @inline(__always)
  static func block(_ most: Int64) -> Int { Int(Int64.max / max(most, 1)) }

  // MARK: Sum and rate

  /// Sum of energies, none further from zero than `most`.
  public static func sum(
    _ energies: UnsafeMutableBufferPointer<Int64>, _ rows: Range<Int>, most: Int64
  ) -> Int128 {
    let size = block(most)
    var (total, start) = (Int128(0), rows.lowerBound)
    while start < rows.upperBound {
      let end = rows.upperBound - start > size ? start + size : rows.upperBound
      var sum: Int64 = 0
      for row in start..<end { sum &+= energies[row] }
      total += Int128(sum)
      start = end
    }
    return total
  }

  /// Sum of energy × price, half-hour by half-hour: nano-pence for Wh and millionths of a penny per kWh.
  public static func value(
    _ energies: UnsafeMutableBufferPointer<Int64>, _ prices: UnsafeBufferPointer<Int64>, _ rows: Range<Int>,
    most: Int64, mostPrice: Int64
  ) -> Int128 {
    let (product, isTooLarge) = most.multipliedReportingOverflow(by: mostPrice)
    let size = block(product)
    var (total, start) = (Int128(0), rows.lowerBound)
    guard !isTooLarge else {
      for row in rows { total += Int128(energies[row]) * Int128(prices[row]) }
      return total
    }
    while start < rows.upperBound {
      let end = rows.upperBound - start > size ? start + size : rows.upperBound
      var sum: Int64 = 0
      for row in start..<end { sum &+= energies[row] &* prices[row] }
      total += Int128(sum)
      start = end
    }
    return total
  }

  // MARK: Validate

  /// Whether all rows were measured.
  public static func areActual(_ marks: UnsafeMutableBufferPointer<UInt8>, _ rows: Range<Int>) -> Bool {
    var all: UInt8 = 1
    for row in rows { all &= marks[row] }
    return all & 1 == 1
  }

  /// Whether all rows were measured, and nothing is in doubt about them.
  public static func areClean(
    _ marks: UnsafeMutableBufferPointer<UInt8>, _ doubts: UnsafeMutableBufferPointer<UInt8>,
    _ rows: Range<Int>
  ) -> Bool {
    var (all, any): (UInt8, UInt8) = (1, 0)
    for row in rows {
      all &= marks[row]
      any |= doubts[row]
    }
    return all & 1 == 1 && any == 0
  }

  /// Number of rows without a value.
  public static func gaps(_ marks: UnsafeMutableBufferPointer<UInt8>, _ rows: Range<Int>) -> Int {
    var known = 0
    for row in rows { known &+= Int((marks[row] | marks[row] >> 1) & 1) }
    return rows.count - known
  }

  /// Whether a value lies outside `0 ... most`.
  public static func isOutside(
    _ energies: UnsafeMutableBufferPointer<Int64>, _ rows: Range<Int>, most: Int64
  ) -> Bool {
    // One of the two differences is below zero exactly where the value is outside.
    var signs: Int64 = 0
    for row in rows { signs |= energies[row] | (most &- energies[row]) }
    return signs < 0
  }

  /// Whether a value is above a limit.
  public static func exceeds(
    _ energies: UnsafeMutableBufferPointer<Int64>, _ rows: Range<Int>, _ limit: Int64
  ) -> Bool {
    var signs: Int64 = 0
    for row in rows { signs |= limit &- energies[row] }
    return signs < 0
  }

  /// How many rows hold the value of the row before them, and not zero.
  public static func repeats(_ energies: UnsafeMutableBufferPointer<Int64>, _ rows: Range<Int>) -> Int {
    var count = 0
    for row in rows {
      let same = energies[row] == energies[row - 1] && energies[row] != 0
      count &+= same ? 1 : 0
    }
    return count
  }
}
