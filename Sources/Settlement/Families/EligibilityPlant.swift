// Anaerobic digestion: evidence within days of a request (R-ELIG-14).
// Recovery on Ofgem's instruction is a matter of
// `recovery-instructed`.

internal import Units

extension Boundary {
  static let adEvidence = Boundary(
    "eligibility.ad-evidence-days", .elig14, "evidence on day 7 is in time, on day 8 late")
}

extension Application {
  func plant(_ out: inout Assessment) {
    let given = all(.adEvidenceGiven)
    for request in all(.adEvidenceRequested) {
      evidence(for: request, given.first { $0.at >= request.at }, &out)
    }
  }

  private func evidence(for request: CaseEvent, _ answer: CaseEvent?, _ out: inout Assessment) {
    let days = policy.eligibility.adEvidenceDays.value
    let last = request.date.advanced(byDays: days)
    let text =
      "evidence on the AD plant was asked for on \(request.date) and due by \(last), \(days) days later; it "
      + "did not come by then"
    let lapses = Instant.after(last)
    let isLate = answer.map { $0.date > last } ?? false
    if let answer { out.touch(.adEvidence, excess: Int64(answer.date.dayNumber - last.dayNumber)) }
    out.duty(
      Obligation(
        "ad-evidence", of: .customer, rule: .elig14, subject: out.subject, since: request.at, by: last,
        state: answer == nil ? .open : .met, met: answer?.at, text: "evidence on the AD plant"))
    if isLate {
      out.remark(.adEvidenceLate, .elig14, severity: .hold, reads: [request.cause], text)
    } else if answer == nil {
      out.deadline(lapses, .adEvidenceLate, .elig14, severity: .hold, reads: [request.cause], text)
    }
    guard isLate || answer == nil else { return }
    let effect: Treatment.Effect = policy.eligibility.adLate.value == .stop ? .forfeit : .hold
    // Suspended money is released when the evidence comes; stopped money is not.
    guard effect == .forfeit || answer == nil else { return }
    out.treatIfLapsed(
      Treatment(
        effect, from: lapses, to: answer?.day ?? .distantFuture, .adEvidenceLate, .elig14,
        causes: [request.cause]))
  }
}
