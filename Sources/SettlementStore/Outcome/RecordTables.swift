// The outcome tables, column by column. A new field of an outcome is one row here, with `since:` the version
// of the schema that adds its column.

internal import Settlement
internal import Units

/// A line and the ordinal of its statement.
struct PlacedLine: Sendable {
  var statement: Int
  var line: StatementLine
}

/// A record at its place in a list that is stated afresh by each run, from 1.
struct Placed<Record: Sendable>: Sendable {
  var place: Int
  var one: Record
}

enum RecordTables {
  static let statements = RecordTable<Statement>(
    name: "statements", word: "statement",
    columns: [
      .text("licensee") { $0.licensee }, .text("mpan") { $0.mpan }, .instant("from") { $0.from },
      .instant("to") { $0.to }, .text("exact") { $0.exact.kept }, .whole("net") { $0.net.value },
      .whole("vat") { $0.vat.value }, .whole("carried_in") { $0.carriedIn.value },
      .whole("carried_out") { $0.carriedOut.value }, .whole("payable") { $0.payable.value },
      .text("status") { $0.status.rawValue }, .text("flags") { $0.flags.joined(separator: " ") },
      .text("payer") { $0.payer }, .text("due") { $0.due?.description },
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
      .text("reads") { CauseRuns.text($0.line.reads) }, .whole("vat") { Int64($0.line.vat) },
      .text("flags") { $0.line.flags.names.joined(separator: " ") },
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

  static let obligations = RecordTable<Placed<Obligation>>(
    name: "obligations", word: "obligation",
    columns: [
      .whole("place") { Int64($0.place) }, .text("what") { $0.one.what },
      .text("who") { $0.one.who.rawValue },
      .text("rule") { $0.one.rule }, .text("subject") { $0.one.subject }, .instant("since") { $0.one.since },
      .text("by") { $0.one.by?.description }, .text("state") { $0.one.state.rawValue },
      .instant("met") { $0.one.met }, .text("text") { $0.one.text },
    ])

  static let payments = RecordTable<Placed<Payment>>(
    name: "payments", word: "payment",
    columns: [
      .whole("place") { Int64($0.place) }, .instant("at") { $0.one.at },
      .text("due") { $0.one.due?.description }, .whole("amount") { $0.one.amount.value },
      .text("method") { $0.one.method.rawValue }, .text("payer") { $0.one.payer },
      .text("statements") { $0.one.statements.map { "\($0 + 1)" }.joined(separator: " ") },
      .text("state") { $0.one.state.rawValue }, .instant("paid") { $0.one.paid },
      .text("reason") { $0.one.reason.rawValue },
    ])
}

extension NanoPence {
  /// Exact pence as a plain decimal: "1377.6".
  var kept: String { String(description.dropLast()) }
}
