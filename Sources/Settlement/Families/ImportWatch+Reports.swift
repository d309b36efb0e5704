// What the customer says, and owes to say, of an import meter that runs backwards (R-BACK-01, R-BACK-02): the
// licensee and the import supplier at once, and the occupier where that is somebody else. One firm in both
// parts is told twice.

internal import Units

enum BackwardsReport {
  static let (licensee, importSupplier, both) = ("licensee", "import-supplier", "both")
  static let words = [licensee, importSupplier, both]
}

extension Ledger {
  func judgeImportReports(at now: Instant) {
    let reports = known(.importMeterReported)
    reports.forEach(tell)
    // By serial, when it was first seen or said.
    var seen: [String: Instant] = [:]
    for one in notifications where one.code == .notifyLicensee {
      seen[one.subject] = min(seen[one.subject] ?? one.at, one.at)
    }
    for report in reports {
      let serial = importSerial(of: report)
      seen[serial] = min(seen[serial] ?? report.at, report.at)
    }
    for (serial, since) in seen.sorted(by: { $0.key < $1.key }) {
      let own = reports.filter { importSerial(of: $0) == serial }
      owe("tell-licensee", serial, since, own.filter { $0.tells(BackwardsReport.licensee) }, at: now)
      owe(
        "tell-import-supplier", serial, since, own.filter { $0.tells(BackwardsReport.importSupplier) },
        at: now)
    }
  }

  private func owe(
    _ what: String, _ serial: String, _ since: Instant, _ reports: [CaseEvent], at now: Instant
  ) {
    let by = LondonClock.date(at: since).advanced(byDays: policy.withholding.backwardsReportDays.value)
    oblige(
      what, of: .customer, .back01, serial, since: since, by: by, met: reports.map(\.received).min(), at: now,
      "tell that import meter \(serial) runs backwards")
  }

  private func tell(_ report: CaseEvent) {
    let serial = importSerial(of: report)
    log.note(
      .impRunsBackwards, .back01, at: report.received, serial, reads: [report.cause],
      "the customer reports that import meter \(serial) runs backwards since \(report.at)")
    if report.tells(BackwardsReport.licensee) {
      notify(
        .licensee, .notifyLicensee, .back01, at: report.received, serial, reads: [report.cause],
        "the customer told the SEG licensee \(agreement.licensee)")
    }
    let supplier = importSupplierName
    notify(
      .importSupplier, .notifyImportSupplier, .back01, at: report.received, serial, reads: [report.cause],
      "the import supplier\(supplier.isEmpty ? "" : " \(supplier)") "
        + (report.tells(BackwardsReport.importSupplier) ? "was told by the customer" : "must still be told")
        + (supplier == agreement.licensee ? "; the same firm is told in both of its parts" : ""))
    if !agreement.generatorIsOccupier {
      notify(
        .occupier, .notifyOccupier, .back02, at: report.received, serial, reads: [report.cause],
        "the generator does not live there: the occupier must tell the import supplier")
    }
    let days = policy.withholding.backwardsReportDays.value
    let late = daysLate(report.received, after: report.at, days: days, .backwardsReportDays)
    guard late > 0 else { return }
    log.note(
      .chgLate, .back01, at: report.received, serial, severity: .query, reads: [report.cause],
      "import meter \(serial) runs backwards since \(report.at), and the licensee was told on "
        + "\(report.received), "
        + "\(Phrase.count(late, "day")) after the last day that counts as at once")
  }

  private func importSerial(of event: CaseEvent) -> String {
    event.facts.text(.serial) ?? book.meters.first { $0.uses.contains(.import) }?.serial ?? subject
  }

  /// Who supplies the import now, as far as that was told.
  var importSupplierName: String {
    known(.importSupplierChanged).max { $0.at < $1.at }?.facts.text(.supplier) ?? agreement.importSupplier
  }
}

extension CaseEvent {
  /// Whether this report went to one of the two firms.
  fileprivate func tells(_ firm: String) -> Bool {
    let to = facts.text(.to) ?? BackwardsReport.both
    return to == firm || to == BackwardsReport.both
  }
}
