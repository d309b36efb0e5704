// WN-01: the meter cannot be reached: no signal, a hub without power, a network down. It meters and logs all
// the while. Requests are accepted; what becomes of them is a setting, as networks differ.

internal import Units

/// An outage of the WAN from its beginning to its end.
struct WANOutage: WANFault {
  static let declaration = FaultDeclaration(
    id: "WN-01", title: "WAN outage", layer: .wan,
    symptoms: "no answers for a while, then many at once; the oldest half-hours may be gone by then",
    parameters: [
      .init(
        name: "requests", meaning: "what becomes of requests: they wait for the end, or the network gives up",
        kind: .choice(["wait", "fail"], default: "wait")),
      .init(
        name: "hold", meaning: "how long the network tries before it gives up",
        kind: .whole(unit: "min", range: 0...10_080, default: 10)),
    ],
    caughtBy: ["R-READ-01", "R-READ-12", "R-VAL-08"], detectors: [.gap, .late])

  private let waits: Bool
  private let hold: TimeSpan

  init(_ values: FaultValues) {
    waits = values.choice("requests") == "wait"
    hold = .minutes(values.whole("hold"))
  }

  var refusal: WANOutcome? { nil }

  var passage: WANPassage { waits ? .waits : .fails(.undelivered, after: hold) }
}
