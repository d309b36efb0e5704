// Half-hours as a story gives them: in a list, or in a file beside it.
//
//   - {from: 2026-05-01, half-hours: export, wh: [0, 120, 118 E, M]}
//   - {from: 2026-05-01, to: 2026-06-01, half-hours: export, wh: [250]}      # the list again and again
//   - {half-hours: export, file: may.csv, stamps: start}

internal import Settlement
internal import Truth
internal import Units

/// Half-hours without the meter they are of.
struct GivenLog {
  /// Start of the first half-hour, and end of the last.
  var from: Instant
  var to: Instant
  var convention: LogRead.StampConvention
  var entries: [LogRead.Entry]
  /// The step of the numbers; nil where only the meter says it.
  var resolution: WattHours?

  init(_ fields: inout Fields, of node: Node, files: FileLoader) throws {
    let (list, file) = (fields.optional("wh"), fields.optional("file"))
    let stamps: ExportOptions.Stamps? = try fields.optional("stamps")?.word("end of a half-hour")
    let resolution = try fields.optional("resolution").map { try $0.step() }
    switch (list, file) {
    case (let list?, nil):
      let from = try fields.required("from").beginning("the start")
      let to = try fields.optional("to").map { ($0, try $0.beginning("the end")) }
      try self.init(list, from: from, to: to, stamps: stamps ?? .end, resolution: resolution)
    case (nil, let file?): try self.init(file, stamps: stamps, resolution: resolution, files: files)
    default:
      throw node.diagnostic(
        "BS-SCN-28", "half-hours stand in a list or in a file, one of the two",
        help: "add `wh: [120, 118 E, M]` or `file: NAME.csv`")
    }
  }

  /// A list of whole Wh; repeated until `to`, where that is stated.
  private init(
    _ list: Node, from: Instant, to: (node: Node, at: Instant)?, stamps: ExportOptions.Stamps,
    resolution: WattHours?
  ) throws {
    let values = try list.items("the half-hours").map { try $0.halfHour() }
    guard !values.isEmpty else { throw list.diagnostic("BS-SCN-39", "there is no half-hour in this list") }
    var count = values.count
    if let to {
      guard to.at > from, (to.at - from).microseconds % HalfHour.length.microseconds == 0 else {
        throw to.node.diagnostic(
          "BS-SCN-41", "the end, \(to.at), does not lie whole half-hours after the start, \(from)")
      }
      count = Int((to.at - from).microseconds / HalfHour.length.microseconds)
      guard count <= Self.most else {
        throw to.node.diagnostic("BS-SCN-38", "these are more than \(Self.most) half-hours")
      }
    }
    convention = stamps == .end ? .end : .start
    self.from = from
    self.to = from + Self.span(count)
    self.resolution = resolution
    entries = (0..<count).map { index in
      let value = values[index % values.count]
      return LogRead.Entry(
        stamp: from + Self.span(stamps == .end ? index + 1 : index), energy: value.energy,
        quality: value.quality)
    }
  }

  private static func span(_ halfHours: Int) -> TimeSpan {
    TimeSpan(microseconds: HalfHour.length.microseconds * Int64(halfHours))
  }

  /// Ten years, as for a file.
  private static let most = 48 * 3_660

  /// A file as suppliers hand them out; a column that is only called `kwh` or `wh` is the one that is meant.
  private init(
    _ file: Node, stamps: ExportOptions.Stamps?, resolution: WattHours?, files: FileLoader
  ) throws {
    let (path, text) = try files.file(file, "the file of half-hours")
    var options = ExportOptions(stamps: stamps)
    if let plain = Self.plainColumn(text) {
      options.columns[.export] = plain.column
      options.unit = plain.unit
    }
    let read = try ExportFile(text, file: path, options: options)
    (from, to, convention) = (read.span.lowerBound, read.span.upperBound, read.convention)
    self.resolution = resolution ?? read.resolution
    entries = read.logs(serial: "", received: to).first?.entries ?? []
    for index in entries.indices { entries[index].cause = .none }
  }

  private static func plainColumn(_ text: String) -> (column: ColumnName, unit: ExportOptions.Unit)? {
    guard let header = try? CSVTable(parsing: text).header else { return nil }
    for (place, cell) in header.enumerated() {
      let name = cell.text.lowercased()
      if name == "kwh" { return (.number(place + 1), .kilowattHours) }
      if name == "wh" { return (.number(place + 1), .wattHours) }
    }
    return nil
  }
}

extension Node {
  /// `120`, `118 E`, `M`: whole Wh with the letter of its quality, A where nothing is said.
  fileprivate func halfHour() throws -> (energy: WattHours, quality: Quality) {
    let text = try text("a half-hour")
    let words = text.split(separator: " ")
    if words.count == 1, words[0] == "M" { return (.zero, .missing) }
    let quality = words.count == 2 ? Quality(rawValue: String(words[1])) : .actual
    guard (1...2).contains(words.count), let energy = Int64(words[0]), let quality, quality != .missing,
      energy.magnitude <= 1_000_000_000_000
    else {
      throw diagnostic(
        "BS-SCN-47", "'\(text)' is no half-hour", help: "write whole Wh and perhaps a letter: 120, 118 E, M")
    }
    return (WattHours(energy), quality)
  }

  /// The step in which something is read.
  func step() throws -> WattHours {
    let step: WattHours = try quantity("the step")
    guard step > .zero, step.value <= 1_000_000_000 else {
      throw diagnostic("BS-SCN-10", "a step is above zero and at most 1000 MWh, not \(step)")
    }
    return step
  }
}
