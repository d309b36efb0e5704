// When a notice counts as delivered (R-TERM-04), and what may be told of endings.

internal import Units

extension Ledger {
  /// When a notice counts as delivered: at once by hand, e-mail or phone; posted, when so many working days
  /// have passed. Nil where the calendar does not reach.
  func delivery(of event: CaseEvent) -> Instant? {
    guard event.facts.text(.channel) == Channel.post else { return event.at }
    let posted = LondonClock.date(at: event.at)
    let days = policy.endings.postedNoticeWorkingDays.value
    return one.calendar?.advanced(posted, by: days).map(LondonClock.startOfDay)
  }

  func tellNotice(_ event: CaseEvent) {
    let days = policy.endings.postedNoticeWorkingDays.value
    let posted = LondonClock.date(at: event.at)
    guard let delivered = delivery(of: event) else {
      log.note(
        .calNoCoverage, .term04, at: event.received, subject, severity: .query, reads: [event.cause],
        "a notice posted on \(posted) counts as delivered after \(Phrase.count(days, "working day")), and "
          + "no calendar of "
          + "bank holidays in England and Wales reaches so far")
      return
    }
    let how =
      event.facts.text(.channel) == Channel.post
      ? "posted on \(posted) counts as delivered on \(LondonClock.date(at: delivered)), after "
        + Phrase.count(days, "working day")
      : "given by \(event.facts.text(.channel) ?? Channel.hand) on \(event.at) counts as delivered at once"
    guard event.facts.text(.channel) != nil else { return }
    let about = event.facts.text(.about).map { " about \($0)" } ?? ""
    log.note(
      .noticeDeemed, .term04, at: event.received, subject, reads: [event.cause], "the notice\(about) \(how)")
  }
}

extension EventName {
  public static let endedByCustomer = EventName("ended-by-customer")
  public static let endedByLicensee = EventName("ended-by-licensee")
  public static let ofgemEnded = EventName("ofgem-ended")
  public static let licenseeStatusLost = EventName("licensee-status-lost")
  public static let noticeSent = EventName("notice-sent")
}

extension FactKey {
  public static let breach = FactKey("breach")
}

extension EventDeclaration {
  private static let channel = FactDeclaration(
    .channel, .word(Channel.all), "how it was sent; posted, it is delivered later")
  private static let day = FactDeclaration(
    .on, .date, "the day on which it is to end; else when it is delivered")
  private static let why = FactDeclaration(.why, .text, "in their words")

  static let endingEvents: [EventDeclaration] = [
    EventDeclaration(
      .endedByCustomer, "the customer gives notice at this moment", [.term01, .term04],
      [
        FactDeclaration(
          .to, .word([Leaving.leaving, Leaving.switching]),
          "whether to leave the scheme or to switch; else to leave"),
        channel, day, why,
      ]),
    EventDeclaration(
      .endedByLicensee, "the licensee gives notice at this moment, for a breach", [.term02, .term04],
      [
        FactDeclaration(
          .breach, .word([Policy.EndingsTerms.slight, "significant"]), "how bad it is; else significant"),
        channel, day, why,
      ]),
    EventDeclaration(.ofgemEnded, "Ofgem directs that the agreement ends", [.term02], [day, why]),
    EventDeclaration(
      .licenseeStatusLost,
      "the firm is a SEG licensee no longer and did not choose it; what it chooses is `licensee-exit`",
      [.term03], [why]),
    EventDeclaration(
      .noticeSent, "somebody sends a notice at this moment", [.term04],
      [
        channel, FactDeclaration(.by, .word([Party.customer.rawValue, Party.licensee.rawValue]), "who"),
        FactDeclaration(.about, .text, "what it says"),
      ]),
  ]
}

extension Boundary {
  static let endingLimits: [Boundary] = [postedNotice]

  static let postedNotice = Boundary(
    "endings.posted-notice-working-days", .term04,
    "a notice delivered by the day on which it is to end the agreement ends it then, one delivered a day "
      + "later when it "
      + "is delivered")
}
