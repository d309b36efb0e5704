// The run as JSON: the one documented shape (docs/json.md). Energies are whole Wh, money is a decimal string of
// pence, instants are ISO 8601 in UTC.

public import Runner
public import Settlement
internal import Timeline
internal import Units

/// Turns a run record into JSON.
public enum RunJSON {
  /// Raised when a key changes its meaning; new keys do not raise it.
  public static let version: Int64 = 1

  public static func document(_ run: RunRecord) -> JSONText {
    .object([
      ("backspin", .whole(version)),
      ("depth", .text(run.depth)),
      ("seed", .text(String(run.seed))),
      ("met", .flag(run.isMet)),
      ("stories", .list(run.stories.map(story))),
    ])
  }

  public static func story(_ one: StoryRecord) -> JSONText {
    .object([
      ("id", .text(one.id)),
      ("title", .text(one.title)),
      ("file", .text(one.file)),
      ("tags", .list(one.tags.map(JSONText.text))),
      ("because", .list(one.because.map(JSONText.text))),
      ("from", .text("\(one.from)")),
      ("until", .text("\(one.until)")),
      ("verdict", .text(one.verdict.rawValue)),
      ("remark", one.remark.map(JSONText.text) ?? .null),
      ("checks", .list(one.checks.map(check))),
      ("money", money(one.money)),
      ("divergence", one.divergence.map(belief) ?? .null),
      ("reads", .list(one.evidence.reads.map(read))),
      ("failedReads", .list(one.evidence.failures.map(failure))),
      ("line", counts(one)),
      ("outcome", outcome(one.outcome)),
      ("journal", journal(one.journal)),
    ])
  }

  /// What a settlement said, alone: also the shape of `backspin settle --json`.
  public static func outcome(_ outcome: Outcome) -> JSONText {
    .object([
      ("statements", .list(outcome.statements.map(statement))),
      ("decisions", .list(outcome.decisions.map(decision))),
      ("halfHours", .list(outcome.halfHours.map(halfHour))),
    ])
  }

  private static func check(_ one: CheckResult) -> JSONText {
    .object([
      ("checker", .text(one.checker)), ("finding", .text(one.finding.rawValue)), ("at", .text(one.at)),
      ("expected", .text(one.expected)), ("got", .text(one.got)), ("why", .list(one.why.map(JSONText.text))),
    ])
  }

  private static func money(_ money: Money) -> JSONText {
    .object([
      ("trueValuePence", money.trueValue.map { .text($0.penceText) } ?? .null),
      ("entitledPence", money.entitled.map { .text($0.penceText) } ?? .null),
      ("paidPence", .whole(money.paid.value)),
    ])
  }

  private static func belief(_ one: Belief) -> JSONText {
    .object([
      ("layer", .text(one.layer.rawValue)), ("at", .text("\(one.at)")), ("truthWh", .whole(one.truth.value)),
      ("believedWh", .whole(one.believed.value)), ("toleranceWh", .whole(one.tolerance.value)),
      ("cause", .whole(Int64(one.cause.number))),
    ])
  }

  private static func read(_ one: Read) -> JSONText {
    .object([
      ("serial", .text(one.serial)), ("register", .text(one.register.rawValue)),
      ("wh", .whole(one.value.value)), ("resolutionWh", .whole(one.resolution.value)),
      ("at", .text("\(one.at)")), ("received", .text("\(one.received)")), ("source", .text(one.source.rawValue)),
      ("photo", .flag(one.photo != nil)), ("cause", .whole(Int64(one.cause.number))),
    ])
  }

  private static func failure(_ one: FailedRead) -> JSONText {
    .object([
      ("meter", .text(one.meter)), ("at", .text("\(one.at)")), ("reason", .text(one.reason)),
      ("cause", .whole(Int64(one.cause.number))),
    ])
  }

  private static func counts(_ one: StoryRecord) -> JSONText {
    .object([
      ("attempts", .whole(Int64(one.evidence.attempts))),
      ("framesRefused", .whole(Int64(one.evidence.framesRefused))),
      ("silences", .whole(Int64(one.evidence.silences))),
      ("bytesThroughDescriptors", .whole(Int64(one.bytesThroughDescriptors))),
    ])
  }

  private static func statement(_ one: Statement) -> JSONText {
    .object([
      ("licensee", .text(one.licensee)), ("mpan", .text(one.mpan)), ("from", .text("\(one.from)")),
      ("to", .text("\(one.to)")), ("status", .text(one.status.rawValue)),
      ("lines", .list(one.lines.map(line))), ("exactPence", .text(one.exact.penceText)),
      ("netPence", .whole(one.net.value)), ("due", one.due.map { .text("\($0)") } ?? .null),
    ])
  }

  private static func line(_ one: StatementLine) -> JSONText {
    .object([
      ("kind", .text(one.kind.rawValue)), ("basis", .text(one.basis.rawValue)), ("from", .text("\(one.from)")),
      ("to", .text("\(one.to)")), ("wh", one.energy.map { .whole($0.value) } ?? .null),
      ("halfHours", .whole(Int64(one.halfHours))), ("rate", one.rate.map { .text("\($0)") } ?? .null),
      ("tariff", .text(one.tariff)), ("exactPence", .text(one.exact.penceText)),
      ("amountPence", .whole(one.amount.value)), ("reason", .text(one.reason.rawValue)),
      ("rule", .text(one.rule)), ("reads", causes(one.reads)),
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
      ("start", .text("\(one.halfHour.start)")), ("wh", .whole(one.energy.value)),
      ("quality", .text(one.quality.rawValue)), ("state", .text(one.state.word)),
      ("reason", one.state.reason.map { .text($0.rawValue) } ?? .null),
      ("rate", one.rate.map { .text("\($0)") } ?? .null),
    ])
  }

  private static func causes(_ causes: [Cause]) -> JSONText {
    .list(causes.map { .whole(Int64($0.number)) })
  }

  private static func journal(_ journal: Journal) -> JSONText {
    .object([
      ("entries", .whole(Int64(journal.entries.count))), ("bytes", .whole(Int64(journal.arena.count))),
      ("digest", .text(String(journal.digest, radix: 16))),
    ])
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
    }
  }

  /// Why it is held; nil where it is not.
  public var reason: ReasonCode? {
    if case .held(let reason) = self { reason } else { nil }
  }
}

extension NanoPence {
  /// Exact pence as a decimal number without its unit.
  var penceText: String { String(description.dropLast()) }
}
