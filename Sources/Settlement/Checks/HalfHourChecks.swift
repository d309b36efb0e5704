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
  /// Judges every half-hour; `at` dates the decisions. Days without anything odd are passed over as a whole.
  func checkHalfHours(at: Instant) {
    guard !exports.isBlank else { return }
    let installed = installationPlan
    let night = policy.validation.nightLimit.value
    var (negative, over, dark, clock) = (Finding(), Finding(), Finding(), Finding())
    if installed.hasChanges { forgetDoubts(exports.reach) }
    let odd = HalfHourValidation.oddDays(exports, night: night.value) { rows in
      let first = installed.part(of: exports.halfHour(rows.lowerBound))
      let last = installed.part(of: exports.halfHour(rows.upperBound - 1))
      return (min(first.most, last.most), first.isSolarAlone || last.isSolarAlone)
    }
    for one in odd {
      for row in one.day.rows where one.isOutside && exports.isKnown(row) {
        let energy = exports.energy(row)
        if energy < 0 {
          found(row, .negative, .valNegative, &negative)
        } else if energy > installed.part(of: exports.halfHour(row)).most {
          found(row, .overCapacity, .valOverCapacity, &over)
        }
      }
      for rows in one.isDark ? [one.day.morning, one.day.evening] : [] {
        for row in rows where exports.energy(row) > night.value {
          let part = installed.part(of: exports.halfHour(row))
          guard part.isSolarAlone, exports.energy(row) <= part.most else { continue }
          found(row, .night, holds(.valNightExport) ? .valNightExport : nil, &dark)
        }
      }
    }
    checkClocks(&clock)
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
  private func forgetDoubts(_ rows: Range<Int>) {
    for row in rows where exports.doubt(row) == .valOverCapacity || exports.doubt(row) == .valNightExport {
      exports.setDoubt(row, nil)
    }
  }

  /// A clock that is put right lifts the doubt again: it is asked for when the half-hour is settled.
  private func checkClocks(_ clock: inout Finding) {
    for (_, faults) in clockFaults.sorted(by: { $0.key < $1.key }) {
      for fault in faults {
        // A half-hour that ends as the fault begins was stamped by the wrong clock too.
        let from = max(fault.lowerBound, exports.first.end) - HalfHour.length
        let to = min(fault.upperBound, exports.horizon.start)
        for row in exports.touching(from, to) where exports.isKnown(row) {
          if clockFails(exports.meter(row), exports.halfHour(row)) { found(row, .clock, nil, &clock) }
        }
      }
    }
  }

  /// Puts a doubt beside a value, unless it is answered or there is one already.
  func doubtRow(_ row: Int, _ code: ReasonCode) {
    let halfHour = exports.halfHour(row)
    guard exports.doubt(row) == nil, !answers.clears(code, halfHour.start, halfHour.end) else { return }
    exports.setDoubt(row, code)
  }

  /// Puts a doubt beside a value, and counts it once.
  private func found(
    _ row: Int, _ check: HalfHourTable.Checks, _ doubt: ReasonCode?, _ finding: inout Finding
  ) {
    if let doubt { doubtRow(row, doubt) }
    if exports.tell(row, check) { finding.add(exports.row(row)) }
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
