// PR-06. The raw number is right and the power of ten beside it is not: a factor of 1000 between Wh and kWh
// is the usual one. The reader cannot know; only the amounts can look strange.

internal import Units

/// The scaler of every register is off by some powers of ten.
struct ScalerWrong: DLMSFault {
  static let declaration = FaultDeclaration(
    id: "PR-06", title: "DLMS scaler wrong", layer: .protocolAnswer,
    symptoms: "all energies are wrong by one power of ten",
    parameters: [
      .init(
        name: "powers", meaning: "how many powers of ten the scaler says too much; negative: too few",
        kind: .whole(unit: "powers of ten", range: -3...3, default: 3))
    ],
    caughtBy: ["R-VAL-02"], detectors: [.unit])

  private let powers: Int8

  init(_ values: FaultValues) { powers = Int8(clamping: values.whole("powers")) }

  func scaler(_ right: Int8) -> Int8 { right + powers }
}
