// HR-06. Nobody went to the meter: the reading is a guess from the last one, or it was rounded to something
// easily said.

internal import Units

/// A reading that is too regular.
struct ReadingGuessed: ReaderFault {
  static let declaration = FaultDeclaration(
    id: "HR-06", title: "Reading guessed or rounded", layer: .person,
    symptoms: "readings end in zeros, or go up by the same amount each day",
    parameters: [
      ReaderChance.parameter(usual: "unknown: our assumption 50 000"),
      .init(
        name: "how", meaning: "the display was looked at and rounded, or not looked at",
        kind: .choice(["rounded", "guessed"], default: "rounded")),
      .init(
        name: "to", meaning: "what it is rounded to: 10, 50 or 100 kWh",
        kind: .whole(unit: "Wh", range: 1000...1_000_000, default: 10_000)),
      .init(
        name: "per-day", meaning: "what a guess takes for a day since the last reading",
        kind: .whole(unit: "Wh", range: 0...100_000, default: 8000)),
    ],
    caughtBy: ["R-READ-06"], detectors: [.fraction, .photo])

  private let chance: ReaderChance
  private let isGuess: Bool
  private let step: Int64
  private let perDay: Int64

  init(_ values: FaultValues) {
    (chance, isGuess) = (ReaderChance(values), values.choice("how") == "guessed")
    (step, perDay) = (values.whole("to"), values.whole("per-day"))
  }

  func spoil(_ read: inout Read, at visit: DisplayVisit) {
    guard chance.strikes(visit) else { return }
    var value = read.value.value
    if isGuess, let last = visit.past.last(where: { $0.register == read.register }) {
      let days = floorDivide(read.at.seconds - last.at.seconds, 86_400)
      value = last.value.value + max(days, 0) * perDay
    }
    read.value = WattHours((value + step / 2) / step * step)
    // Who did not go to the meter has no photograph of it.
    if isGuess { read.photo = nil }
  }
}
