// FIT: payment for export bars SEG, payment for generation does not; an opt-out has its day, and what is
// declared must be what the FIT register says (R-ELIG-06, -07, -18; K-25).

internal import Units

extension Boundary {
  static let fitOptOut = Boundary(
    "eligibility.fit-opt-out-months", .elig07,
    "an opt-out on the anniversary is in time, one a day before is too soon")
}

/// The FIT state over time.
private struct FITState {
  /// From when on, and what.
  var changes: [(from: Instant, word: String, causes: [Cause])] = []

  static func paysExport(_ word: String) -> Bool { word.hasPrefix("generation-and") }

  mutating func set(_ word: String, from: Instant, _ causes: [Cause]) {
    changes.removeAll { $0.from >= from }
    changes.append((from, word, causes))
  }
}

extension Application {
  /// Spans in which FIT bars SEG.
  func fit(_ out: inout Assessment) {
    guard let state = fitState(&out) else { return }
    mismatch(&out)
    for (number, one) in state.changes.enumerated() {
      let end = number + 1 < state.changes.count ? state.changes[number + 1].from : .distantFuture
      let pays = FITState.paysExport(one.word)
      guard pays || (policy.eligibility.fitBars.value == .any && one.word == "generation-only") else {
        continue
      }
      let next = end < .distantFuture ? " until \(LondonClock.date(at: end))" : ""
      let deemed = one.word == "generation-and-deemed-export" ? ", as a deemed share of generation" : ""
      out.bar(
        Bar(
          effect: .forfeit, code: .eligFITExport, rule: .elig06, from: one.from, to: end, causes: one.causes,
          text: (pays ? "FIT pays for the export\(deemed)" : "FIT pays for the generation")
            + " from \(LondonClock.date(at: one.from))\(next), so SEG does not"))
    }
  }

  /// The register beats what is declared; an opt-out in time ends FIT export.
  private func fitState(_ out: inout Assessment) -> FITState? {
    let checks = all(.fitChecked)
    guard
      let first = facts.text(.fitRegister) ?? checks.first?.facts.text(.fitRegister)
        ?? versions[0].facts.text(.fitDeclared)
    else { return nil }
    var state = FITState()
    state.set(first, from: origin, [])
    var lastOptOut: CivilDate?
    for change in fitChanges {
      switch change.name {
      case .fitOptOut:
        guard isInTime(change, after: lastOptOut, &out) else { continue }
        lastOptOut = change.date
        state.set("generation-only", from: max(change.day, origin), [change.cause])
      case .fitOptIn: state.set("generation-and-export", from: max(change.day, origin), [change.cause])
      default:
        guard let word = change.facts.text(.fitRegister), word != state.changes.last?.word else { continue }
        state.set(word, from: max(change.day, origin), [change.cause])
      }
    }
    return state
  }

  /// What changes the state, in order; an opt-out that is stated as a fact is one of them.
  private var fitChanges: [CaseEvent] {
    let stated = facts.date(.fitOptedOut).map { CaseEvent(.fitOptOut, at: LondonClock.startOfDay($0)) }
    // The first check tells the state from the beginning on; without one,
    // what is declared counts as it changes.
    var checks = Array(all(.fitChecked).dropFirst(facts.text(.fitRegister) == nil ? 1 : 0))
    if facts.text(.fitRegister) == nil, all(.fitChecked).isEmpty {
      checks = versions.dropFirst().compactMap { version in
        version.facts.text(.fitDeclared).map {
          CaseEvent(
            .fitChecked, at: version.from, [.fitRegister: .text($0)], cause: version.causes.first ?? .none)
        }
      }
    }
    return ([stated].compactMap { $0 } + checks + all(.fitOptOut, .fitOptIn)).enumerated().sorted {
      ($0.element.day, $0.offset) < ($1.element.day, $1.offset)
    }.map(\.element)
  }

  /// Not before the first anniversary of joining, then at most once in so many months.
  private func isInTime(_ change: CaseEvent, after last: CivilDate?, _ out: inout Assessment) -> Bool {
    guard let base = last ?? facts.date(.fitJoined) else { return true }
    let months = policy.eligibility.fitOptOutMonths.value
    let earliest = base.advanced(byMonths: months, leap: policy.payment.leapAnniversary.value)
    out.touch(.fitOptOut, excess: Int64(earliest.dayNumber - change.date.dayNumber))
    guard change.date < earliest else { return true }
    out.remark(
      .eligFITOptTooSoon, .elig07, reads: [change.cause],
      "the opt-out of FIT export on \(change.date) is too soon: \(months) months from "
        + (last == nil ? "joining" : "the last opt-out") + " on \(base) end on \(earliest); FIT goes on")
    return false
  }

  /// Declared and found must agree (R-ELIG-18).
  private func mismatch(_ out: inout Assessment) {
    let check = all(.fitChecked).first
    let bars = spans { version in
      guard let declared = version.facts.text(.fitDeclared),
        let found = version.facts.text(.fitRegister) ?? check?.facts.text(.fitRegister), declared != found
      else { return nil }
      return Bar(
        effect: .hold, code: .eligFITUndeclared, rule: .elig18, severity: .hold, from: origin,
        text: "the customer declares FIT '\(declared)' and the FIT register says '\(found)'")
    }
    for var bar in bars {
      if let check { bar.causes.append(check.cause) }
      if policy.eligibility.fitMismatch.value == .hold {
        out.bar(bar)
      } else {
        out.remark(bar.code, bar.rule, severity: .query, reads: bar.causes, bar.text)
      }
    }
  }
}
