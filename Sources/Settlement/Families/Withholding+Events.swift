// What may be told of withholding, suspension and recovery.

internal import Units

extension EventName {
  public static let withholdingOrdered = EventName("withholding-ordered")
  public static let withholdingLifted = EventName("withholding-lifted")
  public static let recoveryInstructed = EventName("recovery-instructed")
  public static let mcsSuspended = EventName("mcs-suspended")
  public static let mcsResumed = EventName("mcs-resumed")
  public static let changeFound = EventName("change-found")
  public static let ofgemDecided = EventName("ofgem-decided")
  public static let licenseeDecided = EventName("licensee-decided")
}

extension FactKey {
  public static let ground = FactKey("ground")
  public static let part = FactKey("part")
  public static let outcome = FactKey("outcome")
}

/// The ground for a recovery that is none for a withholding.
enum RecoveryGround {
  static let evidence = "ad-evidence"
  static let all = Policy.WithholdingTerms.Ground.allCases.map(\.rawValue) + [evidence]
}

extension EventDeclaration {
  private static let grounds = Policy.WithholdingTerms.Ground.allCases.map(\.rawValue)
  private static let findings = UndeclaredChange.Kind.allCases.map(\.rawValue)

  static let holdingEvents: [EventDeclaration] = [
    EventDeclaration(
      .withholdingOrdered, "somebody who may do so has payment withheld or reduced", [.whld01, .whld04],
      [
        FactDeclaration(.ground, .word(grounds), needed: true, "why"),
        FactDeclaration(.from, .instant, "from when energy is concerned; else from the event on"),
        FactDeclaration(.until, .instant, "until when; else until it is lifted"),
        FactDeclaration(.part, .perMille, "paid at this part of the rate; else not at all"),
        FactDeclaration(.why, .text, "in the licensee's words"),
      ]),
    EventDeclaration(
      .withholdingLifted, "a withholding, or a stop for want of access, is lifted", [.whld04, .acc02],
      [
        FactDeclaration(.ground, .word(grounds), "the ground it stood on; else all that stand"),
        FactDeclaration(.why, .text, "in the licensee's words"),
      ]),
    EventDeclaration(
      .recoveryInstructed, "what was paid is to be recovered", [.whld01, .elig14],
      [
        FactDeclaration(.ground, .word(RecoveryGround.all), needed: true, "why"),
        FactDeclaration(.by, .word([Party.ofgem.rawValue, Party.licensee.rawValue]), "who instructs it"),
        FactDeclaration(.from, .instant, "from when energy was not payable"),
        FactDeclaration(.until, .instant, "until when; else until the event"),
        FactDeclaration(.amount, .money, "a sum, in place of a time or beside it"),
        FactDeclaration(.why, .text, "in their words"),
      ]),
    EventDeclaration(
      .mcsSuspended, "the certificate body suspends the installation, or SEG payment is suspended", [.whld02],
      [
        FactDeclaration(
          .what, .word(["suspended", "removed", "scheme"]),
          "suspended by the body, removed from its register, or suspended from the scheme")
      ]),
    EventDeclaration(
      .mcsResumed, "Ofgem says that payment resumes", [.whld02, .whld04],
      [
        FactDeclaration(.part, .perMille, "at this part of the rate; else at the whole"),
        FactDeclaration(
          .from, .instant,
          "from when that part applies; else from the suspension on, and from the event on if payment "
            + "had resumed before"),
      ]),
    EventDeclaration(
      .changeFound, "the licensee finds a change that nobody told", [.whld03],
      [
        FactDeclaration(.what, .word(findings), needed: true, "what has changed"),
        FactDeclaration(.why, .text, "how it was found"),
      ]),
    decision(.ofgemDecided, "Ofgem decides what becomes of a change that nobody told"),
    decision(.licenseeDecided, "the licensee decides what becomes of a change that nobody told"),
  ]

  private static func decision(_ name: EventName, _ meaning: String) -> EventDeclaration {
    EventDeclaration(
      name, meaning, [.whld03],
      [
        FactDeclaration(
          .outcome, .word(UndeclaredChange.Outcome.allCases.map(\.rawValue)), needed: true,
          "what becomes of the energy held"),
        FactDeclaration(.part, .perMille, "the part of the rate, where it is reduced"),
        FactDeclaration(.what, .word(findings), "which change; else all that are held"),
        FactDeclaration(.why, .text, "in their words"),
      ])
  }
}

extension Boundary {
  static let holdingLimits: [Boundary] = [undeclaredDays]

  static let undeclaredDays = Boundary(
    "changes.undeclared-days", .whld03,
    "so many nights with export or days over capacity show a change less one show none")
}
