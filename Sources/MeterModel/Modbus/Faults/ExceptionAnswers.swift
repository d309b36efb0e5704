// PR-04. A meter or a gateway refuses what it could answer: busy, not ready, no path, target silent (V1.1b3
// section 7). A reader that takes a refusal for a lasting one loses half-hours; one that retries does not.

internal import Timeline
internal import Units
internal import Wire

/// Some requests, or all, get an exception.
struct ExceptionAnswers {
  static let declaration = FaultDeclaration(
    id: "PR-04", title: "Exceptions instead of values", layer: .protocolAnswer,
    symptoms: "reads that fail with exception 01 to 06, 0A or 0B, and retries",
    parameters: [
      .init(
        name: "code", meaning: "the exception",
        kind: .choice(codes.map(\.word), default: "busy")),
      .init(
        name: "rate", meaning: "how many requests get it",
        kind: .whole(unit: "per cent", range: 0...100, default: 100)),
    ],
    caughtBy: ["R-MET-06", "R-EST-01"], detectors: [.gap])

  private static let codes: [(word: String, code: ModbusException)] = [
    ("illegal-function", .illegalFunction), ("illegal-address", .illegalDataAddress),
    ("illegal-value", .illegalDataValue), ("device-failure", .deviceFailure), ("acknowledge", .acknowledge),
    ("busy", .busy), ("gateway-path", .gatewayPathUnavailable), ("gateway-target", .gatewayTargetSilent),
  ]

  let code: ModbusException
  private let rate: Int64

  init(_ setting: FaultSetting) throws(FaultRefusal) {
    let values = try Self.declaration.resolve(setting)
    let word = values.choice("code")
    code = Self.codes.first { $0.word == word }?.code ?? .busy
    rate = values.whole("rate")
  }

  /// Whether a request gets it: drawn for the moment, so that taking another request away moves nothing.
  func strikes(_ stream: RandomStream, at instant: Instant) -> Bool {
    stream.stream(Self.declaration.id)
      .happens(UInt64(bitPattern: instant.microseconds), partsPerMillion: rate * 10_000)
  }
}
