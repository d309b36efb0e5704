// Reads and half-hours as flow files, so that a supplier's own system can be fed with what emulated meters
// said. All of them carry the test flag: they are of no real supply. Values are cut (registers) or rounded
// (half-hours) to the one decimal of a kWh that the flows specify.

public import Units

/// A flow file to be written.
public struct WrittenFlow: Hashable, Sendable {
  /// `D0010-9900000000015.usr`
  public var name: String
  public var text: String
  /// What could not be told in it.
  public var notes: [ImportNote]
}

/// A half-hour of a flow.
public struct FlowHalfHour: Hashable, Sendable {
  public var energy: WattHours
  public var quality: Quality

  public init(_ energy: WattHours, _ quality: Quality = .actual) {
    (self.energy, self.quality) = (energy, quality)
  }
}

/// Writes D0010 and D0036, one file of each for an MPAN.
public struct FlowWriter {
  private let mpan: MPAN
  /// When the files are made; their own clock is London's.
  private let made: Instant
  private let fileID: Int

  /// - Parameter fileID: the sender's number of the file.
  public init(mpan: MPAN, made: Instant, fileID: Int) {
    (self.mpan, self.made, self.fileID) = (mpan, made, fileID)
  }

  // MARK: Register readings

  /// D0010 of these reads, by meter, register and time; nil where there are none. A register is named by what
  /// it counts: AI or AE.
  public func readings(_ reads: [Read]) -> WrittenFlow? {
    let known = reads.filter { Self.registerID($0.register) != nil && $0.value >= .zero }
    guard !known.isEmpty else { return nil }
    let sorted = known.sorted {
      ($0.serial, $0.register.rawValue, $0.at, $0.source.rawValue)
        < ($1.serial, $1.register.rawValue, $1.at, $1.source.rawValue)
    }
    var records = ["026|\(mpan)|U|"]
    var meter = ""
    for read in sorted {
      let kind = read.source == .customer ? "C" : "R"
      // The type stands at the meter, so another type begins the meter anew.
      let head = "028|\(Self.plain(read.serial))|\(kind)|"
      if head != meter { records.append(head) }
      meter = head
      let method = read.source == .visit ? "P" : "N"
      records.append(
        "030|\(Self.registerID(read.register) ?? "")|\(Self.stamp(read.at))|"
          + "\(Self.tenths(floorDivide(read.value.value, 100)))|||T|\(method)|")
    }
    return file("D0010002", from: "D", records, Self.leftOut(reads.count - known.count, "read"))
  }

  static func registerID(_ role: RegisterRole) -> String? {
    switch role {
    case .import: "AI"
    case .export: "AE"
    case .total, .generation, .secondaryImport: nil
    }
  }

  // MARK: Half-hours

  /// D0036 of these half-hours: whole settlement days only, for a day with a hole cannot be told in it. Nil
  /// where there is none.
  public func days(_ halfHours: [FlowFile.Quantity: [HalfHour: FlowHalfHour]]) -> WrittenFlow? {
    var (records, missed) = ([String](), 0)
    for (quantity, values) in halfHours.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
      var lines: [String] = []
      for date in Set(values.keys.map { LondonClock.date(at: $0.start) }).sorted() {
        let wanted = SettlementPeriod.halfHours(of: date)
        let count = wanted.lowerBound.distance(to: wanted.upperBound)
        let rows = (0..<count).compactMap { values[wanted.lowerBound.advanced(by: $0)] }
        guard rows.count == count, rows.allSatisfy({ $0.quality != .missing }) else {
          missed += 1
          continue
        }
        lines.append("102|\(Self.date(date))|")
        lines += rows.map { row in
          "103|\(row.quality == .estimated ? "E" : "A")|\(Self.tenths(Self.rounded(row.energy)))|"
        }
      }
      if !lines.isEmpty { records += ["101|\(mpan)|\(quantity.rawValue)|BKSP|"] + lines }
    }
    guard !records.isEmpty else { return nil }
    return file("D0036001", from: "C", records, Self.leftOut(missed, "day with holes", "days with holes"))
  }

  /// Half-hours of logs by what they count: of several rows for one half-hour the last that came. Rows whose
  /// stamp is on no half-hour are counted, and left to whoever settles the logs themselves.
  public static func halfHours(
    _ logs: [LogRead]
  ) -> (values: [FlowFile.Quantity: [HalfHour: FlowHalfHour]], stray: Int) {
    let quantities: [RegisterRole: FlowFile.Quantity] = [.import: .activeImport, .export: .activeExport]
    var (values, stray) = ([FlowFile.Quantity: [HalfHour: FlowHalfHour]](), 0)
    for log in logs.sorted(by: { $0.received < $1.received }) {
      guard let quantity = quantities[log.register] else { continue }
      for row in log.entries where row.quality != .missing {
        let start = log.convention == .end ? row.stamp - HalfHour.length : row.stamp
        let halfHour = HalfHour(containing: start)
        if halfHour.start == start {
          values[quantity, default: [:]][halfHour] = FlowHalfHour(row.energy, row.quality)
        } else {
          stray += 1
        }
      }
    }
    return (values, stray)
  }

  // MARK: Text

  private func file(_ flow: String, from role: String, _ records: [String], _ notes: [ImportNote])
    -> WrittenFlow
  {
    let id = Self.padded(fileID, 10)
    let head = "ZHV|\(id)|\(flow)|\(role)|BKSP|X|BKSP|\(Self.stamp(made))|BACKSPIN|||TR01|"
    let foot = "ZPT|\(id)|\(records.count)||1|\(Self.stamp(made))|"
    return WrittenFlow(
      name: "\(flow.prefix(5))-\(mpan).usr", text: ([head] + records + [foot]).joined(separator: "\n") + "\n",
      notes: notes)
  }

  private static func leftOut(_ count: Int, _ one: String, _ many: String? = nil) -> [ImportNote] {
    guard count > 0 else { return [] }
    return [
      ImportNote(
        .leftOut, "\(count) \(count == 1 ? one : many ?? one + "s") cannot be told in a flow: left out")
    ]
  }

  /// Tenths of a kWh, half away from zero.
  private static func rounded(_ energy: WattHours) -> Int64 {
    let size = (energy.value.magnitude + 50) / 100
    return energy.value < 0 ? -Int64(size) : Int64(size)
  }

  private static func tenths(_ count: Int64) -> String {
    (count < 0 ? "-" : "") + "\(count.magnitude / 10).\(count.magnitude % 10)"
  }

  /// No pipe ends a serial number.
  private static func plain(_ text: String) -> String {
    String(text.map { $0 == "|" || $0.isNewline ? " " : $0 })
  }

  private static func date(_ date: CivilDate) -> String {
    padded(date.year, 4) + padded(date.month, 2) + padded(date.day, 2)
  }

  /// By the London clock, to the second.
  private static func stamp(_ at: Instant) -> String {
    let face = at + LondonClock.offset(at: at)
    let second = Int(floorModulo(face.seconds, 86_400))
    return date(CivilDate(dayNumber: Int(floorDivide(face.seconds, 86_400)))) + padded(second / 3600, 2)
      + padded(second / 60 % 60, 2) + padded(second % 60, 2)
  }

  private static func padded(_ number: Int, _ width: Int) -> String {
    let text = String(number)
    return String(repeating: "0", count: max(0, width - text.count)) + text
  }
}
