// What is known and what is settled so far: carried from one settlement instant to the next. Each pass is a
// function on it, in a file of its own, in the order in which `EmbeddedCore` calls them.

internal import Units

final class Ledger {
  let one: SettlementCase
  var log = DecisionLog()
  var book: MeterBook
  /// From when on export is payable; nil while no meter or MPAN is eligible (R-ELIG-09, -11, -12).
  var payableFrom: Instant?
  /// The first reason why nothing is payable, if so.
  var refusal: (code: ReasonCode, rule: Rule)?
  /// Versions of the tariff as they hold after notices, renewals and new plans; sorted by their start.
  var terms: [TariffTerms]
  /// When a version was first told of that begins at an instant, where that was after the agreement.
  var termsTold: [Instant: Instant] = [:]
  /// Versions of the tariff that may not be applied, and why.
  var refusedTerms: [Int: ReasonCode] = [:]

  var pool = ReadPool()
  var exports: HalfHourTable
  /// Import of the home, from the meter that is there for it.
  var imports: HalfHourTable
  /// Import register of the export meter itself: the two are compared to see whether they are swapped.
  var ownImports: HalfHourTable
  var exportChains: [RegisterChain] = []
  var importChains: [RegisterChain] = []
  var ownImportChains: [RegisterChain] = []
  /// Import falls already told, as a number of accepted reads by chain.
  var importSeen: [RegisterKey: Int] = [:]
  /// Import falls whose export is not known yet.
  var fallsToCompare: [ImportFall] = []
  /// Register advances already compared with half-hours, up to the read at this instant.
  var comparedThrough: [RegisterKey: Instant] = [:]
  /// Spans whose half-hours do not add up to the register's advance, where that holds them.
  var sumsInDoubt: [RegisterKey: [Range<Instant>]] = [:]
  var clockFaults: [String: [Range<Instant>]] = [:]
  /// When a meter's half-hours count as estimated, for its proving test failed; where estimates are payable.
  var unproven: [String: [Range<Instant>]] = [:]
  /// Import and export look swapped, as far as the last comparison that had enough to go by.
  var swapped = false

  /// Events known, in order of arrival.
  var events: [CaseEvent] = []
  /// Stated afresh by the families of rules at each instant.
  var treatments = Treatments()
  var obligations: [Obligation] = []
  var charges: [Charge] = []
  private(set) var notifications: [Notification] = []
  private(set) var touches: Set<BoundaryTouch> = []

  var requests = ReadingRequests()
  var validation = ValidationMemory()
  /// Answers to queries known by now.
  var answers = QueryAnswers([])
  /// Made when first asked for, by all that is known then.
  var gapEstimates: GapEstimates?
  /// Facts already told, by a text that names them.
  var told: Set<String> = []
  /// Export reads of meters that the agreement does not name at its start, in order of arrival.
  lazy var strangeReads = Self.strangeReads(one)
  /// Serials of the meters of whose export register a log has come.
  var exportLogged: Set<String> = []

  /// Last settlement.
  var settledThrough: Instant
  /// The settlement that is being made.
  var settling: Instant
  /// What all time was worth at the last settlement, and so what has been billed.
  var position = Position()
  var verdicts = VerdictBook()
  var sheet: PriceSheet?
  /// What each payer could not take back yet: below zero.
  var carried: [String: Pence] = [:]
  var statements: [Statement] = []
  var keeper = AccountKeeper()
  /// Charges that stand on a statement.
  var stated: [Charge] = []
  /// Arrival of the data that each statement with payable energy rests on, by its number.
  var arrivals: [Int: Instant] = [:]
  /// Announcements of corrected half-hours already acted on.
  var correctionsSeen = 0
  /// Arrival of the newest log.
  var lastLog: Instant?

  let probe: Probe?

  init(_ one: SettlementCase, probe: Probe? = nil) {
    (self.one, self.probe) = (one, probe)
    book = MeterBook(one.agreement.meters)
    terms = one.agreement.tariff
    // A century is more than any agreement lives; it bounds the table whatever a caller says.
    let end = min(one.until, one.from + .days(36_525))
    exports = HalfHourTable(from: one.from, to: end)
    imports = HalfHourTable(from: one.from, to: end)
    ownImports = imports
    settledThrough = one.from
    settling = one.from
  }

  var policy: Policy { one.policy }
  var agreement: Agreement { one.agreement }

  /// What decisions about money are about.
  var subject: String { agreement.exportMPAN ?? agreement.licensee }

  // MARK: What families of rules read and write

  /// Events of some names, in order of arrival. A rule that judges what was known at an instant takes those
  /// received by then.
  func known(_ names: EventName...) -> [CaseEvent] { events.filter { names.contains($0.name) } }

  /// Tells somebody, with a decision of the same words. Repeats count once.
  func notify(
    _ party: Party, _ code: ReasonCode, _ rule: Rule, at: Instant, _ subject: String, reads: [Cause] = [],
    _ text: String
  ) {
    log.note(code, rule, at: at, subject, reads: reads, text)
    let one = Notification(
      at: at, to: party, code: code, rule: rule, subject: subject, text: text, reads: reads)
    if !notifications.contains(one) { notifications.append(one) }
  }

  /// Notes how near the case came to a limit: 0 is the last good value, 1 the first bad one.
  func touch(_ boundary: Boundary, excess: Int64) {
    touches.insert(BoundaryTouch(boundary, excess: excess))
  }

  /// True the first time a fact is told.
  func isNews(_ fact: String) -> Bool { told.insert(fact).inserted }

  /// Whether a query holds the energy it is about.
  func holds(_ code: ReasonCode) -> Bool { policy.validation.queriesThatHold.value.contains(code) }

  /// Export between two instants: from half-hours if all are known, else from reads of the export register at
  /// both ends. `atLeast` accepts reads that lie inside the span.
  func exported(from: Instant, to: Instant, atLeast: Bool = false) -> (energy: Int64, exact: Bool)? {
    if let sum = exports.energy(from: from, to: to) { return (sum, true) }
    let near = policy.validation.pairTolerance.value
    for chain in exportChains {
      let (open, close) = (chain.nearest(to: from), chain.nearest(to: to))
      if let open, let close, (open.read.at - from).magnitude <= near, (close.read.at - to).magnitude <= near,
        open.read.at < close.read.at
      {
        return (close.count - open.count, true)
      }
      guard atLeast, let first = chain.accepted.first(where: { $0.read.at >= from }),
        let last = chain.accepted.last(where: { $0.read.at <= to }), last.read.at > first.read.at
      else { continue }
      return (last.count - first.count, false)
    }
    return nil
  }
}
