// What a comparison found about half-hours, in sentences: newly held, paid on estimates, released.

internal import Units

extension Ledger {
  func tell(_ news: HalfHourNews, days: [String], at: Instant) {
    for (code, tally) in news.held.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      guard let text = HoldText.of(code, tally, days: days) else { continue }
      if code == .whldEstimate { tellEstimated(tally, at: at) }
      log.note(code, code.holdRule, at: at, subject, severity: .hold, reads: tally.causes, text)
    }
    if news.estimated.count > 0 { tellEstimated(news.estimated, at: at) }
    if news.provisional.count > 0 {
      log.note(
        .payProvisional, .est02, at: at, subject, reads: news.provisional.causes,
        "\(news.provisional.text), \(WattHours(news.provisional.energy)), are estimates and paid "
          + "provisionally; the "
          + "next actual values correct them")
    }
    if news.released.count > 0 {
      log.note(
        .payReleased, .read04, at: at, subject, reads: news.released.causes,
        "\(news.released.text), \(WattHours(news.released.energy)), were held and are paid now")
    }
  }

  private func tellEstimated(_ tally: HoldTally, at: Instant) {
    log.note(
      .readEstimatedHH, .est01, at: at, subject, reads: tally.causes,
      "\(tally.text), \(WattHours(tally.energy)), are flagged as estimated")
  }

  /// What was paid provisionally and is put right on a statement, or stands for good (R-EST-02).
  func tellTruedUp(_ payable: [StatementLine], at: Instant) {
    let lines = payable.filter {
      $0.kind == .adjustment && $0.reason == .payTruedUp && $0.rule == Rule.est02.rawValue
    }
    guard let first = lines.map(\.from).min(), let last = lines.map(\.to).max() else { return }
    let energy = lines.reduce(Int64(0)) { $0 + ($1.energy?.value ?? 0) }
    let exact = lines.reduce(NanoPence(0)) { $0 + $1.exact }
    log.note(
      .payTruedUp, .est02, at: at, subject, reads: lines.flatMap { $0.reads.prefix(1) + $0.reads.suffix(1) },
      "what was paid provisionally for \(Phrase.span(first, last)) is measured now: the difference is "
        + "\(WattHours(energy)) and \(exact)")
  }
}

/// Sentences for half-hours held at settlement; those held by a check were told by it.
private enum HoldText {
  static func of(_ code: ReasonCode, _ tally: HoldTally, days: [String]) -> String? {
    let energy = WattHours(tally.energy)
    switch code {
    case .readGapHH: return "\(tally.text) are missing; nothing is paid for them, and no neighbour stands in"
    case .whldEstimate: return "\(tally.text), \(energy), are held: an estimate is not payable"
    case .tarPriceMissing:
      return "\(tally.text), \(energy), have no price and are held; no neighbour's price is used"
    case .readLoggedHH:
      return
        "\(tally.text), \(energy), were made from reads of a cumulative register, which is not accepted here"
    case .valPeriodCount:
      let shown = days.prefix(5).joined(separator: ", ") + (days.count > 5 ? " …" : "")
      return "\(tally.text), \(energy), are held with their days, which are not complete: \(shown)"
    default: return nil
    }
  }
}
