// CK-03. The battery or super-capacitor of the clock is flat: an outage that the clock should have survived
// stops it, and it begins anew at a date of the maker's. It does nothing until the supply fails; a clock that
// was lost stays lost until somebody sets it.

internal import Units

/// The clock's reserve is shorter than it should be.
struct ClockReserveFlat: MeterFault {
  static let declaration = FaultDeclaration(
    id: "CK-03", title: "Clock's battery flat", layer: .clock,
    symptoms: "after an outage wild stamps and an invalid clock; nothing under the right ones",
    parameters: [
      .init(
        name: "reserve", meaning: "how long an outage the clock still survives",
        kind: .whole(unit: "min", range: 0...2880, default: 0)),
      .init(
        name: "restart", meaning: "the date at which it begins anew",
        kind: .choice(dates.map(\.name), default: "gbcs-epoch")),
    ],
    caughtBy: ["R-VAL-09"])
  static let kinds: [Profile.Kind] = [.electronic, .smets1, .smets2]

  /// Unix's epoch, that of GBCS, and a date of manufacture (our assumption: 1 January 2015).
  private static let dates: [(name: String, instant: Instant)] = [
    ("unix-epoch", .epoch), ("gbcs-epoch", OutageFace.gbcsEpoch),
    ("manufacture", Instant(seconds: 1_420_070_400)),
  ]

  private let reserve: TimeSpan
  private let restart: Instant

  init(_ values: FaultValues) {
    reserve = .minutes(values.whole("reserve"))
    let word = values.choice("restart")
    restart = Self.dates.first { $0.name == word }?.instant ?? OutageFace.gbcsEpoch
  }

  static func objection(_ values: FaultValues, to profile: Profile) -> String? {
    profile.clock == nil ? "it keeps no time" : nil
  }

  func bend(_ measuring: inout Measuring) {
    measuring.clockReserve = measuring.clockReserve.map { min($0, reserve) } ?? reserve
    measuring.clockRestart = restart
  }
}
