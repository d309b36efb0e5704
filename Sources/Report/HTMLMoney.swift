// The money of a story: its statements line by line, and the decisions behind them.

internal import Runner
internal import Settlement
internal import Units

struct HTMLMoney {
  private let story: StoryRecord

  init(_ story: StoryRecord) { self.story = story }

  var html: String { statements + standing + decisions }

  private var statements: String {
    story.outcome.statements.enumerated().map { index, statement in
      var rows = statement.lines.map(row)
      rows += totals(statement)
      let title = "Statement \(index + 1) of \(statement.licensee) to \(statement.to), MPAN \(statement.mpan)"
      return HTMLText.element("h3", title)
        + HTMLText.table(
          ["period", .number("energy"), .number("rate"), .number("exact"), .number("amount"), "reason"], rows)
    }.joined()
  }

  /// Net, and what VAT and older debts make of it.
  private func totals(_ one: Statement) -> [String] {
    let due = one.due.map { ", due \($0)" } ?? ""
    let flags = one.flags.isEmpty ? "" : " (\(one.flags.joined(separator: ", ")))"
    var sums = [("net, \(one.status.rawValue)\(flags)\(due)", "\(one.exact)", one.net)]
    if one.vat != .zero { sums += [("VAT", "", one.vat), ("gross", "", one.gross)] }
    if one.carriedIn != .zero { sums.append(("carried in", "", one.carriedIn)) }
    if one.carriedOut != .zero { sums.append(("carried out, never asked for", "", one.carriedOut)) }
    if one.payable != one.gross { sums.append(("payable", "", one.payable)) }
    return sums.map { name, exact, sum in
      HTMLText.row([.text(name), "", "", .number(exact), .number("\(sum)"), ""], class: "total")
    }
  }

  // MARK: What stands at the end

  private var standing: String { payments + obligations + notifications }

  private var payments: String {
    let rows = story.outcome.payments.map { one in
      HTMLText.row([
        .word("\(one.at)"), .number("\(one.amount)"), .word(one.method.rawValue), .word(one.state.rawValue),
        .word(one.due.map { "\($0)" } ?? "–"), .text(one.payer), .word(one.reason.rawValue),
      ])
    }
    return folded("payment", ["at", .number("amount"), "by", "state", "due", "from", "reason"], rows)
  }

  private var obligations: String {
    let rows = story.outcome.obligations.map { one in
      HTMLText.row(
        [
          .word(one.what), .word(one.who.rawValue), .word(one.by.map { "\($0)" } ?? "–"),
          .word(one.state.rawValue), .word(one.rule), .text(one.text),
        ], class: one.state == .overdue ? "unmet" : "")
    }
    return folded("obligation", ["what", "of", "by", "state", "rule", "says"], rows)
  }

  private var notifications: String {
    let rows = story.outcome.notifications.map { one in
      HTMLText.row([
        .word("\(one.at)"), .word(one.to.rawValue), .word(one.code.rawValue), .word(one.rule),
        .text(one.text),
      ])
    }
    return folded("notification", ["at", "to", "code", "rule", "says"], rows)
  }

  private func folded(_ name: String, _ heads: [Cell], _ rows: [String]) -> String {
    guard !rows.isEmpty else { return "" }
    return HTMLText.folded(
      "\(rows.count) \(name)\(rows.count == 1 ? "" : "s")", HTMLText.table(heads, rows))
  }

  // MARK: Lines and decisions

  private func row(_ line: StatementLine) -> String {
    let period = "\(line.from) – \(line.to)"
    let basis = line.halfHours > 0 ? "\(line.halfHours) half-hours" : line.basis.rawValue
    return HTMLText.row(
      [
        .text("\(period), \(basis)"), .number(line.energy.map { "\($0)" } ?? "unknown"),
        .number(line.rate.map { "\($0)" } ?? (line.isPayable ? "each its own" : "–")),
        .number(line.isPayable ? "\(line.exact)" : "–"),
        .number(line.isPayable ? "\(line.amount)" : line.kind.rawValue),
        .word("\(line.reason.rawValue) (\(line.rule))"),
      ], class: line.kind.rawValue)
  }

  private var decisions: String {
    let all = story.outcome.decisions
    guard !all.isEmpty else { return "" }
    let grave = all.count { $0.severity >= .query }
    let rows = all.map { one in
      HTMLText.row(
        [.word("\(one.at)"), .word(one.code.rawValue), .word(one.rule), .text(one.text)],
        class: one.severity.rawValue)
    }
    let words = grave == 0 ? "none of them a query or worse" : "\(grave) of them queries or worse"
    return HTMLText.folded(
      "\(all.count) \(all.count == 1 ? "decision" : "decisions"), \(words)", isOpen: all.count <= 12,
      HTMLText.table(["at", "code", "rule", "says"], rows, class: "decisions"))
  }
}
