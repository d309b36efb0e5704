// From when on an agreement pays: at the latest of its conditions, from the day that the terms name, and not
// at all if the switch is stopped in time (R-ELIG-15, R-ONB-02, -04, -05, -07, -08; K-13, K-14, K-27).

internal import Units

extension Boundary {
  static let coolingOffDays = Boundary(
    "onboarding.cooling-off-days", .onb08,
    "stopping the switch on day 14, 23:59, is in time, on day 15 too late")
}

/// One condition of the start.
private struct StartCondition {
  /// "the form was complete".
  var words: String
  /// Nil while it is not met.
  var met: Instant?
}

extension Application {
  func money(_ steps: OnboardingSteps?, _ out: inout Assessment) {
    startDate(&out)
    coolingOff(&out)
    guard let steps else {
      if policy.onboarding.paysFrom.value == .tariffStart { beforeTariffStart(from: origin, &out) }
      return
    }
    if let event = steps.withdrawn {
      out.bar(
        Bar(
          effect: .forfeit, code: .payBeforeEligible, rule: .elig15, from: origin, causes: [event.cause],
          text: "the application was withdrawn on \(event.date), before the agreement was active"))
      return
    }
    let conditions = startConditions(steps)
    notStarted(steps, conditions, &out)
    let instants = conditions.compactMap(\.met)
    guard instants.count == conditions.count, let start = instants.max() else {
      let open = conditions.filter { $0.met == nil }.map(\.words).joined(separator: ", ")
      out.bar(
        Bar(
          effect: .forfeit, code: .payBeforeEligible, rule: .elig15, from: origin,
          text: "nothing is payable yet; still open: \(open)"))
      return
    }
    beforeStart(conditions, start, &out)
    opening(steps, start, &out)
  }

  // MARK: Conditions

  /// What the agreement waits for, of what somebody spoke about; registration always (R-ELIG-12).
  private func startConditions(_ steps: OnboardingSteps) -> [StartCondition] {
    let wanted = policy.onboarding.startsWhen.value
    var conditions: [StartCondition] = []
    if wanted.contains(.form), steps.saysForm {
      conditions.append(StartCondition(words: "a complete form", met: steps.form.map(Self.day)))
    }
    if wanted.contains(.documents), steps.saysDocuments {
      conditions.append(StartCondition(words: "checked documents", met: steps.documents.map(Self.day)))
    }
    conditions.append(
      StartCondition(words: "registration of the export MPAN", met: steps.registered?.day))
    return conditions
  }

  private static func day(of instant: Instant) -> Instant {
    LondonClock.startOfDay(LondonClock.date(at: instant))
  }

  /// Registered, and yet not begun (R-ONB-04).
  private func notStarted(
    _ steps: OnboardingSteps, _ conditions: [StartCondition], _ out: inout Assessment
  ) {
    guard let registered = steps.registered else { return }
    for condition in conditions where condition.met.map({ $0 > registered.day }) ?? true {
      let when = condition.met.map { "come only on \(LondonClock.date(at: $0))" } ?? "have not come"
      out.remark(
        .onbNotStarted, .onb04, severity: .query, reads: [registered.cause],
        "the export MPAN is registered on \(registered.date), but \(condition.words) \(when): the agreement "
          + "does not start before")
    }
  }

  private func beforeStart(_ conditions: [StartCondition], _ start: Instant, _ out: inout Assessment) {
    guard start > origin else { return }
    let list = conditions.compactMap { one in
      one.met.map { "\(one.words) \(LondonClock.date(at: $0))" }
    }.joined(separator: ", ")
    out.bar(
      Bar(
        effect: .forfeit, code: .payBeforeEligible, rule: .elig15, from: origin, to: start,
        text:
          "what is exported before \(LondonClock.date(at: start)) is not payable; the latest counts of: "
          + list))
  }

  // MARK: From when on

  private func opening(_ steps: OnboardingSteps, _ start: Instant, _ out: inout Assessment) {
    switch policy.onboarding.paysFrom.value {
    case .registration: break
    case .tariffStart: beforeTariffStart(from: start, &out)
    case .confirmation: beforeConfirmation(steps, start, &out)
    }
    guard policy.onboarding.firstReadingPhoto.value, steps.reading == nil else { return }
    let code = steps.readingRefused?.refusal ?? .readPhotoMissing
    out.bar(
      Bar(
        effect: .hold, code: code, rule: .onb02, severity: .hold, from: start,
        causes: steps.readingRefused.map { [$0.cause] } ?? [],
        text: steps.readingRefused == nil
          ? "payment waits for a first reading with a photo"
          : "the first reading does not come with a photo that shows it; the account is not active"))
  }

  private func beforeConfirmation(
    _ steps: OnboardingSteps, _ start: Instant, _ out: inout Assessment
  ) {
    let end = steps.reading.map { max($0, start) }
    guard end.map({ $0 > start }) ?? true else { return }
    let cause = readings.first?.cause
    out.bar(
      Bar(
        effect: .forfeit, code: .payBeforeConfirmation, rule: .onb05, from: start, to: end ?? .distantFuture,
        causes: [cause].compactMap { $0 },
        text: end.map {
          "the first valid export reading is of \($0): what was exported from "
            + "\(LondonClock.date(at: start)) "
            + "is recorded and not payable"
        }
          ?? "eligible from \(LondonClock.date(at: start)), and no valid export reading: nothing is payable"
      ))
  }

  private func beforeTariffStart(from start: Instant, _ out: inout Assessment) {
    guard let date = tariffStart else { return }
    let end = LondonClock.startOfDay(date)
    guard end > start else { return }
    out.bar(
      Bar(
        effect: .forfeit, code: .payBeforeEligible, rule: .onb07, from: start, to: end,
        text: "the tariff starts on \(date); what is exported before is not payable"))
  }

  /// One date under two names; where the plan shows two, the document that counts more decides (K-27).
  private var tariffStart: CivilDate? {
    let (tariff, agreed) = (facts.date(.tariffStartDate), facts.date(.agreementStartDate))
    return policy.onboarding.precedence.value == .terms ? tariff ?? agreed : agreed ?? tariff
  }

  private func startDate(_ out: inout Assessment) {
    guard let tariff = facts.date(.tariffStartDate), let agreed = facts.date(.agreementStartDate),
      tariff != agreed
    else { return }
    let terms = policy.onboarding.precedence.value == .terms
    out.remark(
      .onbStartDateConflict, .onb07, severity: .query,
      "the plan shows \(agreed) for the agreement and \(tariff) for the tariff; "
        + (terms ? "the terms win: both start on \(tariff)" : "the plan wins: both start on \(agreed)"))
  }

  // MARK: Cooling off

  /// Day 0 is the day of the start; the last day counts to its end (R-ONB-08).
  private func coolingOff(_ out: inout Assessment) {
    let (start, last) = coolingOffSpan
    let days = policy.onboarding.coolingOffDays.value
    for request in all(.coolingOffCancelled) {
      let excess = Int64(request.date.dayNumber - last.dayNumber)
      out.touch(.coolingOffDays, excess: excess)
      guard excess <= 0 else {
        out.remark(
          .coolingOffExpired, .onb08, reads: [request.cause],
          "the customer stops the switch on \(request.date), too late: it could be done until \(last), "
            + "\(days) days from \(start)")
        continue
      }
      let reverses = policy.onboarding.coolingOff.value == .reverses
      out.bar(
        Bar(
          effect: .forfeit, code: .coolingOffCancelled, rule: .onb08, from: reverses ? origin : request.day,
          causes: [request.cause],
          text: "the customer stops the switch on \(request.date), by \(last) at the latest: "
            + (reverses ? "it did not happen, and nothing is payable here" : "the agreement ends")))
      out.remark(
        .coolingOffCancelled, .onb08, party: .oldLicensee, reads: [request.cause],
        "the switch is stopped: the old licensee goes on")
    }
  }

  /// The request that stops the switch in time.
  var coolingOffRequest: CaseEvent? { all(.coolingOffCancelled).first { $0.date <= coolingOffSpan.last } }

  private var coolingOffSpan: (first: CivilDate, last: CivilDate) {
    let start = tariffStart ?? LondonClock.date(at: agreement.start)
    return (start, start.advanced(byDays: policy.onboarding.coolingOffDays.value))
  }
}
