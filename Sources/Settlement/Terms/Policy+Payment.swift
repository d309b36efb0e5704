// Policy values: when and how it is paid (R-PAY-01 … -11). Three ways of paying stand side by side: at each
// settlement, at dates that the term of the tariff fixes (EON 6.5-6.6), and against the import bill
// (EON 6.1-6.4, BUL 5.6).

public import Units

extension Policy {
  public struct PaymentTerms: Hashable, Sendable {
    /// How often it is paid (R-PAY-02).
    public enum Cadence: String, Hashable, Sendable, CaseIterable {
      case monthly, quarterly, yearly
      case halfYearly = "half-yearly"
      /// A fixed tariff of up to `termPaidOnceMonths` once, at its end; a longer one every `longTermMonths`;
      /// without a term every `longTermMonths`, or at a change of tariff or the end, whichever comes first.
      case byTerm = "by-term"
    }

    /// From what the days until payment count (K-10).
    public enum Clock: String, Hashable, Sendable, CaseIterable {
      /// The arrival of the valid reading.
      case reading
      /// That, or the request or scheduled date if it is later.
      case laterOfRequestAndReading = "later-of-request-and-reading"
    }

    /// Whether export money is set against the import bill (R-PAY-06, R-PAY-10).
    public enum Offset: String, Hashable, Sendable, CaseIterable {
      case never
      /// If the customer wishes it.
      case onWish = "on-wish"
      /// Whenever the licensee supplies the home and is able to.
      case whenAble = "when-able"
    }

    /// What the number of requests in a year is counted over (K-40).
    public enum LimitedRequests: String, Hashable, Sendable, CaseIterable {
      case separatePayments = "separate-payments"
      case all
    }

    /// The anniversary of 29 February in a year without one.
    public enum LeapAnniversary: String, Hashable, Sendable, CaseIterable {
      case lastOfFebruary = "28-february"
      case firstOfMarch = "1-march"
    }

    /// What becomes of a charge.
    public enum Charges: String, Hashable, Sendable, CaseIterable {
      /// Taken off export money, never below zero; what is left waits for the next payment.
      case netted
      /// Sent as a bill of its own; export money is paid in full.
      case billed
    }

    public var cadence: Stated<Cadence>
    public var termPaidOnceMonths: Stated<Int>
    public var longTermMonths: Stated<Int>
    public var clock: Stated<Clock>
    /// Minutes of the London clock between which a Working Day lasts (R-PAY-04).
    public var workingDayBegins: Stated<TimeSpan>
    public var workingDayEnds: Stated<TimeSpan>
    /// What arrives on a Working Day before it begins counts on that day.
    public var earlyCountsSameDay: Stated<Bool>
    /// What arrives on a Working Day after its end counts on the next.
    public var lateCountsNextDay: Stated<Bool>
    public var requestsPerYear: Stated<Int>
    public var limitedRequests: Stated<LimitedRequests>
    public var leapAnniversary: Stated<LeapAnniversary>
    public var offset: Stated<Offset>
    /// A licensee that supplies the home is taken to be able to offset until told otherwise (K-41).
    public var ableUnlessTold: Stated<Bool>
    /// Whether supplying gas alone is enough to offset.
    public var gasAloneOffsets: Stated<Bool>
    /// Readings older than so many days are not up to date: credit is not paid out on them (R-PAY-07).
    public var freshReadingDays: Stated<Int>
    /// Only the person on the plan is paid (R-PAY-08).
    public var onlyPersonOnPlan: Stated<Bool>
    public var charges: Stated<Charges>

    /// Our values.
    public init() {
      cadence = .ours(.quarterly, "no document but one fixes it")
      termPaidOnceMonths = .ours(12, "as the only licensee that pays by term")
      longTermMonths = .ours(12, "as the only licensee that pays by term")
      clock = .ours(.reading, "a payment that nobody has to ask for starts with the reading")
      workingDayBegins = .ours(.hours(9), "as the only licensee that names hours")
      workingDayEnds = .ours(.hours(17), "as the only licensee that names hours")
      earlyCountsSameDay = .ours(true, "it is read when the day begins")
      lateCountsNextDay = .ours(true, "nobody is there to read it")
      requestsPerYear = .ours(4, "as the only licensee that names a number")
      limitedRequests = .ours(.separatePayments, "the limit is printed under separate payment")
      leapAnniversary = .ours(.lastOfFebruary, "a year ends in the month in which it began")
      offset = .ours(.never, "payments stand alone")
      ableUnlessTold = .ours(true, "nothing says when a supplier is not able to")
      gasAloneOffsets = .ours(true, "as the only licensee that names gas")
      freshReadingDays = .ours(28, "four weeks; no document says how old is too old")
      onlyPersonOnPlan = .ours(true, "as the only licensee that names the payee")
      charges = .ours(.netted, "one payment, and each charge on a line of its own")
    }
  }
}

extension PolicyKey {
  static let paymentKeys: [PolicyKey] = [
    PolicyKey("payment.cadence", \.payment.cadence, [.pay02]),
    PolicyKey("payment.term-paid-once-months", \.payment.termPaidOnceMonths, 1...120, [.pay02]),
    PolicyKey("payment.long-term-months", \.payment.longTermMonths, 1...120, [.pay02]),
    PolicyKey("payment.clock", \.payment.clock, [.pay01, .pay03]),
    PolicyKey("payment.working-day-begins", \.payment.workingDayBegins, [.pay04]),
    PolicyKey("payment.working-day-ends", \.payment.workingDayEnds, [.pay04]),
    PolicyKey("payment.early-counts-same-day", \.payment.earlyCountsSameDay, [.pay04]),
    PolicyKey("payment.late-counts-next-day", \.payment.lateCountsNextDay, [.pay04]),
    PolicyKey("payment.requests-per-year", \.payment.requestsPerYear, 0...1000, [.pay05]),
    PolicyKey("payment.limited-requests", \.payment.limitedRequests, [.pay05, .pay07]),
    PolicyKey("payment.leap-anniversary", \.payment.leapAnniversary, [.pay05, .elig07]),
    PolicyKey("payment.offset", \.payment.offset, [.pay06, .pay10]),
    PolicyKey("payment.able-unless-told", \.payment.ableUnlessTold, [.pay06]),
    PolicyKey("payment.gas-alone-offsets", \.payment.gasAloneOffsets, [.pay06]),
    PolicyKey("payment.fresh-reading-days", \.payment.freshReadingDays, 0...1000, [.pay07]),
    PolicyKey("payment.only-person-on-plan", \.payment.onlyPersonOnPlan, [.pay08]),
    PolicyKey("payment.charges", \.payment.charges, [.onb09, .acc03]),
  ]
}
