// A fault of a line: one small stage in a chain, as in Toxiproxy, but with our own clock and draws that are
// indexed by frame and byte. To add one: a file with a type like its neighbours, its row in
// `LineFaults.table`, and a test that states its exact effect.

internal import Timeline
internal import Units

/// One armed fault. A declaration has `SharedParameter.unit` where a fault can be one meter's. Its state is
/// its own; what was set is in its initial values.
protocol LineFault: Sendable {
  static var declaration: FaultDeclaration { get }
  /// Only where characters travel one by one; TCP carries bytes whole or not at all.
  static var needsCharacters: Bool { get }
  /// Whether it only throws back what the reader sends.
  static var isReflection: Bool { get }
  init(_ values: FaultValues, stream: RandomStream)
  /// It begins at an instant of the line's time; where nobody knows it, with the first frame.
  mutating func begin(at instant: Instant)
  /// Sees every frame of both directions, in order of their being sent. True if it changed this one.
  mutating func disturb(_ burst: Burst) -> Bool
  /// How a far side's UART really stands that is meant to stand so. Only where the fault is of the UART.
  func uart(_ settings: SerialSettings) -> SerialSettings
  /// Why nothing can come at an instant, as a system would say it; nil while the port is there.
  func trouble(at instant: Instant) -> String?
}

extension LineFault {
  static var isReflection: Bool { false }

  mutating func begin(at instant: Instant) {}
  func uart(_ settings: SerialSettings) -> SerialSettings { settings }
  func trouble(at instant: Instant) -> String? { nil }
}

/// Parameters that several faults share.
enum SharedParameter {
  static let everyUnit: Int64 = 0

  static let unit = FaultDeclaration.Parameter(
    name: "unit", meaning: "station address of the meter it befalls; 0 for every meter of the line",
    kind: .whole(unit: "address", range: 0...255, default: everyUnit))

  static func direction(_ meaning: String) -> FaultDeclaration.Parameter {
    .init(
      name: "direction", meaning: meaning, kind: .choice(["both"] + words, default: "both"))
  }

  private static let words = LineDirection.allCases.map(\.rawValue)

  /// Nil for both.
  static func direction(of values: FaultValues) -> LineDirection? {
    LineDirection(rawValue: values.choice("direction"))
  }

  /// Whether a frame to or from an address is meant.
  static func covers(_ unit: Int64, _ burst: Burst) -> Bool {
    unit == everyUnit || burst.unit.map(Int64.init) == unit
  }
}
