// Profiles of an adopted DLMS meter: their columns, as far as a meter here logs them, and every number of
// every row that was read (IEC 62056-6-2, class 7).

internal import Line
internal import MeterModel
internal import Units
internal import Wire

extension DLMSAdoption {
  /// A profile that the adopted meter keeps too.
  struct Log {
    var log: LogicalName
    var name: String
    /// `30m` or `1 day`.
    var period: String
    var columns: String
  }

  /// Profiles whose columns were read.
  var profiles: Set<LogicalName> {
    Set(values.keys.filter { $0.classID == 7 && $0.index == 3 }.map(\.name))
  }

  private func captured(_ name: LogicalName) -> [CaptureObject] {
    values[COSEMDescriptor(7, name, 3)]?.elements?.compactMap { CaptureObject($0) } ?? []
  }

  /// Those with half-hours or days, beginning with the clock, of registers that the profile has.
  var logged: [Log] {
    profiles.sorted().compactMap { name in
      let columns = captured(name)
      let period = values[COSEMDescriptor(7, name, 4)]?.whole
      guard period == 1800 || period == 86_400, columns.first?.classID == 8 else { return nil }
      let words = columns.dropFirst().compactMap { word($0, isDaily: period == 86_400) }
      guard words.count == columns.count - 1 else { return nil }
      return Log(
        log: name, name: name.description, period: period == 1800 ? "30m" : "1 day",
        columns: (["clock"] + words).joined(separator: ", "))
    }
  }

  private func word(_ column: CaptureObject, isDaily: Bool) -> String? {
    let name = column.name
    if column.classID == 1, (name.a, name.c, name.d) == (0, 96, 10) { return "status" }
    if !isDaily, column.classID == 3, name.a == 1, name.d == 29, name.e == 0 {
      return [1: "interval-import", 2: "interval-export"][name.c]
    }
    guard let role = Self.role(name), standing[role] != nil, column.classID == 3 else { return nil }
    return name.description
  }

  /// A row's numbers under their columns; what null-data leaves out is that of the row before.
  func rows(_ read: COSEMTalk.Read) -> [AdoptedValue] {
    let name = read.item.attribute.name
    let columns = captured(name)
    var (before, all): ([COSEMValue], [AdoptedValue]) = ([], [])
    for (number, row) in (read.value.elements ?? []).enumerated() {
      guard let cells = row.elements, cells.count == columns.count else { continue }
      let whole = cells.enumerated().map { place, cell in
        cell == .null && place < before.count ? before[place] : cell
      }
      before = whole
      // A stamp that was left out is one period after the one before it.
      let stamp = columns.firstIndex { $0.classID == 8 }.map { place in
        cells[place] == .null ? "+\(number)" : Self.text(cells[place], nil)
      }
      for (column, cell) in zip(columns, whole) where column.classID != 8 {
        let scaler = scaler(of: column.classID, column.name)
        all.append(
          AdoptedValue(
            at: read.at, address: column.name.description, name: "\(name) \(stamp ?? "+\(number)")",
            text: Self.text(cell, scaler), unit: scaler?.unit.symbol ?? ""))
      }
    }
    return all
  }
}
