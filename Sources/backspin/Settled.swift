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
  var outcome: Outcome
  /// Where a read of some number stands, where the number is not its line.
  var place: ((Cause) -> String)?

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
