// Small pieces of the sentences in decisions.

internal import Units

enum Phrase {
  static func span(_ from: Instant, _ to: Instant) -> String { "\(from) to \(to)" }

  static func count(_ number: Int, _ one: String, _ many: String? = nil) -> String {
    number == 1 ? "1 \(one)" : "\(number) \(many ?? one + "s")"
  }

  /// Whole per mille as a percentage with one decimal: 50 → "5 %", 1 → "0.1 %".
  static func percent(perMille: Int) -> String {
    perMille % 10 == 0 ? "\(perMille / 10) %" : "\(perMille / 10).\(perMille % 10) %"
  }

  /// Seconds with two decimals, cut: 21.75 s.
  static func seconds(_ span: TimeSpan) -> String {
    let hundredths = span.microseconds / 10_000
    let rest = hundredths % 100
    return "\(hundredths / 100).\(rest < 10 ? "0" : "")\(rest) s"
  }

  /// Mean power of an advance, cut to watts; nil when no time passed.
  static func meanPower(_ energy: Int64, over span: TimeSpan) -> Power? {
    guard span.microseconds > 0 else { return nil }
    let watts = Int128(energy) * 3_600_000_000 / Int128(span.microseconds)
    return Int64(exactly: watts).map { Power(watts: $0) }
  }
}
