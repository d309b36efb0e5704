// What a customer is sent, as content: who pays whom for what period, each line with its working, what is not
// paid yet and why, and what it comes to. Where VAT is on it, it is a self-billed invoice and says so
// (R-LIC-07: period, reads, basis, rate and anything held; R-VAT-02).

public import Settlement
public import Units

/// One statement as a customer reads it.
public struct StatementPaper: Sendable {
  /// A line with its working.
  struct Row: Sendable {
    var period: String
    var measured: String
    var energy: String
    var price: String
    /// Empty on what is no invoice.
    var vat = ""
    var amount: String
    /// Readings, remarks: small print under the line.
    var notes: [String] = []
  }

  let title: String
  let payer: String
  /// Number of the statement, period, MPAN, due date … as they stand in the head.
  let head: [(name: String, value: String)]
  let rows: [Row]
  /// Energy that is not paid with this statement.
  let waiting: [Row]
  let totals: [(name: String, value: String)]
  let remarks: [String]
  /// The last of the totals: what is paid.
  let amount: String

  /// The statements of an outcome in their order, numbered from 1. `payees` says who is paid with each (none
  /// where nobody said); `reads` are those the lines cite. A statement whose payer is the licensee is headed
  /// with its title.
  public static func all(
    _ statements: [Statement], title: String, payees: [Payee] = [], reads: [Read] = []
  ) -> [StatementPaper] {
    let cited = [Cause: Read](reads.map { ($0.cause, $0) }) { first, _ in first }
    return statements.enumerated().map { index, one in
      StatementPaper(
        one, number: index + 1, payer: one.payer == one.licensee ? title : one.payer,
        payee: payees.indices.contains(index) ? payees[index] : Payee(), cited: cited)
    }
  }

  private init(
    _ statement: Statement, number: Int, payer: String, payee: Payee, cited: [Cause: Read]
  ) {
    let isInvoice = statement.vat != .zero
    title =
      isInvoice ? "Self-billed VAT invoice for exported electricity" : "Statement of exported electricity"
    self.payer = payer
    let payable = statement.lines.filter(\.isPayable)
    rows = payable.map { Self.row($0, cited, isInvoice: isInvoice) }
    waiting = statement.lines.filter { !$0.isPayable }.map {
      Self.row($0, cited, isInvoice: isInvoice)
    }
    head = Self.head(statement, number: number, isInvoice: isInvoice, payee)
    totals = Self.totals(statement, isInvoice: isInvoice)
    amount = "\(statement.payable)"
    remarks = Self.remarks(statement, isInvoice: isInvoice)
  }

  private static func head(
    _ one: Statement, number: Int, isInvoice: Bool, _ payee: Payee
  ) -> [(name: String, value: String)] {
    var head = [
      ("number", "\(number)"), ("period", period(one.from, one.to)), ("export MPAN", spaced(one.mpan)),
      ("date", day(LondonClock.date(at: one.to))),
    ]
    if let name = payee.name { head.append(("for", name)) }
    if isInvoice { head.append(("your VAT number", payee.vatNumber ?? "not given")) }
    if let due = one.due, one.payable > .zero { head.append(("we pay by", day(due))) }
    head.append(("status", words(one.status)))
    return head.map { (name: $0.0, value: $0.1) }
  }

  private static func totals(_ one: Statement, isInvoice: Bool) -> [(name: String, value: String)] {
    var totals = [(name: isInvoice ? "net" : "together", value: "\(one.net)")]
    if isInvoice {
      totals.append((name: "VAT", value: "\(one.vat)"))
      totals.append((name: "gross", value: "\(one.gross)"))
    }
    if one.carriedIn != .zero {
      totals.append((name: "carried over from before", value: "\(one.carriedIn)"))
    }
    if one.carriedOut != .zero {
      totals.append((name: "carried to the next statement", value: "\(one.carriedOut)"))
    }
    totals.append((name: one.payable > .zero ? "we pay you" : "nothing is paid", value: "\(one.payable)"))
    return totals
  }

  private static func remarks(_ one: Statement, isInvoice: Bool) -> [String] {
    var remarks: [String] = []
    if isInvoice {
      remarks.append("The VAT shown is your output tax due to HMRC.")
    }
    if one.lines.contains(where: { $0.kind == .provisional }) {
      remarks.append("Provisional lines are corrected when better readings arrive.")
    }
    if one.lines.contains(where: { $0.kind == .adjustment }) {
      remarks.append(
        "An adjustment is the difference from what an earlier statement said; that statement stays as it was."
      )
    }
    if one.carriedOut != .zero {
      remarks.append("Nothing is asked back from you: what was paid too much comes off later payments.")
    }
    if !one.lines.contains(where: \.isPayable) {
      remarks.append("Nothing is payable in this period yet.")
    }
    remarks.append("Each line is rounded once, to whole pence.")
    return remarks
  }

  // MARK: Lines

  private static func row(_ line: StatementLine, _ cited: [Cause: Read], isInvoice: Bool) -> Row {
    var notes = readings(line, cited)
    if line.kind != .paid { notes.append(remark(on: line)) }
    let isAwaited = line.kind == .awaited
    return Row(
      period: period(line.from, line.to), measured: isAwaited ? "" : measured(line),
      energy: line.energy.map { "\($0)" } ?? (isAwaited ? "" : "not known"),
      price: price(line), vat: isInvoice && line.isPayable ? percent(line.vat) : "",
      amount: line.isPayable ? "\(line.amount)" : "–", notes: notes)
  }

  private static func measured(_ line: StatementLine) -> String {
    switch line.basis {
    case .halfHours: "\(line.halfHours) half-hour\(line.halfHours == 1 ? "" : "s")"
    case .registers: "meter readings"
    }
  }

  private static func price(_ line: StatementLine) -> String {
    guard line.isPayable else { return "–" }
    return line.rate.map { "\($0)" } ?? "by the half-hour"
  }

  private static func percent(_ perMille: Int) -> String {
    perMille == 0 ? "none" : "\(perMille / 10)" + (perMille % 10 == 0 ? "" : ".\(perMille % 10)") + " %"
  }

  /// The opening and the closing reading of an advance.
  private static func readings(_ line: StatementLine, _ cited: [Cause: Read]) -> [String] {
    guard line.basis == .registers else { return [] }
    let reads = line.reads.compactMap { cited[$0] }.sorted { $0.at < $1.at }
    guard let first = reads.first, let last = reads.last, first != last else { return [] }
    return [first, last].map {
      "meter \($0.serial) read \($0.value) on \(moment($0.at)), \(by($0.source))"
    }
  }

  private static func by(_ source: ReadSource) -> String {
    switch source {
    case .remote: "remotely"
    case .customer: "by you"
    case .visit: "by a visitor"
    }
  }

  private static func remark(on line: StatementLine) -> String {
    let what =
      switch line.kind {
      case .paid: "paid"
      case .provisional: "provisional"
      case .adjustment: "adjustment"
      case .held: "held"
      case .forfeited: "not payable"
      case .awaited: "not read yet: it comes with a later statement"
      }
    return line.kind == .awaited ? what : "\(what): \(line.reason.meaning) (\(line.rule))"
  }

  // MARK: Words

  private static func words(_ status: Statement.Status) -> String {
    switch status {
    case .payable: "payable"
    case .held: "held"
    case .provisional: "provisional"
    case .final: "final"
    case .adjustment: "adjustment"
    }
  }

  /// Days of the London calendar, both included; with times where an end is not midnight.
  static func period(_ from: Instant, _ to: Instant) -> String {
    let (start, end) = (LondonClock.date(at: from), LondonClock.date(at: to))
    guard LondonClock.startOfDay(start) == from, LondonClock.startOfDay(end) == to, from < to else {
      return "\(moment(from)) to \(moment(to))"
    }
    let last = end.advanced(byDays: -1)
    return start == last ? day(start) : "\(day(start)) to \(day(last))"
  }

  private static let months = [
    "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
  ]

  /// 1 Feb 2026.
  private static func day(_ date: CivilDate) -> String {
    "\(date.day) \(months[date.month - 1]) \(date.year)"
  }

  static func moment(_ at: Instant) -> String {
    let minute = LondonClock.minuteOfDay(at: at)
    return "\(day(LondonClock.date(at: at))) \(ClockTime(minuteOfDay: minute, zone: .london))"
  }

  /// 99 0000 0000 015, as it stands on bills.
  private static func spaced(_ mpan: String) -> String {
    guard mpan.count == 13, mpan.allSatisfy(\.isNumber) else { return mpan }
    let digits = Array(mpan)
    return [0..<2, 2..<6, 6..<10, 10..<13].map { String(digits[$0]) }.joined(separator: " ")
  }
}
