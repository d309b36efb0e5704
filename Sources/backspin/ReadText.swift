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

  /// One value a line, each with what vouches for it. A profile follows after an empty line, or stands alone:
  /// one row a line, and a new line of names wherever the columns change.
  var csv: [String] {
    var lines: [String] = []
    if !reading.values.isEmpty || reading.profile.isEmpty {
      lines.append("address,index,value,unit,unit-assumed,protection")
      lines += reading.values.map {
        Self.line([
          $0.address, "\($0.index)", $0.text, $0.unit, $0.unitIsAssumed ? "yes" : "no",
          $0.protection.rawValue,
        ])
      }
    }
    var names: [String] = []
    for row in reading.profile {
      let columns = ["end", "stamp", "status", "protection"] + row.values.map(Self.name)
      if columns != names {
        if !lines.isEmpty { lines.append("") }
        lines.append(Self.line(columns))
        names = columns
      }
      let guards = Set(row.values.map(\.protection.rawValue)).sorted().joined(separator: "+")
      lines.append(
        Self.line(
          [row.stamp.map { "\($0)" } ?? "", row.stampText, Self.hexadecimal(row.status), guards]
            + row.values.map(\.text)))
    }
    return lines
  }

  /// `1.8.0 kWh`, or `1.8.0 kWh assumed`.
  private static func name(of value: MeterValue) -> String {
    guard !value.unit.isEmpty else { return value.address }
    return value.address + " " + value.unit + (value.unitIsAssumed ? " assumed" : "")
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
