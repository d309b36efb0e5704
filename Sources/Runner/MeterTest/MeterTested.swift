// What a test says to a settlement case: the event `meter-tested`, as a row of a case's timeline. A test that
// cannot tell is no fact, and gives none.

public import Units

extension MeterTest {
  /// The fact of a test, as a row that scenarios and cases take; nil where the verdict is neither within nor
  /// outside.
  ///
  /// - Parameters:
  ///   - serial: the meter, by its serial number or its role in the case.
  public static func row(_ results: [Result], limit: TestLimit, serial: String, at instant: Instant)
    -> String?
  {
    let verdict = verdict(of: results)
    guard verdict == .within || verdict == .outside else { return nil }
    let result = verdict == .within ? "good" : "faulty"
    return "- {at: \(instant), event: meter-tested, serial: \(quoted(serial)), result: \(result), "
      + "why: \(quoted(why(results, limit)))}"
  }

  /// The event as JSON.
  public static func json(_ results: [Result], limit: TestLimit, serial: String, at instant: Instant)
    -> JSONText?
  {
    let verdict = verdict(of: results)
    guard verdict == .within || verdict == .outside else { return nil }
    return .object([
      ("at", .text("\(instant)")), ("event", .text("meter-tested")), ("serial", .text(serial)),
      ("result", .text(verdict == .within ? "good" : "faulty")), ("why", .text(why(results, limit))),
    ])
  }

  /// The point that weighs most: one that is outside, else the one with the largest error.
  private static func why(_ results: [Result], _ limit: TestLimit) -> String {
    let outside = results.filter { $0.verdict == .outside }
    let weighed = outside.isEmpty ? results.filter { $0.verdict != .unlimited } : outside
    guard let worst = weighed.max(by: { $0.error.magnitude < $1.error.magnitude }) else { return "" }
    return
      "error \(percent(worst.error, signed: true)) at \(worst.point.name), U \(percent(worst.uncertainty)) "
      + "(k = 2), \(worst.verdict.rawValue) the limits \(limit.words)"
  }

  /// Thousandths of a per cent as people write them: `+0.400 %`.
  public static func percent(_ thousandths: Int64, signed: Bool = false) -> String {
    let digits = String(thousandths.magnitude)
    let padded = String(repeating: "0", count: max(0, 4 - digits.utf8.count)) + digits
    let sign = thousandths < 0 ? "-" : signed && thousandths > 0 ? "+" : ""
    return "\(sign)\(padded.dropLast(3)).\(padded.suffix(3)) %"
  }

  private static func quoted(_ text: String) -> String {
    "\"" + text.map { $0 == "\"" || $0 == "\\" ? "\\\($0)" : "\($0)" }.joined() + "\""
  }
}
