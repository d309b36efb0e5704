// What a run leaves: one record, from which the terminal, JSON, JUnit, HTML and `explain` all derive.

public import Settlement
public import Timeline
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

/// The money of a story, priced by its two witnesses. `paid − entitled` prices the core, `entitled − true value`
/// the metering.
public struct Money: Hashable, Sendable {
  /// True export × the rate in force; nil where a price is missing.
  public var trueValue: NanoPence?
  /// True value where the terms let it be paid, otherwise what the story states by hand.
  public var entitled: NanoPence?
  public var paid: Pence

  public init(trueValue: NanoPence?, entitled: NanoPence?, paid: Pence) {
    (self.trueValue, self.entitled, self.paid) = (trueValue, entitled, paid)
  }
}

/// One story as it was lived.
public struct StoryRecord: Sendable {
  public var id: String
  public var title: String
  public var file: String
  public var tags: [String]
  public var because: [String]
  public var depth: String
  public var seed: UInt64
  public var from: Instant
  public var until: Instant
  public var verdict: Verdict
  public var checks: [CheckResult]
  /// Why the story could not be run, or why its verdict is not what its checks say.
  public var remark: String?
  public var evidence: Evidence
  public var outcome: Outcome
  public var money: Money
  public var beliefs: Beliefs
  public var divergence: Belief?
  public var journal: Journal
  public var bytesThroughDescriptors: Int

  public var unmet: [CheckResult] { checks.filter { $0.finding != .met } }
}

/// A whole run.
public struct RunRecord: Sendable {
  public var depth: String
  public var seed: UInt64
  public var stories: [StoryRecord]

  public init(depth: String, seed: UInt64, stories: [StoryRecord]) {
    (self.depth, self.seed, self.stories) = (depth, seed, stories)
  }

  public var isMet: Bool { stories.allSatisfy { $0.verdict != .failed && $0.verdict != .error } }
}
