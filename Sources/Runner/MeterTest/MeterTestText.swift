// The results of a meter test for people and for programs.

internal import Units

public enum MeterTestText {
  private static let widths = [14, 14, 14, 11, 11, 16]

  /// A table, a line for the verdict.
  public static func rows(_ test: MeterTest, _ results: [MeterTest.Result]) -> [String] {
    var rows = [line(["point", "reference", "under test", "error", "U (k=2)", "limit", "verdict"])]
    for one in results {
      let limit = one.band.map(words) ?? "none"
      let remark = one.remark.isEmpty ? "" : " (\(one.remark))"
      rows.append(
        line([
          one.point.name, "\(one.reference) Wh", "\(one.tested) Wh",
          MeterTest.percent(one.error, signed: true), MeterTest.percent(one.uncertainty), limit,
          one.verdict.rawValue + remark,
        ]))
    }
    switch MeterTest.verdict(of: results) {
    case .within: rows.append("within the limits \(test.limit.words)")
    case .outside: rows.append("outside the limits \(test.limit.words)")
    case .inconclusive: rows.append("inconclusive by the limits \(test.limit.words)")
    case .unlimited: rows.append("no point has a limit: nothing can be told")
    }
    return rows
  }

  /// `{"limit", "verdict", "points": […]}`; per cents are texts, so that no reader makes floats of them.
  public static func document(_ test: MeterTest, _ results: [MeterTest.Result]) -> JSONText {
    .object([
      ("limit", .text(test.limit.rawValue)), ("verdict", .text(MeterTest.verdict(of: results).rawValue)),
      ("points", .list(results.map(row))),
    ])
  }

  private static func row(_ one: MeterTest.Result) -> JSONText {
    let limit: JSONText =
      one.band.map {
        .object([("above", .text(number($0.above))), ("below", .text("-" + number($0.below)))])
      } ?? .null
    return .object([
      ("name", .text(one.point.name)), ("referenceWh", .text("\(one.reference)")),
      ("testedWh", .text("\(one.tested)")), ("errorPercent", .text(number(one.error))),
      ("uncertaintyPercent", .text(number(one.uncertainty))), ("limitPercent", limit),
      ("verdict", .text(one.verdict.rawValue)), ("remark", .text(one.remark)),
    ])
  }

  private static func words(_ band: TestBand) -> String {
    band.above == band.below ? "±" + short(band.above) : "+\(short(band.above))/-\(short(band.below))"
  }

  /// `2.5 %`.
  private static func short(_ thousandths: Int64) -> String {
    var text = number(thousandths)
    while text.hasSuffix("0"), !text.hasSuffix(".0") { text.removeLast() }
    return text + " %"
  }

  /// `-0.400`.
  private static func number(_ thousandths: Int64) -> String {
    String(MeterTest.percent(thousandths).dropLast(2))
  }

  private static func line(_ cells: [String]) -> String {
    var text = ""
    for (index, cell) in cells.enumerated() {
      let width = index < widths.count ? widths[index] : 0
      text += cell + String(repeating: " ", count: max(width - cell.count, index < cells.count - 1 ? 1 : 0))
    }
    return text
  }
}
