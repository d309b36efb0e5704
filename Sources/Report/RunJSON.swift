// The run as JSON: the one documented shape (docs/json.md). Energies are whole Wh, money is a decimal string
// of pence, instants are ISO 8601 in UTC.

public import Runner
internal import Timeline
internal import Units

/// Turns a run record into JSON.
public enum RunJSON {
  /// Raised when a key changes its meaning; new keys do not raise it.
  public static let version: Int64 = 2

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
      ("mpans", .list(one.identifiers.mpans.sorted().map(JSONText.text))),
      ("serials", .list(one.identifiers.serials.sorted().map(JSONText.text))),
      ("tags", .list(one.tags.map(JSONText.text))),
      ("because", .list(one.because.map(JSONText.text))),
      ("from", .text("\(one.from)")),
      ("until", .text("\(one.until)")),
      ("verdict", .text(one.verdict.rawValue)),
      ("remark", one.remark.map(JSONText.text) ?? .null),
      ("checks", .list(one.checks.map(check))),
      ("money", money(one.money)),
      ("divergence", one.divergence.map(belief) ?? .null),
      ("meters", .list(one.meters.map(meter))),
      ("faults", .list(one.faults.map(fault))),
      ("settlements", .list(one.settlements.map { .text("\($0)") })),
      ("reads", .list(one.evidence.reads.map { TargetJSON.write($0) })),
      ("photographs", .list(one.evidence.photographs.map(photograph))),
      ("logs", .list(one.evidence.logs.map { TargetJSON.write($0) })),
      ("failedReads", .list(one.evidence.failures.map(failure))),
      ("line", counts(one)),
      ("outcome", outcome(one.outcome)),
      ("journal", journal(one.journal)),
    ])
  }

  private static func check(_ one: CheckResult) -> JSONText {
    .object([
      ("checker", .text(one.checker)), ("finding", .text(one.finding.rawValue)), ("at", .text(one.at)),
      ("excerpt", .text(one.excerpt)), ("expected", .text(one.expected)), ("got", .text(one.got)),
      ("why", .list(one.why.map(JSONText.text))),
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

  private static func journal(_ journal: Journal) -> JSONText {
    .object([
      ("entries", .whole(Int64(journal.entries.count))), ("bytes", .whole(Int64(journal.arena.count))),
      ("digest", .text(String(journal.digest, radix: 16))),
    ])
  }
}
