// The life of a tariff as far as it is known: plans that supersede each other, notices of change, ends of terms,
// conditions that are met or not (R-TAR-04, R-TAR-08 … -17). In: what was agreed and what was told by then. Out:
// the versions that hold, and what is to be said of them. A pure function of these, run for each state of
// knowledge.

internal import Units

struct TariffLife {
  let agreement: Agreement
  let policy: Policy
  /// Nothing before this is payable.
  let from: Instant
  /// Events known, in the order in which the customer was told.
  let events: [CaseEvent]
  /// When a notice counts as delivered (R-TERM-04); nil where no calendar tells.
  let delivery: (CaseEvent) -> Instant?

  var timeline = TariffTimeline()
  var plans: [TariffPlan] = []
  var rulings: [Ruling] = []
  var touches: [(Boundary, Int64)] = []
  /// Energy that waits because no rate is known for it.
  var holds: [Treatment] = []
  /// Changes that count towards the limit on their number, by their first instants.
  var applied: [Instant] = []

  var subject: String { agreement.exportMPAN ?? agreement.licensee }

  init(
    _ agreement: Agreement, _ policy: Policy, from: Instant, events: [CaseEvent],
    delivery: @escaping (CaseEvent) -> Instant? = { $0.at }
  ) {
    (self.agreement, self.policy, self.from, self.delivery) = (agreement, policy, from, delivery)
    self.events = events.enumerated().sorted {
      ($0.element.at, $0.element.received, $0.element.name, $0.offset)
        < ($1.element.at, $1.element.received, $1.element.name, $1.offset)
    }.map(\.element)
    begin()
    for event in self.events {
      switch event.name {
      case .planIssued: issue(event)
      case .tariffChangeNotified: notice(event)
      case .termsChanged: tellTerms(event)
      default: continue
      }
    }
    for plan in plans { endTerm(of: plan) }
    for plan in plans {
      applyConditions(of: plan)
      touchCapacity(plan)
    }
  }

  // MARK: Plans

  private mutating func begin() {
    let plan = TariffPlan(
      agreement.facts, start: agreement.start, received: from, cause: .none, policy: policy)
    for terms in agreement.tariff { timeline.insert(checked(terms, due: from, error: .error)) }
    plans = [plan]
    check(plan)
    enterDefault(of: plan)
  }

  /// A new plan supersedes the older ones from its first day on (R-TAR-14).
  private mutating func issue(_ event: CaseEvent) {
    guard let day = event.facts.date(.effective) else { return }
    let start = LondonClock.startOfDay(day)
    let plan = TariffPlan(
      event.facts, start: start, received: event.received, cause: event.cause, policy: policy)
    let versions = event.facts.tariff(.tariff).map { checked($0, due: event.received, error: .error) }
    guard !versions.isEmpty else { return }
    timeline.supersede(from: start, by: versions)
    applied.removeAll { $0 >= start }
    for index in plans.indices { plans[index].superseded = min(plans[index].superseded, start) }
    plans.append(plan)
    check(plan)
    enterDefault(of: plan)
  }

  /// The default tariff begins where the term ends, unless what was agreed says what holds then (R-TAR-11).
  private mutating func enterDefault(of plan: TariffPlan) {
    guard let end = plan.end, end > plan.start else { return }
    guard !timeline.versions.contains(where: { $0.terms.from == end }) else { return }
    let versions = plan.defaultTariff.map { checked($0, due: plan.received, error: .error) }
    if versions.isEmpty {
      // Nobody knows a rate: no half-hour has a price until one is told.
      timeline.insert(.init(TariffTerms(name: "none", from: end, shape: .halfHourly([]))))
      return
    }
    for (number, one) in versions.enumerated() where number == 0 || one.terms.from > end {
      timeline.insert(number == 0 ? one.starting(at: end) : one)
    }
  }

  /// A version with what is wrong with it.
  mutating func checked(
    _ terms: TariffTerms, due: Instant, error severity: Severity
  ) -> TariffTimeline.Version {
    guard let problem = TariffCheck.problem(of: terms) else { return .init(terms) }
    rulings.append(
      Ruling(
        problem.code, problem.rule, due: due, terms.name, severity: severity,
        "the tariff '\(terms.name)' from \(terms.from) is not applied: \(problem.why)"))
    return .init(terms, refused: problem.code)
  }

  /// The plan in force at an instant.
  func plan(at instant: Instant) -> TariffPlan? {
    plans.last { $0.start <= instant && instant < $0.superseded }
  }
}
