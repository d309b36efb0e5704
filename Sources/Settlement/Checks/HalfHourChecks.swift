// Each half-hour by itself: below zero, over capacity, dark, wrong clock (R-VAL-01, -02, -05, -09). One
// decision per check and pass, with count, sum and the worst one; a check that fails puts its code beside the
// value as a doubt.

internal import Units

/// What one check found in one pass.
struct Finding {
  private(set) var count = 0
  private var energy: Int64 = 0
  private(set) var first = HalfHour(index: 0)
  private var last = HalfHour(index: 0)
  private var worst: SettledHalfHour?
  private(set) var causes: [Cause] = []

  mutating func add(_ row: SettledHalfHour) {
    if count == 0 { first = row.halfHour }
    last = row.halfHour
    count += 1
    energy += row.energy.value
    if let known = worst, known.energy.magnitude >= row.energy.magnitude {} else { worst = row }
    if causes.count < 8, causes.last != row.cause { causes.append(row.cause) }
  }

  var text: String {
    let all =
      "\(Phrase.count(count, "half-hour")) between \(first.start) and \(last.end), \(WattHours(energy)) "
      + "together"
    guard count > 1, let worst else { return all }
    return all + ", the largest \(worst.energy) at \(worst.halfHour.start)"
  }
}

extension Ledger {
  /// Judges every half-hour; `at` dates the decisions.
  func checkHalfHours(at: Instant) {
    let installed = installationPlan
    let night = policy.validation.nightLimit.value
    var (negative, over, dark, clock) = (Finding(), Finding(), Finding(), Finding())
    for index in exports.rows.indices {
      let row = exports.rows[index]
      guard row.quality != .missing else { continue }
      let part = installed.part(of: row.halfHour)
      if installed.hasChanges { forgetDoubt(index) }
      if row.energy < .zero {
        found(index, .negative, .valNegative, &negative)
      } else if row.energy.value > part.most {
        found(index, .overCapacity, .valOverCapacity, &over)
      } else if part.isSolarAlone, row.energy > night, Darkness.covers(row.halfHour.start, row.halfHour.end) {
        found(index, .night, holds(.valNightExport) ? .valNightExport : nil, &dark)
      }
      // A clock that is put right lifts the doubt again: it is asked for when the half-hour is settled.
      if clockFails(exports.meters[index], row.halfHour) { found(index, .clock, nil, &clock) }
    }
    tell(negative, .valNegative, .val01, at) { "\($0.text), are below zero and are not payable" }
    tell(over, .valOverCapacity, .val02, at) {
      let most = WattHours(installed.part(of: $0.first).most)
      return "\($0.text), are over \(most), the most that \(limitText(at: $0.first.start)) can export in a "
        + "half-hour"
    }
    tell(dark, .valNightExport, .val05, at) {
      "\($0.text), lie in full darkness and hold more than \(night); solar power without storage exports "
        + "nothing then"
    }
    tell(clock, .valClockDrift, .val09, at, severity: .hold) {
      "\($0.text), were stamped by a clock that is wrong beyond use"
    }
  }

  /// What is installed changed, and perhaps was told late: a doubt that rests on it is judged afresh.
  private func forgetDoubt(_ index: Int) {
    guard exports.doubts[index] == .valOverCapacity || exports.doubts[index] == .valNightExport else {
      return
    }
    exports.doubts[index] = nil
  }

  /// Puts a doubt beside a value, and counts it once.
  private func found(
    _ index: Int, _ check: HalfHourTable.Checks, _ doubt: ReasonCode?, _ finding: inout Finding
  ) {
    if let doubt, exports.doubts[index] == nil { exports.doubts[index] = doubt }
    if exports.told[index].insert(check).inserted { finding.add(exports.rows[index]) }
  }

  private func tell(
    _ finding: Finding, _ code: ReasonCode, _ rule: Rule, _ at: Instant, severity: Severity? = nil,
    _ text: (Finding) -> String
  ) {
    guard finding.count > 0 else { return }
    log.note(code, rule, at: at, subject, severity: severity, reads: finding.causes, text(finding))
  }

  /// "3.95 kW installed" with the limit that is less, where there is one, and the allowance.
  func limitText(at instant: Instant) -> String {
    let allowance = Phrase.percent(perMille: policy.validation.capacityAllowance.value)
    let installed = installation(at: instant)
    if let limit = installed.exportLimit, limit < installed.capacity {
      return "an export limit of \(limit) with \(allowance)"
    }
    return "\(installed.capacity) installed with \(allowance)"
  }
}
