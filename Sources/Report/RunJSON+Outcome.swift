// The part of a run's JSON that tells what a settlement said.

public import Settlement
internal import Units

extension RunJSON {
  /// What a settlement said, alone: also the shape of `backspin settle --json`.
  public static func outcome(_ outcome: Outcome) -> JSONText {
    .object([
      ("statements", .list(outcome.statements.map(statement))),
      ("decisions", .list(outcome.decisions.map(decision))),
      ("halfHours", .list(outcome.halfHours.map(halfHour))),
    ])
  }

  private static func statement(_ one: Statement) -> JSONText {
    .object([
      ("licensee", .text(one.licensee)), ("mpan", .text(one.mpan)), ("from", .text("\(one.from)")),
      ("to", .text("\(one.to)")), ("status", .text(one.status.rawValue)),
      ("lines", .list(one.lines.map(line))), ("exactPence", .text(one.exact.penceText)),
      ("netPence", .whole(one.net.value)), ("vatPence", .whole(one.vat.value)),
      ("grossPence", .whole(one.gross.value)), ("carriedInPence", .whole(one.carriedIn.value)),
      ("carriedOutPence", .whole(one.carriedOut.value)), ("payablePence", .whole(one.payable.value)),
      ("payer", .text(one.payer)), ("flags", .list(one.flags.map { .text($0) })), ("due", one.due.map { .text("\($0)") } ?? .null),
    ])
  }

  private static func line(_ one: StatementLine) -> JSONText {
    .object([
      ("kind", .text(one.kind.rawValue)), ("basis", .text(one.basis.rawValue)),
      ("from", .text("\(one.from)")),
      ("to", .text("\(one.to)")), ("wh", one.energy.map { .whole($0.value) } ?? .null),
      ("halfHours", .whole(Int64(one.halfHours))), ("rate", one.rate.map { .text("\($0)") } ?? .null),
      ("tariff", .text(one.tariff)), ("exactPence", .text(one.exact.penceText)),
      ("amountPence", .whole(one.amount.value)), ("reason", .text(one.reason.rawValue)),
      ("rule", .text(one.rule)), ("reads", causes(one.reads)),
      ("vatPerMille", .whole(Int64(one.vat))), ("flags", .list(one.flags.names.map { .text($0) })),
    ])
  }

  private static func decision(_ one: Decision) -> JSONText {
    .object([
      ("at", .text("\(one.at)")), ("rule", .text(one.rule)), ("code", .text(one.code.rawValue)),
      ("severity", .text(one.severity.rawValue)), ("subject", .text(one.subject)), ("text", .text(one.text)),
      ("reads", causes(one.reads)),
    ])
  }

  private static func halfHour(_ one: SettledHalfHour) -> JSONText {
    .object([
      ("start", .text("\(one.halfHour.start)")),
      ("wh", one.quality == .missing ? .null : .whole(one.energy.value)),
      ("quality", .text(one.quality.rawValue)), ("state", .text(one.state.word)),
      ("reason", one.state.reason.map { .text($0.rawValue) } ?? .null),
      ("rate", one.rate.map { .text("\($0)") } ?? .null),
    ])
  }

  private static func causes(_ causes: [Cause]) -> JSONText {
    .list(causes.map { .whole(Int64($0.number)) })
  }
}

extension SettledHalfHour.State {
  /// One word for machines.
  public var word: String {
    switch self {
    case .open: "open"
    case .paid: "paid"
    case .provisional: "provisional"
    case .inAdvance: "in-advance"
    case .held: "held"
    case .forfeited: "forfeited"
    }
  }

  /// Why it is held or forfeited; nil where it is neither.
  public var reason: ReasonCode? {
    switch self {
    case .held(let reason), .forfeited(let reason): reason
    case .open, .paid, .provisional, .inAdvance: nil
    }
  }
}

extension NanoPence {
  /// Exact pence as a decimal number without its unit.
  var penceText: String { String(description.dropLast()) }
}
