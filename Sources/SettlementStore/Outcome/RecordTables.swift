// The outcome tables, column by column. A new field of an outcome is one row here, with `since:` the version
// of the schema that adds its column.

internal import Settlement
internal import Units

/// A line and the ordinal of its statement.
struct PlacedLine: Sendable {
  var statement: Int
  var line: StatementLine
}

enum RecordTables {
  static let statements = RecordTable<Statement>(
    name: "statements", word: "statement",
    columns: [
      .text("licensee") { $0.licensee }, .text("mpan") { $0.mpan }, .instant("from") { $0.from },
      .instant("to") { $0.to }, .text("exact") { $0.exact.kept }, .whole("net") { $0.net.value },
      .text("status") { $0.status.rawValue }, .text("due") { $0.due?.description },
    ])

  static let lines = RecordTable<PlacedLine>(
    name: "lines", word: "line",
    columns: [
      .whole("statement") { Int64($0.statement) }, .text("kind") { $0.line.kind.rawValue },
      .text("basis") { $0.line.basis.rawValue }, .instant("from") { $0.line.from },
      .instant("to") { $0.line.to }, .whole("energy") { $0.line.energy?.value },
      .whole("half_hours") { Int64($0.line.halfHours) },
      .whole("rate") { $0.line.rate?.microPencePerKilowattHour }, .text("tariff") { $0.line.tariff },
      .text("exact") { $0.line.exact.kept }, .whole("amount") { $0.line.amount.value },
      .text("reason") { $0.line.reason.rawValue }, .text("rule") { $0.line.rule },
      .text("reads") { CauseRuns.text($0.line.reads) },
    ])

  static let decisions = RecordTable<Decision>(
    name: "decisions", word: "decision",
    columns: [
      .instant("at") { $0.at }, .text("rule") { $0.rule }, .text("code") { $0.code.rawValue },
      .text("severity") { $0.severity.rawValue }, .text("subject") { $0.subject }, .text("text") { $0.text },
      .text("reads") { CauseRuns.text($0.reads) },
    ])

  static let notifications = RecordTable<Notification>(
    name: "notifications", word: "notification",
    columns: [
      .instant("at") { $0.at }, .text("to") { $0.to.rawValue }, .text("code") { $0.code.rawValue },
      .text("rule") { $0.rule }, .text("subject") { $0.subject }, .text("text") { $0.text },
      .text("reads") { CauseRuns.text($0.reads) },
    ])

  static let obligations = RecordTable<Obligation>(
    name: "obligations", word: "obligation",
    columns: [
      .text("what") { $0.what }, .text("who") { $0.who.rawValue }, .text("rule") { $0.rule },
      .text("subject") { $0.subject }, .instant("since") { $0.since }, .text("by") { $0.by?.description },
      .text("state") { $0.state.rawValue }, .instant("met") { $0.met }, .text("text") { $0.text },
    ])
}

extension NanoPence {
  /// Exact pence as a plain decimal: "1377.6".
  var kept: String { String(description.dropLast()) }
}
