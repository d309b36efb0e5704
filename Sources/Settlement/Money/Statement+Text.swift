// A statement as text, line by line with its basis and what is held: nothing is shown without its held part
// (R-LIC-07).

internal import Units

extension Statement: CustomStringConvertible {
  public var description: String {
    let due = due.map { ", due by \($0)" } ?? ""
    var head = "\(licensee) \(mpan) from \(from) to \(to): \(net) \(status.rawValue)\(due)"
    if payer != licensee { head += ", paid by \(payer)" }
    if !flags.isEmpty { head += " [\(flags.joined(separator: ", "))]" }
    var rows = [head] + lines.map { "  \($0)" }
    if vat != .zero { rows.append("  VAT \(vat), gross \(gross)") }
    if carriedIn != .zero { rows.append("  carried in \(carriedIn), payable \(payable)") }
    if carriedOut != .zero { rows.append("  carried out \(carriedOut): nothing is payable") }
    return rows.joined(separator: "\n")
  }
}

extension StatementLine: CustomStringConvertible {
  /// `paid registers 2026-04-01T00:00Z to 2026-07-01T00:00Z: 812.345 kWh at 4.1 p/kWh = £33.31 (3330.6145p)
  /// PAY_OK R-TAR-01`
  public var description: String {
    if kind == .charge { return "charge \(amount) \(reason.rawValue) \(rule)" }
    let energy = energy.map { "\($0)" } ?? "unknown energy"
    let count = halfHours > 0 ? " in \(Phrase.count(halfHours, "half-hour"))" : ""
    let price = rate.map { " at \($0)" } ?? ""
    let money = isPayable ? " = \(amount) (\(exact))" : ""
    let shown = flags.subtracting(.first)
    let marks = shown.isEmpty ? "" : " [\(shown.names.joined(separator: ", "))]"
    return "\(kind.rawValue) \(basis.rawValue) \(Phrase.span(from, to)): \(energy)\(count)\(price)\(money) "
      + "\(reason.rawValue) \(rule)\(marks)"
  }
}
