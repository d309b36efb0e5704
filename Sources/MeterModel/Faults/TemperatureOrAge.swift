// ME-20. Errors that follow the seasons and the years: brake magnets and discs (up to 0.10 %/K for class 2),
// burdens and references of static meters. See `Climate` for the temperatures.

internal import Units

/// A gain that depends on the month and on the meter's age.
struct TemperatureOrAge: MeterFault {
  static let declaration = FaultDeclaration(
    id: "ME-20", title: "Temperature or ageing drift", layer: .measurement,
    symptoms: "a bias that swings with the seasons, or grows from year to year",
    parameters: [
      .init(
        name: "temperature", meaning: "error for each kelvin above 23 °C, in millionths (1000 is 0.1 %/K)",
        kind: .whole(unit: "ppm/K", range: -1500...1500, default: 500)),
      .init(
        name: "ageing", meaning: "error for each year since the meter was fitted, in millionths",
        kind: .whole(unit: "ppm/year", range: -10_000...10_000, default: 0)),
      .init(
        name: "age", meaning: "how old the meter is when the story begins",
        kind: .whole(unit: "years", range: 0...60, default: 0)),
    ],
    caughtBy: ["R-VAL-13"], detectors: [.drift],
    leaves: .miscounted)
  static let kinds = Profile.Kind.allCases

  private let perKelvin: Int64
  private let perYear: Int64
  private let age: Int64

  init(_ values: FaultValues) {
    perKelvin = values.whole("temperature")
    (perYear, age) = (values.whole("ageing"), values.whole("age"))
  }

  func bend(_ measuring: inout Measuring) {
    measuring.element.climate.perKelvin += perKelvin
    measuring.element.climate.perYear += perYear
    measuring.element.climate.inherited += perYear * age
  }
}
