// What all that is known by some instant makes of an application or a licensee: things to tell, deadlines
// that will be told if nothing comes, spans of treatment, duties, limits met. It is a value, made afresh from
// what had arrived, so that decisions are the same whether somebody settles each day or once.

internal import Units

/// Something worth telling, whenever that may be.
struct Remark: Hashable {
  var code: ReasonCode
  var rule: Rule
  var subject: String
  var severity: Severity?
  var causes: [Cause] = []
  /// Who is told, beside the record.
  var party: Party?
  var text: String
}

struct Assessment {
  /// A deadline that passes unless something arrives before.
  struct Deadline {
    /// First instant of the day after the last good one.
    var lapses: Instant
    var remark: Remark
  }

  struct Touch {
    var boundary: Boundary
    var excess: Int64
  }

  let subject: String
  private(set) var remarks: [Remark] = []
  private(set) var deadlines: [Deadline] = []
  private(set) var treatments: [Treatment] = []
  /// Spans that hold once a deadline has passed.
  private(set) var lapsing: [Treatment] = []
  private(set) var duties: [Obligation] = []
  private(set) var touches: [Touch] = []

  init(subject: String) { self.subject = subject }

  mutating func remark(
    _ code: ReasonCode, _ rule: Rule, severity: Severity? = nil, party: Party? = nil,
    reads causes: [Cause] = [],
    _ text: String
  ) {
    remarks.append(
      Remark(
        code: code, rule: rule, subject: subject, severity: severity, causes: causes, party: party, text: text
      ))
  }

  mutating func deadline(
    _ lapses: Instant, _ code: ReasonCode, _ rule: Rule, severity: Severity? = nil,
    reads causes: [Cause] = [],
    _ text: String
  ) {
    let remark = Remark(
      code: code, rule: rule, subject: subject, severity: severity, causes: causes, text: text)
    deadlines.append(Deadline(lapses: lapses, remark: remark))
  }

  /// Says that energy of a span is treated so, without a word.
  mutating func treat(_ one: Treatment) { if one.from < one.to { treatments.append(one) } }

  /// The same, from a deadline on, if it passes.
  mutating func treatIfLapsed(_ one: Treatment) { if one.from < one.to { lapsing.append(one) } }

  /// Energy of a span is not payable, or waits, and why.
  mutating func bar(_ one: Bar) {
    remark(one.code, one.rule, severity: one.severity, reads: one.causes, one.text)
    treat(
      Treatment(one.effect, from: one.from, to: one.to, one.code, one.rule, causes: one.causes))
  }

  mutating func duty(_ one: Obligation) { duties.append(one) }

  mutating func touch(_ boundary: Boundary, excess: Int64) {
    touches.append(Touch(boundary: boundary, excess: excess))
  }
}

/// Why energy of a span is not payable, or waits.
struct Bar: Hashable {
  var effect: Treatment.Effect
  var code: ReasonCode
  var rule: Rule
  var severity: Severity?
  var from: Instant
  var to = Instant.distantFuture
  var causes: [Cause] = []
  var text: String

  var isHold: Bool { effect == .hold }
}

extension Ledger {
  /// Assesses what was known at the start and after each arrival, tells what could be told then, and returns
  /// what holds now.
  func replay(
    _ arrivals: [Instant], from start: Instant, at now: Instant, _ assess: (_ by: Instant?) -> Assessment
  ) -> Assessment {
    var told: Set<Remark> = []
    var last = assess(nil)
    tell(last, from: start, until: arrivals.first ?? .distantFuture, now, &told)
    for (number, arrival) in arrivals.enumerated() where arrival <= now {
      last = assess(arrival)
      let next = number + 1 < arrivals.count ? arrivals[number + 1] : .distantFuture
      tell(last, from: arrival, until: next, now, &told)
    }
    return last
  }

  private func tell(
    _ one: Assessment, from: Instant, until: Instant, _ now: Instant, _ told: inout Set<Remark>
  ) {
    for remark in one.remarks where told.insert(remark).inserted { tell(remark, at: from) }
    for deadline in one.deadlines.sorted(by: { $0.lapses < $1.lapses })
    where deadline.lapses <= now && deadline.lapses < until && told.insert(deadline.remark).inserted {
      tell(deadline.remark, at: max(deadline.lapses, from))
    }
    for touch in one.touches { self.touch(touch.boundary, excess: touch.excess) }
  }

  private func tell(_ one: Remark, at: Instant) {
    if let party = one.party {
      notify(party, one.code, one.rule, at: at, one.subject, reads: one.causes, one.text)
    } else {
      log.note(
        one.code, one.rule, at: at, one.subject, severity: one.severity, reads: one.causes, one.text)
    }
  }

  /// Puts spans and duties of an assessment in force, as they stand now.
  func apply(_ one: Assessment, at now: Instant) {
    for treatment in one.treatments { treatments.add(treatment) }
    for treatment in one.lapsing where treatment.from <= now { treatments.add(treatment) }
    let today = LondonClock.date(at: now)
    obligations += one.duties.map { duty in
      var duty = duty
      if duty.state == .open, let by = duty.by, by < today { duty.state = .overdue }
      return duty
    }
  }
}
