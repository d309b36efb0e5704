// Detectors that hint at a fault (R-VAL-13; our detectors): each is one function in a table, named
// by its id there. A hint is recorded and changes no money, unless the policy promotes it to a query. Those
// of single half-hours look only at what is new; those of days, months and registers look at all of it,
// which is little.

internal import Units

struct HintDetector: Sendable {
  typealias Hint = Policy.Validation.Hint
  /// The rows about which something new came, and now.
  typealias Look = @Sendable (Ledger, Range<Int>, Instant) -> [HintFinding]

  let hint: Hint
  let look: Look
  /// Detectors of half-hours look at what is new, the others at everything.
  let ofHalfHours: Bool

  private init(_ hint: Hint, ofHalfHours: Bool = false, _ look: @escaping Look) {
    (self.hint, self.ofHalfHours, self.look) = (hint, ofHalfHours, look)
  }

  static let all: [HintDetector] = [
    HintDetector(.spike, ofHalfHours: true) { ledger, rows, _ in ledger.findSpikes(rows) },
    HintDetector(.unit) { ledger, _, _ in ledger.findUnits() },
    HintDetector(.shift) { ledger, _, _ in ledger.findShifts() },
    HintDetector(.low) { ledger, _, _ in ledger.findLows() },
    HintDetector(.fraction) { ledger, _, now in ledger.findFractions(at: now) },
    HintDetector(.yield) { ledger, _, _ in ledger.findYields() },
    HintDetector(.drift) { ledger, _, now in ledger.findDrifts(at: now) },
    HintDetector(.net) { ledger, _, _ in ledger.findStandstills() },
    HintDetector(.status) { ledger, _, _ in ledger.findStatus() },
  ]
}

/// What a detector saw.
struct HintFinding: Hashable {
  var from: Instant
  var to: Instant
  /// When the evidence came; nil: when the half-hours of the span, and of so much time on either side,
  /// had come.
  var at: Instant?
  var subject: String?
  var reads: [Cause] = []
  var text: String
}

extension Ledger {
  /// `news`: from when on half-hours may have changed.
  func checkHints(from news: Instant?, at now: Instant) -> [ValidationFinding] {
    var found: [ValidationFinding] = []
    let rows = newRows(news)
    // A half-hour is compared with those around it: what was found near something new is looked for again.
    let reach = TimeSpan.days(Int64(policy.validation.hints.spikeDays.value))
    if let news { validation.hints.removeAll { $0.to > news - reach } }
    for detector in HintDetector.all {
      if detector.ofHalfHours {
        guard !rows.isEmpty else { continue }
        validation.hints += detector.look(self, rows, now).map { finding($0, detector.hint) }
      } else {
        found += detector.look(self, rows, now).map { finding($0, detector.hint) }
      }
    }
    return validation.hints + found
  }

  /// Rows that are new, and those that are compared with them.
  private func newRows(_ news: Instant?) -> Range<Int> {
    guard let news else { return 0..<0 }
    let reach = TimeSpan.days(Int64(policy.validation.hints.spikeDays.value))
    return exports.indices(from: max(news - reach, one.from), to: exports.horizon.start)
  }

  private func finding(_ one: HintFinding, _ hint: Policy.Validation.Hint) -> ValidationFinding {
    let isPromoted = policy.validation.hints.promoted.value.contains(hint)
    let (at, causes) = one.at.map { ($0, one.reads) } ?? arrival(from: one.from, to: one.to)
    return ValidationFinding(
      code: .valHint, rule: .val13, from: one.from, to: one.to, at: at, subject: one.subject ?? subject,
      severity: isPromoted ? .query : .information, reads: one.reads.isEmpty ? causes : one.reads,
      text: "\(hint.rawValue): \(one.text)", holds: isPromoted)
  }
}
