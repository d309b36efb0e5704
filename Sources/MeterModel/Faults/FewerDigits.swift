// RG-01. A register comes round to zero and the advance looks like a large fall. It is no fault of the meter, but of
// whoever takes it for one: 5 digits are enough for one phase (100 A × 230 V × 4000 h = 92 000 kWh), 4 were common
// on old dials, 6 are on three-phase meters.

internal import Units

/// The register comes round after so many digits.
struct FewerDigits: MeterFault {
  static let declaration = FaultDeclaration(
    id: "RG-01", title: "Rollover", layer: .register,
    symptoms: "a large negative difference between two reads; the next advance is as always",
    parameters: [
      .init(
        name: "digits", meaning: "whole digits of kWh of register and display",
        kind: .whole(unit: "digits", range: 4...7, default: 5)),
      .init(
        name: "decimals", meaning: "digits after the point of the display",
        kind: .whole(unit: "digits", range: 0...3, default: 0)),
    ],
    caughtBy: ["R-READ-09"])
  static let kinds = Profile.Kind.allCases

  private let digits: Int
  private let decimals: Int

  init(_ values: FaultValues) {
    (digits, decimals) = (Int(values.whole("digits")), Int(values.whole("decimals")))
  }

  func bend(_ measuring: inout Measuring) {
    measuring.rollover = .digits(digits)
    measuring.display = DisplayFace(digits: digits, decimals: decimals)
  }
}
