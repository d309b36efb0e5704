// DP-01. One segment of one digit of an LCD is dead: 8 becomes 0 without its middle, 9 without e, 6 without
// b, 7 becomes 1 without a; most other figures become something that is no figure, at which people guess.

internal import Timeline
internal import Units

/// A segment that is never lit.
struct SegmentDead: MeterFault {
  static let declaration = FaultDeclaration(
    id: "DP-01", title: "A segment of the display is dead", layer: .display,
    symptoms: "an 8 is read as 6, 9 or 0, a 7 as 1; the register and remote reads are right",
    parameters: [
      .init(
        name: "digit", meaning: "which digit, from the left",
        kind: .whole(unit: "digit", range: 0...7, default: 0)),
      .init(
        name: "segment", meaning: "which segment: a top, then clockwise to f, g the middle",
        kind: .choice(SevenSegments.names, default: "g")),
    ],
    caughtBy: ["R-READ-09", "R-VAL-02"], detectors: [.spike, .photo])
  static let kinds: [Profile.Kind] = [.electronic, .smets1, .smets2, .modbus]

  private let digit: Int
  private let segment: UInt8

  init(_ values: FaultValues) {
    digit = Int(values.whole("digit"))
    segment = UInt8(SevenSegments.names.firstIndex(of: values.choice("segment")) ?? 0)
  }

  static func objection(_ values: FaultValues, to profile: Profile) -> String? {
    guard let display = profile.display else { return "it has no display" }
    let digits = display.digits + display.decimals
    return values.whole("digit") < Int64(digits) ? nil : "its display has \(digits) digits, the first is 0"
  }

  func bend(_ display: inout DisplayFlaws, of profile: Profile, draws: RandomStream) {
    display.dead[digit, default: 0] |= 1 << segment
  }
}
