// The buffer of a profile generic object (IEC 62056-6-2, class 7): rows by range and by entry, as an array or
// a compact array, perhaps null-compressed. The rows are those of the moment of the request; they are encoded
// one by one as their block is asked for.

internal import Units
internal import Wire

/// Rows of one profile at one moment.
struct DLMSBuffer {
  /// A column: what it captures, its type, and its value in a row.
  struct Column {
    let captures: CaptureObject
    let type: COSEMTag
    /// By row; the stamp column has none: it is written by `stamp`.
    let value: ((Int) -> COSEMValue)?
    /// Octets of a value in a compact array.
    var packedOctets: Int
  }

  let columns: [Column]
  let count: Int
  /// By row, oldest first: the end of the interval by the meter's clock.
  let stamp: (Int) -> Instant
  /// What a stamp is written as.
  let written: (Instant) -> COSEMValue
  let period: UInt32
  let capacity: Int
  let encoding: DLMSProfile.Encoding
  let compressesNull: Bool
  /// Sends null for every stamp but the first, gap or no gap (PR-07).
  var hidesGaps = false

  /// The row of a number, after the row before it (nil: none was sent).
  func append(_ row: Int, after before: Int?, _ chosen: [Column], to writer: inout AXDRWriter) {
    let packed = encoding == .compactArray
    if !packed {
      writer.uint8(COSEMTag.structure.rawValue)
      writer.length(chosen.count)
    }
    for column in chosen {
      let value = column.value?(row) ?? written(stamp(row))
      if packed {
        writer.row(value)
      } else if compressesNull, let before, isPredictable(column, row, before, value) {
        writer.value(.null)
      } else {
        writer.value(value)
      }
    }
  }

  /// Whether a reader that knows the row before could tell the value without being told.
  private func isPredictable(_ column: Column, _ row: Int, _ before: Int, _ value: COSEMValue) -> Bool {
    if let earlier = column.value { return earlier(before) == value }
    return hidesGaps || stamp(row) == stamp(before) + .seconds(Int64(period))
  }

  /// Head and rows of an answer.
  func rows(_ chosen: [Int], _ columns: [Column]) -> COSEMRows {
    var head = AXDRWriter()
    if encoding == .compactArray {
      head.uint8(COSEMTag.compactArray.rawValue)
      head.type(.structure(columns.map { .plain($0.type) }))
      head.length(chosen.count * columns.reduce(0) { $0 + $1.packedOctets })
    } else {
      head.uint8(COSEMTag.array.rawValue)
      head.length(chosen.count)
    }
    return COSEMRows(head: head.octets, count: chosen.count) { place, writer in
      append(chosen[place], after: place > 0 ? chosen[place - 1] : nil, columns, to: &writer)
    }
  }
}

extension DLMSDevice {
  /// An attribute of class 7.
  func answer(_ item: COSEMItem, from buffer: DLMSBuffer) throws(DataAccessResult) -> COSEMAnswer {
    switch item.attribute.index {
    case 2: return .rows(try selected(item.selection, from: buffer))
    case 3: return .value(.array(buffer.columns.map(\.captures.value)))
    case 4: return .value(.uint32(buffer.period))
    // First in, first out: no column sorts.
    case 5: return .value(.enumerated(1))
    // The clock all the same: clients take from here by what a range is chosen.
    case 6: return .value(CaptureObject.clock.value)
    case 7: return .value(.uint32(UInt32(clamping: buffer.count)))
    case 8: return .value(.uint32(UInt32(clamping: buffer.capacity)))
    default: throw .readWriteDenied
    }
  }

  private func selected(_ selection: COSEMSelection?, from buffer: DLMSBuffer) throws(DataAccessResult)
    -> COSEMRows
  {
    switch selection {
    case nil: return buffer.rows(Array(0..<buffer.count), buffer.columns)
    case .range(let column, let from, let to, let wanted):
      guard Self.isClock(column) else { throw .scopeViolated }
      let first = try bound(from, latest: false) ?? Instant(microseconds: .min)
      let last = try bound(to, latest: true) ?? .distantFuture
      let columns = try self.columns(wanted, of: buffer)
      return buffer.rows(
        (0..<buffer.count).filter { first <= buffer.stamp($0) && buffer.stamp($0) <= last }, columns)
    case .entries(let from, let to, let firstColumn, let lastColumn):
      let rows = try Self.span(from, to, of: buffer.count)
      let columns = try Self.span(UInt32(firstColumn), UInt32(lastColumn), of: buffer.columns.count)
      return buffer.rows(Array(rows), Array(buffer.columns[columns]))
    case .other: throw .typeUnmatched
    }
  }

  /// The clock, or what stands for it in GBCS requests (class 1, 0-0:94.44.100*255).
  private static func isClock(_ column: CaptureObject) -> Bool {
    column == .clock || (column.classID == 1 && column.name == LogicalName(0, 0, 94, 44, 100))
  }

  /// An end of a range; nil for one that is open (nothing specified).
  private func bound(_ value: COSEMValue, latest: Bool) throws(DataAccessResult) -> Instant? {
    if case .uint32(let seconds) = value { return Instant(seconds: Int64(seconds)) }
    guard let octets = value.string, let stamp = COSEMDateTime(octets) else { throw .typeUnmatched }
    if stamp.year == 0xFFFF, stamp.month == 0xFF, stamp.day == 0xFF { return nil }
    guard let instant = clockFace().instant(stamp, latest: latest) else { throw .typeUnmatched }
    return instant
  }

  private func columns(_ wanted: [CaptureObject], of buffer: DLMSBuffer) throws(DataAccessResult)
    -> [DLMSBuffer.Column]
  {
    if wanted.isEmpty { return buffer.columns }
    var columns: [DLMSBuffer.Column] = []
    for one in wanted {
      guard let column = buffer.columns.first(where: { $0.captures == one }) else { throw .scopeViolated }
      columns.append(column)
    }
    return columns
  }

  /// Numbers from 1, 0 as the last; what lies beyond the end is not there.
  private static func span(_ from: UInt32, _ to: UInt32, of count: Int) throws(DataAccessResult)
    -> Range<Int>
  {
    let last = to == 0 ? count : min(Int(to), count)
    guard from >= 1, to == 0 || from <= to else { throw .scopeViolated }
    let first = min(Int(from) - 1, last)
    return first..<last
  }
}
