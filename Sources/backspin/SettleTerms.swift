// The options of `backspin settle` about the agreement: whose terms, which supply, how big an installation,
// what span.

internal import ArgumentParser
internal import Scenario
internal import Settlement
internal import Units

struct SettleTerms: ParsableArguments {
  @Option(help: ArgumentHelp("Whose terms apply: a file in Profiles/licensees.", valueName: "name"))
  var licensee: String?
  @Option(help: ArgumentHelp("From when: a date (London midnight) or an instant.", valueName: "when"))
  var from: String?
  @Option(help: ArgumentHelp("Until when, exclusive.", valueName: "when")) var until: String?
  @Option(
    help: ArgumentHelp(
      "The export MPAN (default: that of the file, else a made-up one).", valueName: "digits"))
  var mpan: String?
  @Option(help: ArgumentHelp("The serial number of the export meter.", valueName: "text")) var serial =
    Self.madeUpSerial
  @Option(help: ArgumentHelp("Total installed capacity, such as 3.95kWp.", valueName: "power")) var capacity:
    String?
  @Option(help: ArgumentHelp("What the network lets out, if it set a limit.", valueName: "power"))
  var exportLimit: String?
  @Option(
    help: ArgumentHelp(
      "What generates: solar-pv, wind, hydro, micro-chp or anaerobic-digestion.", valueName: "technology"))
  var technology = "solar-pv"
  @Flag(help: "There is a battery that can export.") var storage = false

  static let madeUpSerial = "FROM-FILE"
  /// The distributor id 99 is kept for made-up supplies (R-MPAN-03).
  private static let madeUp = "9900000000015"
  /// The most that the SEG takes (R-ELIG-01).
  private static let schemeLimit = Power(watts: 5_000_000)

  struct Agreed {
    var mpan: String
    var installation: DeclaredInstallation
    var notes: [ImportNote]
  }

  func span() throws -> (from: Instant?, until: Instant?) {
    let (start, end) = (
      try from.map { try Self.instant($0, "--from") }, try until.map { try Self.instant($0, "--until") }
    )
    if let start, let end, end <= start { throw Failure("--until \(end) is not after --from \(start)") }
    return (start, end)
  }

  /// A date is its London midnight; an instant stands on a half-hour.
  private static func instant(_ text: String, _ option: String) throws -> Instant {
    if let date = try? CivilDate(parsing: text) { return LondonClock.startOfDay(date) }
    let instant: Instant = try SettleCommand.quantity(text, option)
    guard HalfHour(containing: instant).start == instant else {
      throw Failure("\(option): \(instant) is not on a half-hour")
    }
    return instant
  }

  /// Whose terms apply.
  var name: String {
    get throws {
      guard let licensee else { throw Failure("--licensee is missing: a file in Profiles/licensees") }
      return licensee
    }
  }

  /// The MPAN that is stated, if it is one: a wrong one is refused by rule, not here.
  func ownMPAN() throws -> MPAN? { mpan.flatMap { try? MPAN(parsing: $0) } }

  func agreed(own fromFile: String?) throws -> Agreed {
    guard
      let technology: DeclaredInstallation.Technology = try SettleCommand.choice(technology, "--technology")
    else {
      throw Failure("--technology is missing")
    }
    var notes: [ImportNote] = []
    let own = mpan ?? fromFile
    if own == nil {
      notes.append(ImportNote(.assumed, "no MPAN is stated: the made-up \(Self.madeUp) stands in (--mpan)"))
    }
    let power: Power? = try capacity.map { try SettleCommand.quantity($0, "--capacity") }
    if power == nil {
      notes.append(
        ImportNote(
          .assumed,
          "no capacity is stated: the limit of the scheme, \(Self.schemeLimit), stands in, so that too much export "
            + "is hardly seen (--capacity)"))
    }
    let limit: Power? = try exportLimit.map { try SettleCommand.quantity($0, "--export-limit") }
    for (value, option) in [(power, "--capacity"), (limit, "--export-limit")] {
      if let value, value <= .zero { throw Failure("\(option) must be above zero, not \(value)") }
    }
    return Agreed(
      mpan: own ?? Self.madeUp,
      installation: DeclaredInstallation(
        technology: technology, capacity: power ?? Self.schemeLimit, exportLimit: limit, hasStorage: storage),
      notes: notes)
  }
}
