// What a story expects, as data. Each case is one checker; the set is closed.

public import Settlement
public import Units

/// One expectation, and where it was written.
public struct Expectation: Hashable, Sendable {
  public var check: Check
  public var at: Position
  /// The line of the file, for failures.
  public var excerpt: String

  public init(check: Check, at: Position = .nowhere, excerpt: String = "") {
    (self.check, self.at, self.excerpt) = (check, at, excerpt)
  }

  public enum Check: Hashable, Sendable {
    case decision(ExpectedDecision)
    case noDecision(UnwantedDecision)
    case notified(ExpectedNotification)
    case obligation(ExpectedObligation)
    case treatment(ExpectedTreatment)
    case statement(ExpectedStatement)
    case line(ExpectedLine)
    case payment(ExpectedPayment)
    case balance(ExpectedBalance)
    /// Everything paid equals what the story is entitled to, within an amount either way.
    case paidEqualsEntitled(within: Pence)
    /// Everything paid is so much, within an amount either way.
    case paid(Pence, within: Pence)
    case register(ExpectedRegister)
    case readCount(ExpectedCount, source: ReadSource?)
    case halfHourCount(ExpectedCount, state: HalfHourState?)
    /// Frames that the reader refused on a line.
    case framesRefused(line: String, CountRange)
    case crossRead(ExpectedCrossRead)
    case benchResult(ExpectedBenchResult)
    case firstDivergence(ExpectedDivergence)
  }
}

extension Expectation.Check {
  /// The key that names the checker in a scenario.
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case decision
    case noDecision = "no-decision"
    case notified, obligation, treatment
    case statement, line, payment, balance
    case paid
    case register
    case readCount = "read-count"
    case halfHourCount = "half-hour-count"
    case framesRefused = "frames-refused"
    case crossRead = "cross-read"
    case benchResult = "bench-result"
    case firstDivergence = "first-divergence"
  }

  public var kind: Kind {
    switch self {
    case .decision: .decision
    case .noDecision: .noDecision
    case .notified: .notified
    case .obligation: .obligation
    case .treatment: .treatment
    case .statement: .statement
    case .line: .line
    case .payment: .payment
    case .balance: .balance
    case .paidEqualsEntitled, .paid: .paid
    case .register: .register
    case .readCount: .readCount
    case .halfHourCount: .halfHourCount
    case .framesRefused: .framesRefused
    case .crossRead: .crossRead
    case .benchResult: .benchResult
    case .firstDivergence: .firstDivergence
    }
  }
}

/// A decision that must be there.
public struct ExpectedDecision: Hashable, Sendable {
  public var code: ReasonCode
  public var rule: Rule?
  /// The latest instant at which it may be taken; a date in a scenario means the end of that London day.
  public var by: Instant?
  /// Not taken before this instant.
  public var notBefore: Instant?
  /// Taken then, and at no other time.
  public var at: Moment?
  /// A meter by its name in the story, an MPAN, a tariff; nil for any.
  public var subject: String?
  /// A part of its sentence.
  public var says: String?

  public init(
    code: ReasonCode, rule: Rule? = nil, by: Instant? = nil, notBefore: Instant? = nil, at: Moment? = nil,
    subject: String? = nil, says: String? = nil
  ) {
    (self.code, self.rule, self.by, self.notBefore) = (code, rule, by, notBefore)
    (self.at, self.subject, self.says) = (at, subject, says)
  }
}

/// Decisions that must not be there.
public struct UnwantedDecision: Hashable, Sendable {
  public enum What: Hashable, Sendable {
    case codes([ReasonCode])
    /// Of this severity or above.
    case severity(Severity)
  }

  public var what: What
  /// As in `ExpectedDecision`.
  public var subject: String?

  public init(_ what: What, subject: String? = nil) { (self.what, self.subject) = (what, subject) }
}

/// What a register of a meter shows at an instant.
public struct ExpectedRegister: Hashable, Sendable {
  public var meter: String
  public var role: RegisterRole
  public var value: WattHours
  /// Either way.
  public var within: WattHours
  public var at: Instant

  public init(meter: String, role: RegisterRole, value: WattHours, within: WattHours = .zero, at: Instant) {
    (self.meter, self.role, self.value, self.within, self.at) = (meter, role, value, within, at)
  }
}

/// How many, both ends included.
public struct CountRange: Hashable, Sendable {
  public var least: Int
  /// Nil: no upper end.
  public var most: Int?

  public init(least: Int = 0, most: Int? = nil) { (self.least, self.most) = (least, most) }

  public func contains(_ count: Int) -> Bool { count >= least && most.map { count <= $0 } ?? true }
}

/// How many of something a meter has.
public struct ExpectedCount: Hashable, Sendable {
  public var meter: String
  /// Nil: over all registers.
  public var role: RegisterRole?
  public var count: CountRange

  public init(meter: String, role: RegisterRole? = nil, count: CountRange) {
    (self.meter, self.role, self.count) = (meter, role, count)
  }
}

/// What became of a half-hour, without its reason.
public enum HalfHourState: String, Hashable, Sendable, CaseIterable {
  case open, paid, provisional, held, forfeited
  case inAdvance = "in-advance"
}

/// Where belief first parts from truth.
public struct ExpectedDivergence: Hashable, Sendable {
  public enum Layer: String, Hashable, Sendable, CaseIterable {
    /// Nobody parted from truth.
    case none
    case meter, line, reader, core
  }

  public var layer: Layer
  /// Nil: at any time.
  public var at: Instant?
  /// Either way of `at`.
  public var within: TimeSpan

  public init(layer: Layer, at: Instant? = nil, within: TimeSpan = .zero) {
    (self.layer, self.at, self.within) = (layer, at, within)
  }
}
