// What is told of complaints, disputes and claims.

internal import Units

extension EventName {
  public static let complaintRaised = EventName("complaint-raised")
  public static let complaintEscalated = EventName("complaint-escalated")
  public static let complaintResolved = EventName("complaint-resolved")
  public static let deadlockLetter = EventName("deadlock-letter")
  public static let paymentDisputed = EventName("payment-disputed")
  public static let disputeSettled = EventName("dispute-settled")
  public static let liabilityClaim = EventName("liability-claim")
  public static let beyondControl = EventName("beyond-control")
}

extension FactKey {
  public static let complaint = FactKey("complaint")
  public static let step = FactKey("step")
  public static let disputedFrom = FactKey("disputed-from")
  public static let disputedTo = FactKey("disputed-to")
  public static let claimed = FactKey("claimed")
  public static let series = FactKey("series")
  public static let isIndirect = FactKey("indirect")
  public static let isInjury = FactKey("death-or-injury")
  public static let isBeyondControl = FactKey("beyond-control")
}

extension EventDeclaration {
  private static let name = FactDeclaration(.complaint, .text, "its name, where there are several")

  static let disputeEvents: [EventDeclaration] = [
    EventDeclaration(
      .complaintRaised, "the customer complains", [.dsp01, .dsp02, .dsp04],
      [name, FactDeclaration(.about, .text, "of what")]),
    EventDeclaration(
      .complaintEscalated, "a complaint goes to the next step", [.dsp04],
      [
        name,
        FactDeclaration(.step, .whole(1...3), "1 the team, 2 the complaints procedure, 3 the Ombudsman"),
      ]),
    EventDeclaration(.complaintResolved, "a complaint is resolved", [.dsp01], [name]),
    EventDeclaration(
      .deadlockLetter, "the licensee writes that it can do no more for a complaint", [.dsp01], [name]),
    EventDeclaration(
      .paymentDisputed, "the customer disputes a payment", [.pay11, .dsp03],
      [
        name,
        FactDeclaration(.disputedFrom, .date, "first day of what is disputed; from the start if not stated"),
        FactDeclaration(.disputedTo, .date, "last day of it; without end if not stated"),
        FactDeclaration(.why, .text, "for what reason"),
      ]),
    EventDeclaration(.disputeSettled, "a payment dispute is settled", [.pay11, .dsp03], [name]),
    EventDeclaration(
      .liabilityClaim, "the customer claims damages from the licensee", [.lia01, .lia02, .lia03],
      [
        FactDeclaration(.claimed, .money, needed: true, "how much"),
        FactDeclaration(
          .series, .text, "the event or connected series that it belongs to; one of its own if not stated"),
        FactDeclaration(.isIndirect, .flag, "it is for indirect loss"),
        FactDeclaration(.isInjury, .flag, "it is for death or injury, which no cap limits"),
        FactDeclaration(.isBeyondControl, .flag, "nobody could foresee or control what happened"),
      ]),
    EventDeclaration(
      .beyondControl, "customer or licensee marks what happened as beyond control", [.lia03],
      [
        FactDeclaration(
          .by, .word([Party.customer, .licensee].map(\.rawValue)), needed: true, "beyond whose control"),
        FactDeclaration(.about, .text, needed: true, "what happened"),
      ]),
  ]
}

extension Boundary {
  static let complaintAnswered = Boundary(
    "conduct.ombudsman-days", .dsp01,
    "a complaint answered on day 56 is in time; on day 57 it may go to the Ombudsman")
  static let liabilityCap = Boundary(
    "conduct.liability-cap", .lia01, "claims up to the cap are answered for in full, a penny more is not")

  static let disputeLimits: [Boundary] = [complaintAnswered, liabilityCap]
}
