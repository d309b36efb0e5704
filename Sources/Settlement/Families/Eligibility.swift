// May anything be paid at all? Export MPAN, meter by its flags and never by kind, and what was stated at the
// start (R-ELIG-09, -11, -12, R-MPAN-01 … -04, R-MET). What changes later is a matter of spans:
// Onboarding.swift.

internal import Units

extension Ledger {
  /// Decides eligibility by what is known: at the start, and again as long as nothing is payable.
  func decideEligibility() {
    let start = max(one.from, agreement.start)
    // All are told, so that a home hears at once of all that it lacks.
    let mpan = mpanProblem(at: start)
    let meter = meterProblem(agreement.meters, at: start)
    let form = formVerdict()
    refusal = meter ?? mpan ?? form.refusal
    if refusal == nil {
      allow(from: start, known: max(form.since ?? start, start))
      return
    }
    guard mpan == nil, form.refusal == nil else { return }
    var meters = agreement.meters
    for event in known(.meterExchanged).sorted(by: { $0.at < $1.at }) {
      guard let new = event.facts.meter(.new) else { continue }
      let old = event.facts.text(.old)
      meters.removeAll { $0.serial == old }
      meters.append(new)
      let from = max(event.at, start)
      let known = max(event.received, from, form.since ?? start)
      if meterProblem(meters, at: known) == nil {
        allow(from: from, known: known)
        return
      }
    }
  }

  private func allow(from: Instant, known: Instant) {
    (payableFrom, refusal) = (from, nil)
    // Said only where every test passes, not the meter's alone.
    let isBarred = assess(entryEvents, by: known).treatments.contains {
      $0.isEligibilityBar && $0.from <= from && from < $0.to
    }
    guard !isBarred else { return }
    log.note(
      .eligOK, .elig09, at: known, subject, "meter and export MPAN pass; export is payable from \(from)")
  }

  /// What was stated at the start refuses everything, as long as nothing corrects it. Corrected,
  /// it bars spans only.
  private func formVerdict() -> (refusal: (code: ReasonCode, rule: Rule)?, since: Instant?) {
    guard assess([], by: nil).refusal(of: agreement, from: one.from) != nil else { return (nil, nil) }
    let entry = entryEvents
    var refusal: (code: ReasonCode, rule: Rule)?
    for by in [nil] + Set(entry.map(\.received)).sorted().map(Optional.some) {
      refusal = assess(entry, by: by).refusal(of: agreement, from: one.from)
      if refusal == nil { return (nil, by) }
    }
    return (refusal, nil)
  }

  private func refuse(
    _ code: ReasonCode, _ rule: Rule, at: Instant, _ subject: String, _ text: String
  ) -> (code: ReasonCode, rule: Rule) {
    log.note(code, rule, at: at, subject, text)
    return (code, rule)
  }

  // MARK: MPAN

  /// Distributor ids in use (R-MPAN-03): 10–23 regional networks, 24–38 independent ones, 99 for made-up
  /// supplies.
  private static let distributors = Set(10...38).union([99])

  private func mpanProblem(at: Instant) -> (code: ReasonCode, rule: Rule)? {
    guard let text = agreement.exportMPAN, !text.isEmpty else {
      return refuse(
        .eligNoExportMPAN, .elig12, at: at, agreement.licensee,
        "there is no export MPAN; nothing can be paid without one")
    }
    let mpan: MPAN
    do {
      mpan = try MPAN(parsing: text)
    } catch {
      let code = error.code.flatMap(ReasonCode.init(rawValue:)) ?? .mpanBadLength
      return refuse(code, .mpan01, at: at, text, "the export MPAN '\(text)' is no MPAN: \(error.message)")
    }
    if let importText = agreement.importMPAN, (try? MPAN(parsing: importText))?.core == mpan.core {
      return refuse(
        .eligMPANIsImport, .elig12, at: at, text, "\(mpan) is the import MPAN; export needs its own")
    }
    if !Self.distributors.contains(mpan.distributor) {
      log.note(
        .mpanUnknownDistributor, .mpan03, at: at, text, severity: .information,
        "no distributor is known by \(mpan.core.prefix(2)); the MPAN is used all the same")
    }
    return nil
  }

  // MARK: Meter

  private func meterProblem(_ meters: [MeterDetails], at: Instant) -> (code: ReasonCode, rule: Rule)? {
    let offered = meters.filter { $0.uses.contains(.export) }
    if offered.contains(where: { suits($0) }) { return nil }
    // Whoever has no export meter offers what is there: the import meter, or a generation meter.
    let candidates = offered.isEmpty ? meters.filter { $0.uses.contains(.import) } : offered
    var first: (code: ReasonCode, rule: Rule)?
    for meter in candidates {
      let problem = self.problem(of: meter, at: at)
      first = first ?? problem
    }
    for meter in meters where meter.uses.contains(.generation) && offered.isEmpty {
      let problem = refuse(
        .eligGenerationMeter, .elig11, at: at, meter.serial,
        "meter \(meter.serial) counts what is generated; it is no export meter")
      first = first ?? problem
    }
    return first
      ?? refuse(.eligNoExportRegister, .elig09, at: at, subject, "there is no meter with an export register")
  }

  private func suits(_ meter: MeterDetails) -> Bool {
    meter.hasExportRegister && (meter.halfHourlyCapable || policy.halfHourlyMeter.value != .required)
  }

  private func problem(of meter: MeterDetails, at: Instant) -> (code: ReasonCode, rule: Rule) {
    let name = meter.kind.isEmpty ? "meter \(meter.serial)" : "meter \(meter.serial) (\(meter.kind))"
    let found: (code: ReasonCode, rule: Rule)
    if !meter.hasExportRegister, meter.registers[.generation] != nil {
      found = refuse(
        .eligGenerationMeter, .elig11, at: at, meter.serial,
        "\(name) counts what is generated; it is no export meter")
    } else if meter.hasExportRegister {
      found = refuse(
        .eligMeterNotHH, .elig09, at: at, meter.serial, "\(name) cannot give half-hourly export")
    } else if meter.halfHourlyCapable || meter.remote {
      found = refuse(.eligNoExportRegister, .elig09, at: at, meter.serial, "\(name) has no export register")
    } else {
      found = refuse(
        .eligMeterNotHH, .elig11, at: at, meter.serial,
        "\(name) has no export register and no half-hours; no SEG payment is possible with it")
    }
    log.note(
      .adviceSMETS2, found.rule, at: at, meter.serial,
      "a free exchange for a SMETS2 meter would make this home eligible")
    return found
  }
}

extension Treatment {
  fileprivate var isEligibilityBar: Bool {
    (effect == .forfeit || effect == .hold) && reason.rawValue.hasPrefix("ELIG_")
  }
}

extension Assessment {
  /// Why nothing at all is payable, if so: a bar from the beginning without an end.
  fileprivate func refusal(of agreement: Agreement, from: Instant) -> (code: ReasonCode, rule: Rule)? {
    let origin = min(from, agreement.start)
    return treatments.first { $0.effect == .forfeit && $0.from <= origin && $0.to == .distantFuture }.map {
      ($0.reason, $0.rule)
    }
  }
}
