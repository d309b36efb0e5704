// Events of eligibility: what changes in the facts of an application, and who else pays for the export.

internal import Units

extension EventName {
  static let applicationCorrected = EventName("application-corrected")
  static let ownerDeclared = EventName("owner-declared")
  static let ownerDeclarationWithdrawn = EventName("owner-declaration-withdrawn")
  static let dnoNotified = EventName("dno-notified")
  static let commissioned = EventName("commissioned")
  static let fitChecked = EventName("fit-checked")
  static let fitOptOut = EventName("fit-opt-out")
  static let fitOptIn = EventName("fit-opt-in")
  static let otherRegistration = EventName("other-registration")
  static let approvalExpires = EventName("approval-expires")
  static let approvalRenewed = EventName("approval-renewed")
  static let unitFound = EventName("unit-found")
  static let unitResolved = EventName("unit-resolved")
  static let adEvidenceRequested = EventName("ad-evidence-requested")
  static let adEvidenceGiven = EventName("ad-evidence-given")
}

extension FactKey {
  static let organisation = FactKey("organisation")
  static let payerKind = FactKey("payer-kind")
  static let holdsMPAN = FactKey("holds-mpan")
  static let generationUnit = FactKey("unit")
}

extension EventDeclaration {
  static let eligibilityEvents: [EventDeclaration] = proofEvents + fitEvents + payerEvents + plantEvents

  private static let proofEvents = [
    EventDeclaration(
      .applicationCorrected,
      "the customer corrects or completes what the application states, from that day on",
      [.elig15, .onb14], FactGroup.application.facts),
    EventDeclaration(
      .ownerDeclared, "the owner signs the declaration that lets somebody else claim", [.elig05],
      [
        FactDeclaration(.ownerContact, .flag, "it says how to reach the owner; yes if not stated"),
        FactDeclaration(.ownerGivesAccess, .flag, "it lets the licensee reach the meter; yes if not stated"),
      ]),
    EventDeclaration(.ownerDeclarationWithdrawn, "the owner withdraws the declaration", [.elig05]),
    EventDeclaration(.dnoNotified, "the DNO is told of the installation", [.elig13]),
    EventDeclaration(.commissioned, "the installation is commissioned", [.elig17]),
  ]

  private static let fitEvents = [
    EventDeclaration(
      .fitChecked, "the licensee looks the installation up in the FIT register", [.elig18],
      [
        FactDeclaration(
          .fitRegister, .word(ApplicationWords.fitStates), needed: true, "what the register says")
      ]),
    EventDeclaration(
      .fitOptOut, "the customer opts out of FIT export, from that day on", [.elig06, .elig07]),
    EventDeclaration(.fitOptIn, "the customer opts in to FIT export again, from that day on", [.elig06]),
  ]

  private static let payerEvents = [
    EventDeclaration(
      .otherRegistration, "somebody else pays for the same export, from that instant on", [.elig08, .elig12],
      [
        FactDeclaration(.organisation, .text, needed: true, "who"),
        FactDeclaration(
          .payerKind, .word(["seg-licensee", "private-buyer"]), "what it is; a SEG licensee if not stated"),
        FactDeclaration(.holdsMPAN, .flag, "the export MPAN is registered to it or its supplier"),
        FactDeclaration(.until, .instant, "when that ends; not yet if absent"),
      ])
  ]

  private static let plantEvents = [
    EventDeclaration(
      .approvalExpires, "the approval of the export meter runs out: that day is its last", [.elig10],
      [FactDeclaration(.serial, .text, "serial number of the meter")]),
    EventDeclaration(
      .approvalRenewed, "the export meter is approved again from that day on", [.elig10],
      [
        FactDeclaration(.serial, .text, "serial number of the meter"),
        FactDeclaration(.until, .date, "last day of the new approval"),
      ]),
    EventDeclaration(
      .unitFound, "a generation unit that is not on the plan runs behind the export meter", [.elig19],
      [FactDeclaration(.generationUnit, .text, needed: true, "which")]),
    EventDeclaration(
      .unitResolved, "such a unit is put on the plan, metered apart or removed", [.elig19],
      [FactDeclaration(.generationUnit, .text, needed: true, "which")]),
    EventDeclaration(
      .adEvidenceRequested, "evidence on the sustainability of an AD plant is asked for", [.elig14]),
    EventDeclaration(.adEvidenceGiven, "evidence on an AD plant is given", [.elig14]),
  ]
}
