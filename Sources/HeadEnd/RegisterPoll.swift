// A poll: attempts until registers come, or the reader's rules say enough. Each attempt keeps its instants
// and its outcome, because a retry that worked is a fact about the line.

public import Line
public import Units

/// Reads registers with retries.
public struct RegisterPoll {
  /// One try.
  public struct Attempt: Hashable, Sendable {
    /// 1-based.
    public var number: Int
    public var began: Instant
    public var ended: Instant
    public var outcome: Result<[UInt16], ReadFailure>

    public init(number: Int, began: Instant, ended: Instant, outcome: Result<[UInt16], ReadFailure>) {
      (self.number, self.began, self.ended, self.outcome) = (number, began, ended, outcome)
    }
  }

  /// All tries of one poll; the last one is the poll's own outcome.
  public struct Record: Hashable, Sendable {
    public var request: RegisterRequest
    /// At least one.
    public var attempts: [Attempt]

    public var outcome: Result<[UInt16], ReadFailure> {
      attempts.last?.outcome ?? .failure(.silence)
    }
  }

  private let reader: any RegisterReader
  private let rules: ReaderRules
  private let now: () -> Instant
  private let rest: (Instant) -> Void

  /// `rest` lets the world's time go on until an instant.
  public init(
    reader: any RegisterReader, rules: ReaderRules, now: @escaping () -> Instant,
    rest: @escaping (Instant) -> Void
  ) {
    (self.reader, self.rules, self.now, self.rest) = (reader, rules, now, rest)
  }

  /// Holds the world unowned, as a line does.
  public init(reader: any RegisterReader, rules: ReaderRules, world: any LineWorld) {
    self.init(
      reader: reader, rules: rules, now: { [unowned world] in world.now },
      rest: { [unowned world] in world.run(until: $0) })
  }

  /// Polls now. `onAttempt` is called as each attempt ends, before the pause that may follow.
  public func read(_ request: RegisterRequest, onAttempt: ((Attempt) -> Void)? = nil) -> Record {
    var record = Record(request: request, attempts: [])
    for number in 1...(1 + max(rules.retries, 0)) {
      if number > 1, rules.retryPause > .zero { rest(now() + rules.retryPause) }
      let began = now()
      let outcome = reader.read(request)
      let attempt = Attempt(number: number, began: began, ended: now(), outcome: outcome)
      record.attempts.append(attempt)
      onAttempt?(attempt)
      guard case .failure(let failure) = outcome, failure.isWorthRetrying else { break }
    }
    return record
  }
}

extension ReadFailure {
  /// Whether the same request may succeed a moment later. Silence, a spoilt frame, a busy meter or gateway
  /// may pass; a refusal for what was asked (V1.1b3 section 7, codes 1 to 3) and a lost port will not.
  public var isWorthRetrying: Bool {
    switch self {
    case .silence, .frame: true
    case .exception(let code): !(1...3).contains(code)
    case .port: false
    }
  }
}
