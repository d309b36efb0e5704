// What all that is known by some instant makes of an application or a licensee: rulings, spans of treatment,
// duties, charges, limits met. It is a value, made afresh from what had arrived, so that decisions are the
// same whether somebody settles each day or once.

internal import Units

struct Assessment {
  struct Touch {
    var boundary: Boundary
    var excess: Int64
  }

  let subject: String
  private(set) var rulings: [Ruling] = []
  private(set) var treatments: [Treatment] = []
  /// Spans that hold once a deadline has passed.
  private(set) var lapsing: [Treatment] = []
  private(set) var duties: [Obligation] = []
  private(set) var charges: [Charge] = []
  private(set) var touches: [Touch] = []

  init(subject: String) { self.subject = subject }

  /// Says something as soon as it is known.
  mutating func remark(
    _ code: ReasonCode, _ rule: Rule, severity: Severity? = nil, party: Party? = nil, reads: [Cause] = [],
    _ text: String
  ) {
    rulings.append(
      Ruling(
        code, rule, due: .epoch, subject, severity: severity, reads: reads, tells: party, text))
  }

  /// Says something when a deadline passes; `lapses` is the first instant of the day after the last good one.
  mutating func deadline(
    _ lapses: Instant, _ code: ReasonCode, _ rule: Rule, severity: Severity? = nil, reads: [Cause] = [],
    _ text: String
  ) {
    rulings.append(Ruling(code, rule, due: lapses, subject, severity: severity, reads: reads, text))
  }

  /// Says what becomes of the energy of a span, without a word.
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

  mutating func charge(_ one: Charge) { charges.append(one) }

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
}

extension Ledger {
  /// Assesses what was known at the start and after each arrival, tells what could be told then, and puts in
  /// force what holds now.
  func judge(_ arrivals: Set<Instant>, at now: Instant, _ assess: (_ by: Instant?) -> Assessment) {
    let arrivals = arrivals.sorted()
    let start = max(one.from, agreement.start)
    var book = RulingBook()
    var last = Assessment(subject: subject)
    let since = min(start, arrivals.first ?? start)
    for stretch in Knowledge.stretches(arrivals, since: since, through: now) {
      last = assess(stretch.count == 0 ? nil : arrivals[stretch.count - 1])
      book.take(last.rulings, in: stretch, through: now)
      for touch in last.touches { self.touch(touch.boundary, excess: touch.excess) }
    }
    note(book)
    apply(last, at: now)
  }

  private func apply(_ one: Assessment, at now: Instant) {
    for treatment in one.treatments { treatments.add(treatment) }
    for treatment in one.lapsing where treatment.from <= now { treatments.add(treatment) }
    charges += one.charges
    let today = LondonClock.date(at: now)
    obligations += one.duties.map { duty in
      var duty = duty
      if duty.state == .open, let by = duty.by, by < today { duty.state = .overdue }
      return duty
    }
  }
}
