// The entries of one half-hourly log, column by column: stamps, energies, qualities, causes. Stamps,
// qualities and causes are runs (a regular day is one run each), an energy takes one byte or two. The bytes
// without causes name the log: the same half-hours are the same fact, wherever they stood in which file.
//
//   format 1 · count · stamps: (step, times)… · energies · qualities: (code, times)… · causes: (step, times)…

internal import Units

enum LogColumns {
  private static let format: UInt8 = 1
  /// More than a log of any length holds: a century of half-hours.
  private static let most: UInt64 = 1_753_200

  /// What a log says, without where each entry stood.
  static func content(_ entries: [LogRead.Entry]) -> [UInt8] {
    var writer = ByteWriter()
    writer.put(byte: format)
    writer.put(unsigned: UInt64(entries.count))
    putSteps(entries.lazy.map(\.stamp.microseconds), into: &writer)
    for entry in entries { writer.put(entry.energy.value) }
    putRuns(entries.lazy.map(\.quality.code), into: &writer)
    return writer.bytes
  }

  /// Where each entry stood, as numbers of causes.
  static func causes(_ entries: [LogRead.Entry]) -> [UInt8] {
    var writer = ByteWriter()
    putSteps(entries.lazy.map { Int64($0.cause.number) }, into: &writer)
    return writer.bytes
  }

  static func entries(content: [UInt8], causes: [UInt8]) throws(StoreError) -> [LogRead.Entry] {
    var reader = ByteReader(content)
    guard try reader.byte() == format else {
      throw StoreError(.damaged, "kept half-hours are of an unknown form")
    }
    let known = try reader.unsigned()
    guard known <= most else { throw reader.damage }
    let count = Int(known)
    let stamps = try steps(count, from: &reader)
    var energies: [Int64] = []
    energies.reserveCapacity(count)
    for _ in 0..<count { energies.append(try reader.signed()) }
    let codes = try runs(count, from: &reader)
    guard reader.isAtEnd else { throw reader.damage }
    var stood = ByteReader(causes)
    let numbers = try steps(count, from: &stood)
    guard stood.isAtEnd else { throw stood.damage }
    var entries: [LogRead.Entry] = []
    entries.reserveCapacity(count)
    for index in 0..<count {
      guard let quality = Quality(code: codes[index]), let number = UInt32(exactly: numbers[index]) else {
        throw reader.damage
      }
      entries.append(
        LogRead.Entry(
          stamp: Instant(microseconds: stamps[index]), energy: WattHours(energies[index]),
          quality: quality, cause: Cause(number: number)))
    }
    return entries
  }

  // MARK: Runs

  private static func putRuns(_ values: some Sequence<Int64>, into writer: inout ByteWriter) {
    var run: (value: Int64, times: UInt64)?
    for value in values {
      if let last = run, last.value == value {
        run = (value, last.times + 1)
        continue
      }
      if let run { put(run, into: &writer) }
      run = (value, 1)
    }
    if let run { put(run, into: &writer) }
  }

  private static func put(_ run: (value: Int64, times: UInt64), into writer: inout ByteWriter) {
    writer.put(run.value)
    writer.put(unsigned: run.times)
  }

  /// Each value as its step from the one before; the first from zero. Sums wrap, so every value is exact.
  private static func putSteps(_ values: some Sequence<Int64>, into writer: inout ByteWriter) {
    var last: Int64 = 0
    putRuns(
      values.map { value in
        defer { last = value }
        return value &- last
      }, into: &writer)
  }

  private static func runs(_ count: Int, from reader: inout ByteReader) throws(StoreError) -> [Int64] {
    var values: [Int64] = []
    values.reserveCapacity(count)
    while values.count < count {
      let value = try reader.signed()
      let times = try reader.unsigned()
      guard times >= 1, times <= UInt64(count - values.count) else { throw reader.damage }
      for _ in 0..<times { values.append(value) }
    }
    return values
  }

  private static func steps(_ count: Int, from reader: inout ByteReader) throws(StoreError) -> [Int64] {
    var last: Int64 = 0
    return try runs(count, from: &reader).map { step in
      last = last &+ step
      return last
    }
  }
}

extension Quality {
  /// Kept for good; a new quality takes the next number.
  fileprivate var code: Int64 {
    switch self {
    case .actual: 0
    case .estimated: 1
    case .missing: 2
    }
  }

  fileprivate init?(code: Int64) {
    guard let one = Self.allCases.first(where: { $0.code == code }) else { return nil }
    self = one
  }
}
