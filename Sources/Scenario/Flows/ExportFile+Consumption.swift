// The answer of a half-hourly consumption service (Octopus REST shape, R-RATE-06): `{results: [{consumption,
// interval_start, interval_end}]}` in kWh, newest first, a page at a time. Stamps carry the offset of the
// London clock, which changes twice a year: it is parsed, never assumed.

internal import Units

extension ExportFile {
  static func isJSON(_ text: String) -> Bool {
    let first = text.utf8.first { !" \t\r\n\u{FEFF}".utf8.contains($0) }
    return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
  }

  mutating func readConsumption(_ text: String, file: String, _ options: ExportOptions) throws {
    let root = try Node.parse(json: text, file: file, as: "JSON of half-hours", code: "BS-FLOW-11")
    let items = try results(root)
    var collector = Collector()
    var rounded = 0
    for item in items {
      guard let read = try collector.attempt({ try Self.row(item) }) else { continue }
      rows.append(read.row)
      rounded += read.isRounded ? 1 : 0
    }
    try collector.finish()
    try refuseContradictions(items)
    mapping.add("half-hours", "\(rows.count) half-hours, JSON")
    mapping.add("export", "consumption, kWh", "the shape of the file")
    mapping.add("start", "interval_start", "the shape of the file")
    mapping.add("zone", "as the stamps say", "the stamps")
    if rounded > 0 {
      notes.append(
        ImportNote(
          .rounded,
          "\(ImportNote.count(rounded, "number", ("is", "are"))) finer than 1 Wh and rounded to the nearest, half to "
            + "even"))
    }
    try settleSpan(file, options)
  }

  private mutating func results(_ root: Node) throws -> [Node] {
    var list = root
    if case .map = root.content {
      var fields = try Fields(root, of: "an answer of half-hours")
      guard let found = fields.optional("results") else {
        throw root.diagnostic(
          "BS-FLOW-11", "there are no `results` here",
          help: "{results: [{consumption, interval_start, interval_end}]}")
      }
      list = found
      if let next = fields.optional("next"), !next.isNull {
        notes.append(ImportNote(.morePages, "the answer goes on in a next page, which is not in this file"))
      }
    }
    guard case .list(let items) = list.content, !items.isEmpty else {
      throw list.diagnostic("BS-FLOW-11", "a list of half-hours is wanted here, with at least one")
    }
    return items
  }

  private static func row(_ item: Node) throws -> (row: Row, isRounded: Bool) {
    var fields = try Fields(item, of: "a half-hour")
    let start = try instant(try fields.required("interval_start"))
    if let end = fields.optional("interval_end") {
      let instant = try instant(end)
      guard instant - start == HalfHour.length else {
        throw end.diagnostic("BS-IMP-18", "from \(start) to \(instant) is no half-hour")
      }
    }
    guard HalfHour(containing: start).start == start else {
      throw item.diagnostic("BS-IMP-17", "\(start) is not on a half-hour")
    }
    let value = try fields.required("consumption")
    let text = try value.text("kWh")
    guard !value.isNull else {
      return (
        Row(halfHour: HalfHour(containing: start), energy: .zero, quality: .missing, line: item.at.line),
        false
      )
    }
    guard let number = try? DecimalText(parsing: text, exponent: true),
      let energy = number.wholeWattHours(power: 3)
    else { throw value.diagnostic("BS-IMP-22", "'\(text)' is no number of kWh") }
    let row = Row(
      halfHour: HalfHour(containing: start), energy: WattHours(energy.value), quality: .actual,
      line: item.at.line)
    return (row, energy.isRounded)
  }

  private static func instant(_ node: Node) throws -> Instant {
    let text = try node.text("a time")
    do {
      return try Instant(parsing: text)
    } catch {
      throw node.diagnostic("BS-IMP-11", "'\(text)' is no instant: \(error.message)")
    }
  }

  /// Two different values for one half-hour: which is right cannot be seen here.
  private func refuseContradictions(_ items: [Node]) throws {
    var first: [HalfHour: Int] = [:]
    for (index, row) in rows.enumerated() {
      guard let known = first.updateValue(index, forKey: row.halfHour) else { continue }
      guard rows[known].energy == row.energy, rows[known].quality == row.quality else {
        throw items[index].diagnostic(
          "BS-IMP-24",
          "the half-hour from \(row.halfHour.start) has \(row.energy) here and \(rows[known].energy) above")
      }
    }
  }
}
