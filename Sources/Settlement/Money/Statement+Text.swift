// A statement as text, line by line with its basis and what is held: nothing is shown without its held part
// (R-LIC-07).

internal import Units

extension Statement: CustomStringConvertible {
  public var description: String {
    let head = "\(licensee) \(mpan) from \(from) to \(to): \(net) \(status.rawValue)"
    let due = due.map { ", due by \($0)" } ?? ""
    return ([head + due] + lines.map { "  \($0)" }).joined(separator: "\n")
  }
}

extension StatementLine: CustomStringConvertible {
  /// `paid registers 2026-04-01T00:00Z to 2026-07-01T00:00Z: 812.345 kWh at 4.1 p/kWh = £33.31 (3330.6145p)
  /// PAY_OK R-TAR-01`
  public var description: String {
    let energy = energy.map { "\($0)" } ?? "unknown energy"
    let count = halfHours > 0 ? " in \(Phrase.count(halfHours, "half-hour"))" : ""
    let price = rate.map { " at \($0)" } ?? ""
    let money = isPayable ? " = \(amount) (\(exact))" : ""
    return "\(kind.rawValue) \(basis.rawValue) \(Phrase.span(from, to)): \(energy)\(count)\(price)\(money) "
      + "\(reason.rawValue) \(rule)"
  }
}
