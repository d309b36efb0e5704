// WN-04: of each day the network brings only the first half-hours, and calls the answer whole. Nobody asks
// for the rest, as nobody knows that there is one.

internal import Timeline
internal import Units

/// The end of each UTC day is missing from answers that hold half-hours.
struct WANPartialDay: WANFault {
  static let declaration = FaultDeclaration(
    id: "WN-04", title: "Partial day", layer: .wan,
    symptoms: "so many half-hours of each day and no more; the network says that was all",
    parameters: [
      .init(
        name: "slots", meaning: "half-hours of each UTC day that come",
        kind: .whole(unit: "half-hours", range: 1...47, default: 40))
    ],
    caughtBy: ["R-VAL-08", "R-READ-01"], detectors: [.gap])

  private let slots: Int64

  init(_ values: FaultValues) { slots = values.whole("slots") }

  func spoil(
    _ entries: [LogRead.Entry], of request: WANRequest, draws: RandomStream
  ) -> [LogRead.Entry] {
    guard case .halfHours = request.service else { return entries }
    return entries.filter { entry in
      // Stamps are ends: the half-hour before one is the n-th of its day.
      let start = entry.stamp.seconds - 1
      return floorModulo(start, 86_400) / 1800 < slots
    }
  }
}
