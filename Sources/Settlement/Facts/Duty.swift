// Who must be told, and who owes what by when.

public import Units

/// Somebody in the life of an agreement.
public enum Party: String, Hashable, Sendable, CaseIterable {
  case customer, licensee, occupier, owner, installer, dno, ofgem, ombudsman
  case importSupplier = "import-supplier"
  case newLicensee = "new-licensee"
  case oldLicensee = "old-licensee"
  case customers
}

/// Somebody is told, or must be.
public struct Notification: Hashable, Sendable {
  public var at: Instant
  public var to: Party
  public var code: ReasonCode
  public var rule: String
  public var subject: String
  public var text: String
  public var reads: [Cause]

  public init(
    at: Instant, to: Party, code: ReasonCode, rule: Rule, subject: String, text: String, reads: [Cause] = []
  ) {
    (self.at, self.to, self.code, self.rule) = (at, to, code, rule.rawValue)
    (self.subject, self.text, self.reads) = (subject, text, reads.filter { $0 != .none })
  }
}

/// Something owed by a day: a reading, a document, an answer, a payment.
public struct Obligation: Hashable, Sendable {
  public enum State: String, Hashable, Sendable, CaseIterable { case open, met, overdue, lapsed }

  /// A word for machines: `reading`, `photo`, `dno-letter`, `payment` …
  public var what: String
  public var who: Party
  public var rule: String
  public var subject: String
  public var since: Instant
  /// The last day on which it is in time; nil where no document fixes one.
  public var by: CivilDate?
  public var state: State
  /// When it was met, if it was.
  public var met: Instant?
  public var text: String

  public init(
    _ what: String, of who: Party, rule: Rule, subject: String, since: Instant, by: CivilDate?,
    state: State, met: Instant? = nil, text: String
  ) {
    (self.what, self.who, self.rule, self.subject) = (what, who, rule.rawValue, subject)
    (self.since, self.by, self.state, self.met, self.text) = (since, by, state, met, text)
  }
}
