// LE-05: the same site is still paid for its export under the feed-in tariff, half of what it generates
// deemed (three quarters for hydro). No reading shows it: only the FIT register does, where somebody looks.

internal import Settlement
internal import Units

/// Export that is paid twice, under FIT and under SEG.
struct FeedInStillPaid: LifeFault {
  static let declaration = FaultDeclaration(
    id: "LE-05", title: "Same site still paid FIT deemed export", layer: .lifeEvent,
    symptoms: "none in any data of the meter; the FIT register names the site",
    parameters: [
      .init(
        name: "register", meaning: "whether anybody looks into the FIT register as it begins",
        kind: .choice(["not-asked", "asked"], default: "not-asked"))
    ],
    caughtBy: ["R-ELIG-06", "R-ELIG-18"],
    leaves: .told)

  private let isAsked: Bool

  init(_ values: FaultValues) { isAsked = values.choice("register") == "asked" }

  func news(at instant: Instant) -> [CaseEvent] {
    guard isAsked else { return [] }
    var facts = Facts()
    facts.values[FactKey("fit-register")] = .text("generation-and-export")
    return [CaseEvent(EventName("fit-checked"), at: instant, facts)]
  }
}
