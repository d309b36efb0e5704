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

  /// What the customer is sent.
  var papers: [StatementPaper] {
    StatementPaper.all(
      outcome.statements, title: policy.title, payees: outcome.statements.map { one.payee(until: $0.to) },
      reads: one.reads)
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
    let settled = SettlementText(title: policy.title, outcome, cited: cited)
    return text + settled.money(halfHours: halfHours)
  }

  private static func table(_ mapping: ImportMapping) -> String {
    mapping.choices.map { choice in
      "  " + columns([choice.what, choice.value], widths: [12])
        + (choice.because.isEmpty ? "" : "  (\(choice.because))") + "\n"
    }.joined()
  }

  private func cited(_ lines: [Cause]) -> String {
    let shown =
      lines.prefix(6).map { place?($0) ?? "\($0.number)" }.joined(separator: ", ")
      + (lines.count > 6 ? " …" : "")
    return lines.isEmpty ? "" : lines.count == 1 ? " (line \(shown))" : " (lines \(shown))"
  }
}
