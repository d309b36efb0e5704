// DP-04. Pointers sit on their spindles a little off: a pointer at 9.95 may look like 0.05, and whoever reads
// each dial by itself is wrong by one in that place.

internal import Timeline
internal import Units

/// Pointers that are off by part of a figure.
struct PointerMisaligned: MeterFault {
  static let declaration = FaultDeclaration(
    id: "DP-04", title: "Pointer misaligned", layer: .display,
    symptoms: "a read is off by one in some place whenever that pointer stands near a figure",
    parameters: [
      .init(
        name: "spread",
        meaning: "standard deviation of each pointer's offset, drawn for each; never above 250",
        kind: .whole(unit: "thousandth of a figure", range: 0...200, default: 80)),
      .init(
        name: "dial", meaning: "which dial is off, in kWh",
        kind: .choice(["all", "10000", "1000", "100", "10", "1"], default: "all")),
      .init(
        name: "offset", meaning: "by how much exactly, instead of a draw; 0 draws",
        kind: .whole(unit: "thousandth of a figure", range: -250...250, default: 0)),
    ],
    caughtBy: ["R-BACK-01", "R-READ-09"], detectors: [.spike])
  static let kinds: [Profile.Kind] = [.analogue]
  static let most: Int64 = 250

  private let spread: Int64
  private let dial: String
  private let offset: Int64

  init(_ values: FaultValues) {
    (spread, dial, offset) = (values.whole("spread"), values.choice("dial"), values.whole("offset"))
  }

  static func objection(_ values: FaultValues, to profile: Profile) -> String? {
    guard profile.faceDesign.style == .dials else { return "it has no pointers" }
    let digits = profile.display?.digits ?? 0
    let places = values.choice("dial").count
    return values.choice("dial") == "all" || places <= digits ? nil : "it has \(digits) dials"
  }

  func bend(_ display: inout DisplayFlaws, of profile: Profile, draws: RandomStream) {
    let digits = profile.display?.digits ?? 0
    display.offsets = (0..<digits).map { place in
      guard dial == "all" || dial.count == digits - place else { return 0 }
      return offset != 0 ? offset : Self.drawn(draws, UInt64(place), spread)
    }
  }

  /// A normal draw: the sum of twelve even ones less six.
  private static func drawn(_ draws: RandomStream, _ index: UInt64, _ spread: Int64) -> Int64 {
    let sum = (0..<12).reduce(Int64(0)) { $0 + draws.whole(index * 12 + UInt64($1), in: 0...999) } - 5994
    return min(max(sum * spread / 1000, -most), most)
  }
}
