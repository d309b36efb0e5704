// CL-04: a meter that agreed to another speed (IEC 62056-21:2002, 6.3, modes B, C and E) really stands at a
// third: its answer is garbage to a reader that kept to the agreement.
// The opening at 300 baud is as it should be.

internal import Timeline
internal import Units

/// A far side whose UART stands wrong after the change of speed.
struct WrongSpeed: LineFault {
  /// The speed of the opening, which is never wrong.
  private static let opening = 300

  static let declaration = FaultDeclaration(
    id: "CL-04", title: "Wrong speed after the change", layer: .line,
    symptoms: "garbage or silence after the acknowledgement; no identification is wrong",
    parameters: [
      .init(
        name: "speed", meaning: "how the meter stands instead of at any speed above 300 baud",
        kind: .whole(unit: "baud", range: 300...19_200, default: 300))
    ],
    caughtBy: ["R-READ-01"], detectors: [.checksum])
  static let needsCharacters = true

  private let speed: Int

  init(_ values: FaultValues, stream: RandomStream) { speed = Int(values.whole("speed")) }

  func uart(_ settings: SerialSettings) -> SerialSettings {
    guard settings.baud > Self.opening else { return settings }
    return settings.at(speed)
  }

  /// Counted for its effect: an answer that was said at the wrong speed.
  mutating func disturb(_ frame: Burst) -> Bool {
    frame.direction == .answer && frame.pace?.baud == speed
  }
}
