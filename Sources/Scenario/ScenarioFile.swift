// One story: who and where, what happens, and what must come out. A file with a `table:` gives one story a
// row. Everything is data; the Runner brings it to life.

internal import MeterModel
public import Settlement
public import Truth
public import Units

/// All of one story.
public struct ScenarioFile: Hashable, Sendable {
  /// How far into the machine the bytes go.
  public enum Depth: String, Hashable, Sendable, CaseIterable { case memory, pty, tcp }

  /// A known gap: the story fails, we know why, and say until when that is acceptable.
  public struct KnownGap: Hashable, Sendable {
    public var until: CivilDate
    public var because: String
    public var at: Position

    public init(until: CivilDate, because: String, at: Position = .nowhere) {
      (self.until, self.because, self.at) = (until, because, at)
    }
  }

  /// What the customer is entitled to for the whole story.
  public enum Entitled: Hashable, Sendable {
    /// The true value: true export × the rate in force.
    case trueValue
    /// Stated by hand; the story's `worked` says how it came about.
    case stated(Pence)
  }

  /// What the story says of itself that would otherwise fail it.
  public struct Declarations: Hashable, Sendable {
    /// Faults that change nothing here, by id.
    public var noEffect: Set<String>
    /// Checkers that find nothing to examine here.
    public var vacuous: Set<Expectation.Check.Kind>

    public init(noEffect: Set<String> = [], vacuous: Set<Expectation.Check.Kind> = []) {
      (self.noEffect, self.vacuous) = (noEffect, vacuous)
    }
  }

  /// Stable: `disc-without-backstop`, or `disc-without-backstop/three-days` for a row of a table.
  public var id: String
  public var title: String
  /// Rules and clauses it is about: `R-BACK-01`, `BUL 6.13`.
  public var because: [String]
  public var tags: [String]
  /// The depths at which it means anything.
  public var depths: Set<Depth>
  /// Nil: the run's own seed.
  public var seed: UInt64?
  /// Start and end of the story; nothing happens outside.
  public var from: Instant
  public var until: Instant
  /// Nil for a story of facts alone: nothing flows, nothing is emulated.
  public var site: SiteDescription?
  public var meters: [MeterSetup]
  /// Meters of which only facts are stated.
  public var given: [GivenMeter]
  public var lines: [LineSetup]
  /// Nil for a story without money.
  public var agreement: Agreement?
  /// The terms of the agreement's licensee.
  public var policy: Policy?
  /// The working days by which payments are due; nil where no calendar is at hand.
  public var calendar: WorkingDays?
  /// In order of time; of one instant, in the order written.
  public var timeline: [Command]
  public var expect: [Expectation]
  public var known: KnownGap?
  public var entitled: Entitled
  /// How the amounts stated by hand came about.
  public var worked: String?
  public var declares: Declarations
  /// The story must fail in this checker, and in no other: it shows that the checker can.
  public var mustFail: Expectation.Check.Kind?
  /// Path of the file.
  public var file: String
  /// The story as written (for a row of a table: with the row put in). `node.printed` gives the text.
  public var node: Node

  public func meter(_ name: String) -> MeterSetup? { meters.first { $0.name == name } }
  /// The serial number of a meter by its name, as it was at the start.
  public func serial(of name: String) -> String? {
    meter(name)?.serial ?? given.first { $0.name == name }?.details.serial
  }
  public func line(_ name: String) -> LineSetup? { lines.first { $0.name == name } }
}
