// What `backspin settle` found, as text that a person can check by hand, and as JSON.

internal import Report
internal import Runner
internal import Scenario
internal import Settlement
internal import Units

struct Settled {
  /// The files, as they were named.
  var reads: String
  var mapping: ImportMapping
  var span: Range<Instant>
  var rates: SettleRates.Priced
  var notes: [ImportNote]
  var policy: Policy
  var one: SettlementCase
  var outcome = Outcome()
  /// Where a read of some number stands, where the number is not its line.
  var place: ((Cause) -> String)?

  /// Masks all that is shown.
  mutating func redact(_ redactor: Redactor) {
    reads = redactor.text(reads)
    mapping = mapping.mappingTexts { redactor.name($0) }
    rates.mapping = rates.mapping.mappingTexts { redactor.name($0) }
    rates.terms.name = redactor.text(rates.terms.name)
    for index in notes.indices { notes[index].text = redactor.text(notes[index].text) }
    one = redactor.redacted(one)
    outcome = redactor.redacted(outcome)
    if let place { self.place = { redactor.text(place($0)) } }
  }

  /// The reads and half-hours as flow files.
  func leaveFlows(in path: String) throws {
    var folder = FlowsFolder(path)
    let notes = try folder.write(
      "", reads: one.reads, logs: one.logs, exportMPAN: one.agreement.exportMPAN,
      importMPAN: one.agreement.importMPAN, made: one.until)
    for note in notes { Terminal.error("\(note)") }
  }

  // MARK: JSON

  var json: JSONText {
    var fields: [(String, JSONText)] = [
      ("backspin", .whole(RunJSON.version)), ("reads", .text(reads)), ("mapping", Self.json(mapping)),
      ("rateMapping", Self.json(rates.mapping)),
      ("notes", .list(notes.map { .object([("kind", .text($0.kind.rawValue)), ("text", .text($0.text))]) })),
      ("licensee", .text(policy.name)), ("tariff", .text(rates.terms.name)),
      ("from", .text("\(span.lowerBound)")), ("until", .text("\(span.upperBound)")),
    ]
    if case .object(let settled) = RunJSON.outcome(outcome) { fields += settled }
    return .object(fields)
  }

  private static func json(_ mapping: ImportMapping) -> JSONText {
    .list(
      mapping.choices.map {
        .object([("what", .text($0.what)), ("value", .text($0.value)), ("because", .text($0.because))])
      })
  }

  // MARK: Text

  func text(halfHours: Bool) -> String {
    var text = "\(reads) was read as\n" + Self.table(mapping)
    if !rates.mapping.choices.isEmpty {
      text += "\(rates.terms.name) was read as\n" + Self.table(rates.mapping)
    }
    if !notes.isEmpty { text += "notes\n" }
    for note in notes { text += "  \(note.text) [\(note.kind.rawValue)]\n" }
    for statement in outcome.statements { text += "\n" + statementText(statement) }
    if halfHours { text += "\n" + halfHourTable }
    text += "\ndecisions\n"
    for decision in outcome.decisions { text += decisionText(decision) }
    return text
  }

  private static func table(_ mapping: ImportMapping) -> String {
    mapping.choices.map { choice in
      "  " + columns([choice.what, choice.value], widths: [12])
        + (choice.because.isEmpty ? "" : "  (\(choice.because))") + "\n"
    }.joined()
  }

  private func statementText(_ one: Statement) -> String {
    var text =
      "statement of \(policy.title), MPAN \(one.mpan), \(one.from) to \(one.to): \(one.status.rawValue)\n"
    for line in one.lines { text += lineText(line) }
    text +=
      "  "
      + columns(["net", "\(one.net), from \(one.exact) before each line was rounded once"], widths: [13])
    return text + (one.due.map { "; due by \($0)" } ?? "") + "\n"
  }

  private func lineText(_ one: StatementLine) -> String {
    let count = one.halfHours == 1 ? "1 half-hour" : "\(one.halfHours) half-hours"
    var text = "  " + columns([one.kind.rawValue, "\(one.from) to \(one.to), \(count)"], widths: [13]) + "\n"
    let energy = one.energy.map { "\($0)" } ?? "an unknown energy"
    text += String(repeating: " ", count: 15)
    if one.isPayable {
      let price = one.rate.map { "× \($0)" } ?? "at \(halfHoursOwn)"
      text += "\(energy) \(price) = \(one.exact) → \(one.amount)"
    } else {
      text += "\(energy) not paid: \(one.reason.meaning)"
    }
    return text + " [\(one.reason.rawValue) \(one.rule)]\n"
  }

  private var halfHoursOwn: String { "the price of each half-hour (--half-hours shows them)" }

  private var halfHourTable: String {
    let widths = [19, 14, 3, 13, 18]
    var text =
      "half-hours\n  " + columns(["start", "export", "q", "state", "price", "exact"], widths: widths) + "\n"
    for row in outcome.halfHours where row.quality != .missing || row.state != .open {
      let energy = row.quality == .missing ? "—" : "\(row.energy)"
      let price = row.rate.map { "\($0)" } ?? "—"
      let exact = row.rate.map { "\(row.energy * $0)" } ?? row.state.reason?.rawValue ?? "—"
      text +=
        "  "
        + columns(
          ["\(row.halfHour.start)", energy, row.quality.rawValue, row.state.word, price, exact],
          widths: widths) + "\n"
    }
    return text
  }

  private func decisionText(_ one: Decision) -> String {
    let lines = one.reads
    let shown =
      lines.prefix(6).map { place?($0) ?? "\($0.number)" }.joined(separator: ", ")
      + (lines.count > 6 ? " …" : "")
    let cited = lines.isEmpty ? "" : lines.count == 1 ? " (line \(shown))" : " (lines \(shown))"
    return
      "  \(one.at) \(one.code.rawValue) \(one.rule) \(one.severity.rawValue), \(one.subject): \(one.text)\(cited)\n"
  }
}
