// Who else is paid for the same export: another SEG licensee, or any organisation where the terms say so
// (R-ELIG-08, -12; K-38). Spans are instants: an overlap of one half-hour is a fault.

internal import Units

extension Boundary {
  static let otherPayer = Boundary(
    "entry.other-payer", .elig08,
    "payers that follow each other are in order, an overlap of one half-hour is not")
}

extension Application {
  func otherPayers(_ out: inout Assessment) {
    for other in all(.otherRegistration) {
      let end = other.facts.instant(.until) ?? .distantFuture
      let name = other.facts.text(.organisation) ?? "somebody else"
      let isLicensee = other.facts.text(.payerKind) != "private-buyer"
      if isLicensee, policy.eligibility.otherLicenseeBars.value { touch(end, &out) }
      let (from, until) = (max(other.at, start), end)
      guard from < until, let why = reason(name, isLicensee, holdsMPAN: other.facts.flag(.holdsMPAN) ?? false)
      else { continue }
      let span = end == .distantFuture ? "from \(from) on" : "from \(from) to \(end)"
      out.bar(
        Bar(
          effect: .forfeit, code: why.code, rule: why.rule, from: from, to: until, causes: [other.cause],
          text: "\(why.text) \(span)"))
    }
  }

  /// Half-hours of an earlier payer that reach past the start of this agreement.
  private func touch(_ end: Instant, _ out: inout Assessment) {
    guard end < .distantFuture else { return }
    let halfHour = HalfHour.length.microseconds
    out.touch(.otherPayer, excess: -floorDivide(-(end - start).microseconds, halfHour))
  }

  private func reason(
    _ name: String, _ isLicensee: Bool, holdsMPAN: Bool
  ) -> (code: ReasonCode, rule: Rule, text: String)? {
    if isLicensee, policy.eligibility.otherLicenseeBars.value {
      return (.eligOtherLicensee, .elig08, "\(name), another SEG licensee, pays for the same export")
    }
    if policy.eligibility.otherPayerBars.value {
      return (
        .eligOtherPayer, .elig08,
        "\(name) pays for the same export, which these terms bar for any organisation,"
      )
    }
    guard holdsMPAN else { return nil }
    return (.eligNoExportMPAN, .elig12, "the export MPAN is registered to \(name) and not to this licensee")
  }
}
