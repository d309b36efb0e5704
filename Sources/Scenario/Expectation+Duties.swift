// What a story expects of duties and notices, and of what rules make of spans of time.

public import Settlement
public import Units

/// A time of which a story speaks: an instant, or a whole London day.
public struct Moment: Hashable, Sendable, CustomStringConvertible {
  public var from: Instant
  /// Exclusive.
  public var to: Instant

  public init(_ instant: Instant) { (from, to) = (instant, instant + TimeSpan(microseconds: 1)) }

  public init(_ date: CivilDate) {
    (from, to) = (LondonClock.startOfDay(date), LondonClock.startOfDay(date.advanced(byDays: 1)))
  }

  public func contains(_ instant: Instant) -> Bool { instant >= from && instant < to }

  /// An instant in the words of this: its day where a day is spoken of.
  public func words(of instant: Instant) -> String {
    isDay ? "\(LondonClock.date(at: instant))" : "\(instant)"
  }

  public var description: String { words(of: from) }

  private var isDay: Bool { to - from > .hours(1) }
}

/// Somebody who must be told, or several who all must be.
public struct ExpectedNotification: Hashable, Sendable {
  public var parties: [Party]
  /// The latest instant; a date in a scenario means the end of that London day.
  public var by: Instant?
  public var code: ReasonCode?
  /// A meter by its name in the story, an MPAN, a tariff; nil for any.
  public var subject: String?

  public init(_ parties: [Party], by: Instant? = nil, code: ReasonCode? = nil, subject: String? = nil) {
    (self.parties, self.by, self.code, self.subject) = (parties, by, code, subject)
  }
}

/// Something that must be owed, as it stands at the end of the story.
public struct ExpectedObligation: Hashable, Sendable {
  /// A day by which it is owed, or that there is none.
  public enum Day: Hashable, Sendable {
    case date(CivilDate)
    case none
  }

  /// As the core calls it: `reading`, `photo` …
  public var what: String
  public var who: Party?
  public var state: Obligation.State?
  public var by: Day?
  public var rule: Rule?
  public var subject: String?

  public init(_ what: String) { self.what = what }
}

/// What rules must make of a span of time.
public struct ExpectedTreatment: Hashable, Sendable {
  public enum Effect: String, Hashable, Sendable, CaseIterable { case forfeit, hold, reduce, payer, vat }

  public var effect: Effect
  public var reason: ReasonCode?
  public var rule: Rule?
  public var from: Instant?
  /// Exclusive; the end of time where nothing ends it.
  public var to: Instant?
  /// Of the rate that is paid, or of VAT: parts per thousand.
  public var part: Int?
  /// Who pays.
  public var firm: String?

  public init(_ effect: Effect) { self.effect = effect }
}
