// What a settlement said, as text that a person can check by hand: statements with their working, payments,
// decisions, and what stands open at the end. Pure: an outcome in, text out.

internal import Runner
public import Settlement
public import Units

/// Tells one outcome.
public struct SettlementText {
  /// Whose terms they are, for people.
  private let title: String
  private let outcome: Outcome
  /// What a decision rests on, in words with a bracket: " (line 3)"; empty for nothing.
  private let cited: ([Cause]) -> String

  public init(title: String, _ outcome: Outcome, cited: @escaping ([Cause]) -> String) {
    (self.title, self.outcome, self.cited) = (title, outcome, cited)
  }

  /// Statements, half-hours if they are asked for, and decisions.
  public func money(halfHours: Bool) -> String {
    var text = ""
    for statement in outcome.statements { text += "\n" + self.statement(statement) }
    if halfHours { text += "\n" + halfHourTable }
    return text + "\ndecisions\n" + outcome.decisions.map(decision).joined()
  }

  /// Payments, notifications, obligations, treatments and the balance, as far as there are any.
  public var standing: String {
    var text =
      block("payments", outcome.payments.map(payment))
      + block("notifications", outcome.notifications.map(notification))
      + block("obligations at the end", outcome.obligations.map(obligation))
      + block("treatments at the end", outcome.treatments.map(treatment))
    if !outcome.statements.isEmpty { text += block("balance at the last settlement", [balance]) }
    return text + block("account at the end", account)
  }

  /// Where the money is, told where not all of it was sent.
  private var account: [String] {
    let waiting: [Account.Name] = [.accrued, .payable, .credit, .carried, .charges]
    guard waiting.contains(where: { outcome.account.balance($0) != .zero }) else { return [] }
    let names: [Account.Name] = [.paid, .offset] + waiting
    return [
      names.map { ($0, outcome.account.balance($0)) }.filter { $0.1 != .zero }
        .map { "\($0.0.rawValue) \($0.1)" }.joined(separator: ", ")
    ]
  }

  private func block(_ name: String, _ rows: [String]) -> String {
    rows.isEmpty ? "" : "\n\(name)\n" + rows.map { "  \($0)\n" }.joined()
  }

  // MARK: Statements

  private func statement(_ one: Statement) -> String {
    var text = "statement of \(title), MPAN \(one.mpan), \(one.from) to \(one.to): \(one.status.rawValue)"
    if !one.flags.isEmpty { text += " (\(one.flags.joined(separator: ", ")))" }
    text += one.payer == one.licensee ? "\n" : ", paid by \(one.payer)\n"
    for line in one.lines { text += self.line(line) }
    let due = one.due.map { "; due by \($0)" } ?? ""
    text += row("net", "\(one.net), from \(one.exact) before each line was rounded once\(due)")
    if one.vat != .zero { text += row("VAT", "\(one.vat), gross \(one.gross)") }
    if one.carriedIn != .zero { text += row("carried in", "\(one.carriedIn), payable \(one.payable)") }
    if one.carriedOut != .zero { text += row("carried out", "\(one.carriedOut): it is never asked for") }
    return text
  }

  private func row(_ name: String, _ text: String) -> String {
    "  \(TerminalText.pad(name, to: 13))\(text)\n"
  }

  private func line(_ one: StatementLine) -> String {
    let count =
      one.basis == .registers
      ? "by registers" : one.halfHours == 1 ? "1 half-hour" : "\(one.halfHours) half-hours"
    if one.kind == .charge {
      return row(
        one.kind.rawValue, "\(one.amount): \(one.reason.meaning) [\(one.reason.rawValue) \(one.rule)]")
    }
    var text = row(one.kind.rawValue, "\(one.from) to \(one.to), \(count)")
    let energy = one.energy.map { "\($0)" } ?? "an unknown energy"
    text += String(repeating: " ", count: 15)
    if one.isPayable {
      let price = one.rate.map { "× \($0)" } ?? "at the price of each half-hour (--half-hours shows them)"
      text += "\(energy) \(price) = \(one.exact) → \(one.amount)"
    } else {
      text += "\(energy) not paid: \(one.reason.meaning)"
    }
    let flags = one.flags.names.isEmpty ? "" : " (\(one.flags.names.joined(separator: ", ")))"
    return text + " [\(one.reason.rawValue) \(one.rule)]\(flags)\n"
  }

  private var halfHourTable: String {
    let widths = [20, 15, 4, 14, 19, 0]
    func cells(_ texts: [String]) -> String {
      let row = zip(texts, widths).map { TerminalText.pad($0, to: $1) }.joined()
      return "  " + row + "\n"
    }
    var text = "half-hours\n" + cells(["start", "export", "q", "state", "price", "exact"])
    for row in outcome.halfHours where row.quality != .missing || row.state != .open {
      let energy = row.quality == .missing ? "—" : "\(row.energy)"
      let price = row.rate.map { "\($0)" } ?? "—"
      let exact = row.rate.map { "\(row.energy * $0)" } ?? row.state.reason?.rawValue ?? "—"
      text += cells(["\(row.halfHour.start)", energy, row.quality.rawValue, row.state.word, price, exact])
    }
    return text
  }

  // MARK: What was decided

  private func decision(_ one: Decision) -> String {
    "  \(one.at) \(one.code.rawValue) \(one.rule) \(one.severity.rawValue), \(one.subject): \(one.text)"
      + cited(one.reads) + "\n"
  }

  private func payment(_ one: Payment) -> String {
    let due = one.due.map { ", due by \($0)" } ?? ""
    let of = one.statements.isEmpty ? "" : ", of " + numbers(one.statements)
    let payer = one.payer.isEmpty ? "" : ", from \(one.payer)"
    return "\(one.at) \(one.amount) by \(one.method.rawValue), \(one.state.rawValue)\(due)\(of)\(payer) "
      + "[\(one.reason.rawValue)]"
  }

  private func numbers(_ indices: [Int]) -> String {
    let list = indices.map { "\($0 + 1)" }.joined(separator: ", ")
    return indices.count == 1 ? "statement \(list)" : "statements \(list)"
  }

  private func notification(_ one: Notification) -> String {
    "\(one.at) to \(one.to.rawValue): \(one.code.rawValue) \(one.rule), \(one.subject): \(one.text)"
  }

  private func obligation(_ one: Obligation) -> String {
    let by = one.by.map { "by \($0)" } ?? "without a day"
    let met = one.met.map { " at \($0)" } ?? ""
    return "\(one.what) of \(one.who.rawValue), \(by): \(one.state.rawValue)\(met) [\(one.rule)]: \(one.text)"
  }

  private func treatment(_ one: Treatment) -> String {
    let to = one.to == .distantFuture ? "on" : "to \(one.to)"
    return "\(one.effect.words) from \(one.from) \(to) [\(one.reason.rawValue) \(one.rule.rawValue)]"
  }

  private var balance: String {
    let one = outcome.balance
    let parts = [
      ("accrued", one.accrued), ("paid", one.paid), ("provisional", one.provisional), ("held", one.held),
      ("forfeited", one.forfeited),
    ]
    let text = parts.map { "\($0) \($1)" }.joined(separator: ", ")
    return one.unpriced == .zero ? text : text + "; \(one.unpriced) without a price"
  }
}

extension Treatment.Effect {
  fileprivate var words: String {
    switch self {
    case .forfeit: "forfeit"
    case .hold: "hold"
    case .reduce(let perMille): "reduce to \(Self.percent(perMille))"
    case .payer(let firm): "paid by \(firm)"
    case .vat(let perMille): "VAT at \(Self.percent(perMille))"
    }
  }

  private static func percent(_ perMille: Int) -> String {
    perMille % 10 == 0 ? "\(perMille / 10) %" : "\(perMille / 10).\(perMille % 10) %"
  }
}
