// What a run leaves: one record, from which the terminal, JSON, JUnit, HTML and `explain` all derive.

public import Units

/// How a story ended.
public enum Verdict: String, Hashable, Sendable, CaseIterable {
  case passed
  case failed
  /// It failed, and the story says why that is known.
  case knownGap = "known-gap"
  /// The story says it must fail in one named checker alone, and so it did.
  case failedAsItMust = "failed-as-it-must"
  /// It could not be run to its end.
  case error

  /// Whether the run as a whole may still be called met.
  public var isFine: Bool { self != .failed && self != .error }
}

/// What one checker found.
public struct CheckResult: Hashable, Sendable {
  public enum Finding: String, Hashable, Sendable { case met, unmet, vacuous }

  /// The checker's name, as the story writes it.
  public var checker: String
  public var finding: Finding
  /// `file:line:column` of the expectation, and the line itself.
  public var at: String
  public var excerpt: String
  public var expected: String
  public var got: String
  public var why: [String]

  public init(
    checker: String, finding: Finding, at: String, excerpt: String = "", expected: String, got: String,
    why: [String] = []
  ) {
    (self.checker, self.finding, self.at, self.excerpt) = (checker, finding, at, excerpt)
    (self.expected, self.got, self.why) = (expected, got, why)
  }
}

/// The money of a story, priced by its two witnesses. `paid − entitled` prices the core, `entitled − true
/// value` the metering.
public struct Money: Hashable, Sendable {
  /// True export × the rate in force; nil where a price is missing.
  public var trueValue: NanoPence?
  /// True value where the terms let it be paid, otherwise what the story states by hand.
  public var entitled: NanoPence?
  public var paid: Pence

  public init(trueValue: NanoPence?, entitled: NanoPence?, paid: Pence) {
    (self.trueValue, self.entitled, self.paid) = (trueValue, entitled, paid)
  }

  /// Paid − entitled: what the core did.
  public var core: NanoPence? { entitled.map { NanoPence(paid) - $0 } }

  /// Entitled − true value: what the metering, or the terms, did.
  public var metering: NanoPence? {
    guard let entitled, let trueValue else { return nil }
    return entitled - trueValue
  }
}

/// A whole run.
public struct RunRecord: Sendable {
  public var depth: String
  public var seed: UInt64
  public var stories: [StoryRecord]

  public init(depth: String, seed: UInt64, stories: [StoryRecord]) {
    (self.depth, self.seed, self.stories) = (depth, seed, stories)
  }

  public var isMet: Bool { stories.allSatisfy(\.verdict.isFine) }
}
