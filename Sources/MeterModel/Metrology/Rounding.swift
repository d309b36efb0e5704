// The one way in which a measured power is rounded: to the nearest whole mW, halves away from zero. Half a
// mW for a whole year is 4.4 Wh.

/// `value` × `numerator` / `denominator`, to the nearest whole number, halves away from zero. The
/// denominator is above zero; a result beyond 64 bits is the nearest that they hold.
@inline(__always)
func scaleRounded(_ value: Int64, _ numerator: Int64, over denominator: Int64) -> Int64 {
  let (product, isTooLarge) = value.multipliedReportingOverflow(by: numerator)
  guard isTooLarge || product.magnitude > UInt64(Int64.max / 2) else {
    let half = denominator / 2
    return (product + (product < 0 ? -half : half)) / denominator
  }
  let wide = Int128(value) * Int128(numerator)
  let half = Int128(denominator / 2)
  return Int64(clamping: (wide + (wide < 0 ? -half : half)) / Int128(denominator))
}
