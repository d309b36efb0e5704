// The licensee's own standing (R-LIC): mandatory or volunteer, leaving the scheme, handing agreements over,
// insolvency, and what it must say of a statement.

internal import Units

extension Ledger {
  func judgeObligation(at now: Instant) {
    let told = events.filter { EventDeclaration.obligationNames.contains($0.name) }
    guard !told.isEmpty else { return }
    judge(Set(told.map(\.received)), at: now) { by in
      guard let by else { return Assessment(subject: agreement.licensee) }
      return LicenseeStanding(
        agreement: agreement, policy: policy, origin: min(one.from, agreement.start),
        events: told.filter { $0.received <= by }.sorted(by: CaseEvent.happens)
      ).assess()
    }
    explainStatements(at: now)
  }
}

extension EventName {
  static let licenseeStatus = EventName("licensee-status")
  static let licenseeExit = EventName("licensee-exit")
  static let licenseeAssigned = EventName("licensee-assigned")
  static let insolvency = EventName("insolvency")
  static let statementAsked = EventName("statement-asked")
}

extension FactKey {
  static let customerCount = FactKey("customers")
  static let volunteers = FactKey("volunteers")
  static let segTariffs = FactKey("seg-tariffs")
  static let noticeGiven = FactKey("notice-given")
}

extension EventDeclaration {
  static let obligationNames = Set(obligationEvents.map(\.name))

  static let obligationEvents: [EventDeclaration] = [
    EventDeclaration(
      .licenseeStatus, "domestic customers of the licensee on 31 December of the year of the event",
      [.lic01, .lic03, .lic06],
      [
        FactDeclaration(.customerCount, .whole(0...100_000_000), needed: true, "how many"),
        FactDeclaration(.volunteers, .flag, "it is a licensee of its own will if it need not be"),
        FactDeclaration(.segTariffs, .whole(0...1000), "SEG tariffs that it offers"),
      ]),
    EventDeclaration(
      .licenseeExit, "the licensee chooses to leave the scheme, from that day on", [.lic03],
      [
        FactDeclaration(
          .noticeGiven, .date, "day on which customers were told; the day of the event's arrival if absent")
      ]),
    EventDeclaration(
      .licenseeAssigned, "the licensee hands the agreement to another firm, from that day on", [.lic05],
      [FactDeclaration(.to, .text, needed: true, "who pays from then on")]),
    EventDeclaration(.insolvency, "the licensee is insolvent", [.lic04]),
    EventDeclaration(
      .statementAsked, "the customer asks what stands behind the last statement", [.lic07]),
  ]
}

extension Boundary {
  static let mandatoryCustomers = Boundary(
    "eligibility.mandatory-customers", .lic01, "150,000 customers make a mandatory licensee, 149,999 do not")
  static let exitNotice = Boundary(
    "eligibility.exit-notice-days", .lic03, "42 days' notice are enough, 41 put the end off")

  static let obligationLimits: [Boundary] = [mandatoryCustomers, exitNotice]
}
