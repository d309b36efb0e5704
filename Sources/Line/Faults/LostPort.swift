// CL-08: the port vanishes: somebody pulls the USB plug, a pseudo-terminal is hung up, an adapter resets.
// While it lasts nothing goes either way. Whoever reads through a system sees an error and opens the port
// again; a reader in a story sees silence, which is all that a line can tell.

internal import Timeline
internal import Units

/// Nothing goes through, either way.
struct LostPort: LineFault {
  static let declaration = FaultDeclaration(
    id: "CL-08", title: "Port vanishes", layer: .line,
    symptoms: "silence in mid answer, input and output errors, a session that must begin anew",
    parameters: [SharedParameter.unit],
    caughtBy: ["R-READ-01", "R-VAL-08"])
  static let needsCharacters = false

  private let unit: Int64

  init(_ values: FaultValues, stream: RandomStream) { unit = values.whole("unit") }

  mutating func disturb(_ frame: Burst) -> Bool {
    guard SharedParameter.covers(unit, frame) else { return false }
    frame.silence()
    return true
  }
}
