// What was read, for people, as JSON and as CSV. The JSON shape is a contract: docs/live-meter.md.

internal import HeadEnd
internal import Report
internal import Runner
internal import Units

/// One read's words.
struct ReadText {
  var reading: MeterReading
  var spoken: String

  var table: [String] {
    var rows = reading.identity.isEmpty ? [] : [reading.identity]
    for value in reading.values {
      let mark = value.protection == .unprotected ? "  (unprotected)" : ""
      let unit = value.unit.isEmpty ? "" : " " + value.unit + (value.unitIsAssumed ? " (assumed)" : "")
      let name = value.index == 0 ? value.address : "\(value.address)[\(value.index)]"
      rows.append(columns([name, value.text + unit + mark], widths: [20]))
    }
    for row in reading.profile {
      let cells = row.values.map { $0.text + ($0.unit.isEmpty ? "" : " " + $0.unit) }
      rows.append(columns([stamp(row), Self.hexadecimal(row.status)] + cells, widths: [24, 6, 18, 18, 18]))
    }
    return rows
  }

  /// One value a line, or one row of the profile a line where there is one.
  var csv: [String] {
    guard let first = reading.profile.first else {
      return ["address,index,value,unit,protection"]
        + reading.values.map {
          Self.line([$0.address, "\($0.index)", $0.text, $0.unit, $0.protection.rawValue])
        }
    }
    let head = ["end", "status"] + first.values.map { $0.address + ($0.unit.isEmpty ? "" : " " + $0.unit) }
    return [Self.line(head)]
      + reading.profile.map {
        Self.line([stamp($0), Self.hexadecimal($0.status)] + $0.values.map(\.text))
      }
  }

  var json: JSONText {
    .object([
      ("protocol", .text(spoken)), ("identity", .text(reading.identity)),
      ("values", .list(reading.values.map { .object(Self.fields($0)) })),
      (
        "profile",
        .list(
          reading.profile.map { row in
            .object([
              ("end", row.stamp.map { .text("\($0)") } ?? .null), ("stamp", .text(row.stampText)),
              ("status", .text(Self.hexadecimal(row.status))),
              ("values", .list(row.values.map { .object(Self.fields($0)) })),
            ])
          })
      ), ("remarks", .list(reading.remarks.map(JSONText.text))),
    ])
  }

  private static func fields(_ value: MeterValue) -> [(String, JSONText)] {
    [
      ("address", .text(value.address)), ("index", .whole(Int64(value.index))), ("text", .text(value.text)),
      ("number", value.number.map { .text("\($0)") } ?? .null), ("unit", .text(value.unit)),
      ("unitIsAssumed", .flag(value.unitIsAssumed)), ("protection", .text(value.protection.rawValue)),
    ]
  }

  private func stamp(_ row: ProfileRow) -> String { row.stamp.map { "\($0)" } ?? row.stampText }

  private static func hexadecimal(_ status: UInt64) -> String {
    let digits = String(status, radix: 16, uppercase: true)
    return digits.count < 2 ? "0" + digits : digits
  }

  private static func line(_ cells: [String]) -> String {
    cells.map { cell in
      cell.contains(where: { ",\"\n".contains($0) })
        ? "\"" + cell.replacing("\"", with: "\"\"") + "\"" : cell
    }.joined(separator: ",")
  }
}
