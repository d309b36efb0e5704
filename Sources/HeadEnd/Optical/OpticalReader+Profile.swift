// Load profiles by date: R5 or R6 of P.01, and rows with their stamps (the VDEW convention).

internal import Units
internal import Wire

extension OpticalReader {
  func profileOnce(
    _ address: String, from: Instant?, through: Instant?, command: UInt8
  ) throws(DialogueFailure) -> MeterReading {
    let found = try enterProgramming()
    let range = "\(address)(\(stamp(from));\(stamp(through)))"
    let block = try exchange(Self.command("R", command, range), "profile \(address)")
    let profile: ModeCProfile
    let rows: [ProfileRow]
    do throws(ModeCFault) {
      profile = try ModeCProfile(block)
      rows = try self.rows(of: profile)
    } catch {
      throw failure(of: error, in: "profile \(address)")
    }
    if let other = profile.sections.first(where: { !Self.isSame($0.address, address) }) {
      throw failure(.unexpected, "\(other.address) came where \(address) was asked for")
    }
    signOff()
    return MeterReading(identity: "/" + found.raw, profile: rows)
  }

  /// `SYYMMDDhhmm`, or `YYMMDDhhmm`; nothing for no bound.
  private func stamp(_ instant: Instant?) -> String {
    guard let instant else { return "" }
    let offset = options.zone == .utc ? TimeSpan.zero : LondonClock.offset(at: instant)
    let seconds = (instant + offset).seconds
    let date = CivilDate(dayNumber: Int(floorDivide(seconds, 86_400)))
    let minute = Int(floorModulo(seconds, 86_400) / 60)
    let season = options.zone == .utc ? "2" : offset > .zero ? "1" : "0"
    let fields = [date.year % 100, date.month, date.day, minute / 60, minute % 60]
    return (options.writesSeason ? season : "") + fields.map { ($0 < 10 ? "0" : "") + String($0) }.joined()
  }

  private func rows(of profile: ModeCProfile) throws(ModeCFault) -> [ProfileRow] {
    var rows: [ProfileRow] = []
    for section in profile.sections {
      let start = try instant(of: section.stamp)
      let length = TimeSpan.minutes(Int64(section.minutes))
      if section.columns.isEmpty {
        // A log book's entry: a stamp and a status.
        rows.append(
          ProfileRow(stamp: start, stampText: section.stamp, status: UInt64(section.status), values: []))
      }
      for (index, texts) in section.rows.enumerated() {
        let passed = length * Int64(index + (options.mark == .start ? 1 : 0))
        let values = zip(section.columns, texts).map { column, text in
          MeterValue(
            address: column.address, text: text, number: Self.number(text), unit: column.unit,
            protection: .checked)
        }
        let label = index == 0 ? section.stamp : "\(section.stamp)+\(index * section.minutes) min"
        rows.append(
          ProfileRow(
            stamp: start.map { $0 + passed }, stampText: label,
            status: Self.status(section.status, row: index),
            values: values))
      }
    }
    return rows
  }

  /// What led to the header is the first row's; what the values are is every row's: bits 2…0, disturbed,
  /// reserve exhausted, device error (our assumption).
  private static func status(_ bits: UInt32, row: Int) -> UInt64 {
    UInt64(row == 0 ? bits : bits & 0x07)
  }

  /// A stamp with a season digit is certain: 0 normal time, 1 summer time, 2 UTC. One without is in the zone
  /// of the options; nil: a local time that comes twice, or never.
  private func instant(of stamp: String) throws(ModeCFault) -> Instant? {
    let digits = stamp.utf8.map { Int($0) - 0x30 }
    guard digits.allSatisfy({ (0...9).contains($0) }), (10...13).contains(digits.count) else {
      throw .grammar(at: 0)
    }
    let season = digits.count % 2 == 1 ? digits[0] : nil
    let rest = digits.count % 2 == 1 ? digits.dropFirst() : digits[...]
    let fields = stride(from: rest.startIndex, to: rest.endIndex, by: 2).map { rest[$0] * 10 + rest[$0 + 1] }
    let second = fields.count > 5 ? fields[5] : 0
    guard let date = CivilDate(year: 2000 + fields[0], month: fields[1], day: fields[2]),
      fields[3] < 24 || (fields[3] == 24 && fields[4] == 0 && second == 0), fields[4] < 60, second < 60,
      season ?? 0 <= 2
    else { throw .grammar(at: 0) }
    let plain = Instant(
      seconds: Int64(date.dayNumber) * 86_400 + Int64(fields[3] * 3600 + fields[4] * 60 + second))
    switch season {
    case 1?: return plain - .hours(1)
    case 0?, 2?: return plain
    default:
      guard options.zone == .london else {
        remark("stamps without a season digit are taken for UTC")
        return plain
      }
      // In summer time, in normal time, or both: the hour that comes twice; or neither:
      // the one that is left out.
      let meant = [plain - .hours(1), plain].filter { $0 + LondonClock.offset(at: $0) == plain }
      if meant.count != 1 { remark("\(stamp) is no certain time: the clock changed there") }
      return meant.count == 1 ? meant[0] : nil
    }
  }
}
