// Rows as they came, with null-data filled in: null is the value of the row before, and for the stamp one
// period more (IEC 62056-6-2, class 7, buffer).

internal import Units
internal import Wire

/// A row, and what is needed to go on from it.
struct DLMSProfileRow {
  var row: ProfileRow
  /// The stamp as data, for a range that begins here; nil where the meter left it out.
  var sortValue: COSEMValue?
  /// The values as data, stamp left out.
  var values: [COSEMValue]

  /// Whether another transfer gave the same row. A stamp that was left out once and written the other time
  /// is the same when both are the same in UTC.
  func isSame(as other: DLMSProfileRow) -> Bool {
    guard values == other.values else { return false }
    if let mine = row.stamp, let others = other.row.stamp { return mine == others }
    return row.stampText == other.row.stampText
  }
}

extension DLMSReader {
  /// A year: our limit to what null-data may count on by.
  private static let longestPeriod: UInt32 = 31_622_400

  /// Fills in null-data and makes numbers. A row of another width, or whose first stamp is missing, fails.
  func expand(_ rows: [COSEMValue], _ shape: ProfileShape) throws(DialogueFailure) -> [DLMSProfileRow] {
    var expanded: [DLMSProfileRow] = []
    expanded.reserveCapacity(rows.count)
    var before: [COSEMValue] = []
    var stamp: DLMSRowStamp?
    for one in rows {
      guard let elements = one.elements, elements.count == shape.columns.count else {
        throw failure(.unreadable, "\(shape.name): a row of another width than its columns")
      }
      var full: [COSEMValue] = []
      full.reserveCapacity(elements.count)
      for (place, element) in elements.enumerated() {
        if shape.columns[place].isClock {
          stamp = try next(element, after: stamp, shape)
          full.append(element)
        } else if element == .null {
          guard place < before.count else {
            throw failure(.unreadable, "\(shape.name): the first row leaves a value out")
          }
          full.append(before[place])
        } else {
          full.append(element)
        }
      }
      before = full
      expanded.append(try row(full, stamp, shape))
    }
    return expanded
  }

  private func next(_ element: COSEMValue, after stamp: DLMSRowStamp?, _ shape: ProfileShape)
    throws(DialogueFailure) -> DLMSRowStamp
  {
    if element == .null {
      guard let stamp, (1...Self.longestPeriod).contains(shape.period) else {
        throw failure(.unreadable, "\(shape.name): a row without a stamp, and none before it")
      }
      guard let later = stamp.advanced(by: shape.period) else {
        throw failure(.unreadable, "\(shape.name): rows go on beyond the year 9999")
      }
      return later
    }
    if case .uint32(let seconds) = element {
      // Seconds since 1970, as GBCS logs have them: UTC.
      return DLMSRowStamp(instant: Instant(seconds: Int64(seconds)), written: String(seconds), value: element)
    }
    guard let octets = element.string, let read = COSEMDateTime(octets) else {
      throw failure(.unreadable, "\(shape.name): a stamp that is no date-time")
    }
    return DLMSRowStamp(instant: settings.stamps.instant(read), written: read.text, value: .octets(octets))
  }

  private func row(_ full: [COSEMValue], _ stamp: DLMSRowStamp?, _ shape: ProfileShape)
    throws(DialogueFailure) -> DLMSProfileRow
  {
    var row = ProfileRow(stamp: stamp?.instant, stampText: stamp?.text ?? "", values: [])
    var values: [COSEMValue] = []
    values.reserveCapacity(full.count)
    for (column, raw) in zip(shape.columns, full) where !column.isClock {
      values.append(raw)
      if column.isStatus {
        row.status = try status(raw, shape)
        continue
      }
      let address = column.name.description
      if let scaler = column.scaler.flatMap({ scalers[$0] }) {
        row.values.append(try value(raw, scaler, address: address))
      } else {
        row.values.append(value(plain: raw, address: address))
      }
    }
    return DLMSProfileRow(row: row, sortValue: stamp?.value, values: values)
  }

  private func status(_ raw: COSEMValue, _ shape: ProfileShape) throws(DialogueFailure) -> UInt64 {
    if let whole = raw.whole, let bits = UInt64(exactly: whole) { return bits }
    if case .bits(_, let octets) = raw, octets.count <= 8 { return octets.reduce(0) { $0 << 8 | UInt64($1) } }
    throw failure(.unreadable, "\(shape.name): a status that is no number")
  }
}

/// A row's stamp, as far as it can be told.
struct DLMSRowStamp {
  /// The end of the year 9999, seconds since 1970.
  private static let lastSecond: Int64 = 253_402_300_799

  var instant: Instant?
  /// The last stamp that the meter wrote, in its own words.
  let written: String
  /// Seconds counted on from it.
  var counted: Int64 = 0
  /// As data; nil where it was counted on and cannot be told in UTC.
  var value: COSEMValue?

  init(instant: Instant?, written: String, value: COSEMValue?) {
    (self.instant, self.written, self.value) = (instant, written, value)
  }

  var text: String { counted == 0 ? written : "\(written) +\(counted) s" }

  /// One period later: the meter sent null-data. Nil beyond the calendar.
  func advanced(by seconds: UInt32) -> DLMSRowStamp? {
    var next = self
    next.counted += Int64(seconds)
    guard next.counted <= Self.lastSecond else { return nil }
    next.value = nil
    guard let instant else { return next }
    guard instant.seconds + Int64(seconds) <= Self.lastSecond else { return nil }
    let later = instant + .seconds(Int64(seconds))
    next.instant = later
    next.value = .octets(COSEMDateTime(later, offset: .zero, sign: .utcMinusLocal, status: []).octets)
    return next
  }
}

extension CaptureObject {
  /// Where the scaler and unit of the captured number stand: attribute 3 of a register or extended register,
  /// 4 of a demand register (IEC 62056-6-2, classes 3, 4 and 5). Nil: the number has none.
  var scaler: COSEMDescriptor? {
    switch (classID, attribute) {
    case (3, 2), (4, 2): COSEMDescriptor(classID, name, 3)
    case (5, 2), (5, 3): COSEMDescriptor(classID, name, 4)
    default: nil
    }
  }
  /// A clock's time: the stamp of the row.
  var isClock: Bool { classID == 8 && attribute == 2 }
  /// A status word, 0-0:96.10.n*255, or 0-0:96.5.n*255.
  var isStatus: Bool { classID == 1 && name.a == 0 && name.c == 96 && (name.d == 10 || name.d == 5) }
}
