// Memory of a run of half-hours, one column for each fact, so that a pass over one fact reads that fact alone
// and nothing is allocated for a half-hour. Zero everywhere means: nothing came.

internal import Units

/// Columns of equal length. Shared between copies of a table until one of them changes.
final class HalfHourColumns {
  let count: Int
  /// Wh; 0 where nothing came.
  let energies: UnsafeMutableBufferPointer<Int64>
  /// Number of the journal entry.
  let causes: UnsafeMutableBufferPointer<UInt32>
  /// Step of the source in Wh.
  let steps: UnsafeMutableBufferPointer<Int32>
  /// Number of the meter in the book.
  let meters: UnsafeMutableBufferPointer<Int16>
  /// Quality and where the value is from: `HalfHourMarks`.
  let marks: UnsafeMutableBufferPointer<UInt8>
  /// Number of the doubt; 0 for none.
  let doubts: UnsafeMutableBufferPointer<UInt8>
  /// Checks already told of the value.
  let told: UnsafeMutableBufferPointer<UInt8>

  init(count: Int) {
    func column<Value: FixedWidthInteger>(_ type: Value.Type) -> UnsafeMutableBufferPointer<Value> {
      let column = UnsafeMutableBufferPointer<Value>.allocate(capacity: count)
      column.initialize(repeating: 0)
      return column
    }
    self.count = count
    (energies, causes, steps) = (column(Int64.self), column(UInt32.self), column(Int32.self))
    (meters, marks) = (column(Int16.self), column(UInt8.self))
    (doubts, told) = (column(UInt8.self), column(UInt8.self))
  }

  deinit {
    energies.deallocate()
    causes.deallocate()
    steps.deallocate()
    meters.deallocate()
    marks.deallocate()
    doubts.deallocate()
    told.deallocate()
  }

  func copy() -> HalfHourColumns {
    let other = HalfHourColumns(count: count)
    _ = other.energies.update(fromContentsOf: energies)
    _ = other.causes.update(fromContentsOf: causes)
    _ = other.steps.update(fromContentsOf: steps)
    _ = other.meters.update(fromContentsOf: meters)
    _ = other.marks.update(fromContentsOf: marks)
    _ = other.doubts.update(fromContentsOf: doubts)
    _ = other.told.update(fromContentsOf: told)
    return other
  }
}

/// What one byte says of a half-hour.
struct HalfHourMarks: OptionSet {
  var rawValue: UInt8

  /// Measured.
  static let actual = HalfHourMarks(rawValue: 1)
  /// Estimated by somebody.
  static let estimated = HalfHourMarks(rawValue: 2)
  /// Made from reads of a cumulative register (R-MET-06).
  static let derived = HalfHourMarks(rawValue: 4)
  /// Its sender has said that a better value comes.
  static let replaceable = HalfHourMarks(rawValue: 8)

  static let quality: HalfHourMarks = [.actual, .estimated]
}
