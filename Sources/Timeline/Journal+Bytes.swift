// The recorded form of a journal: what a finished run leaves on disk and `explain` reads back.
// Little-endian; "BSJ1", then counts, the table of subjects, the entries of 40 bytes each,
// and the byte arena.

internal import Units

/// Why bytes are no journal.
public struct JournalFormatError: Error, Hashable, Sendable {
  public var message: String
}

extension Journal {
  private static let magic: [UInt8] = Array("BSJ1".utf8)
  private static let entryBytes = 40

  /// The journal as bytes.
  public var encoded: [UInt8] {
    var bytes = Self.magic
    bytes.reserveCapacity(64 + entries.count * Self.entryBytes + arena.count)
    bytes.append(whole: UInt32(subjects.count))
    bytes.append(whole: UInt32(entries.count))
    bytes.append(whole: UInt64(arena.count))
    for name in subjects {
      bytes.append(whole: UInt32(name.utf8.count))
      bytes.append(contentsOf: name.utf8)
    }
    for entry in entries {
      bytes.append(whole: entry.at.microseconds)
      bytes.append(whole: entry.value)
      bytes.append(whole: entry.bytesStart)
      bytes.append(whole: entry.bytesCount)
      bytes.append(whole: entry.first.number)
      bytes.append(whole: entry.second.number)
      bytes.append(whole: entry.kind.rawValue)
      bytes.append(whole: entry.subject)
      bytes.append(whole: UInt32(0))
    }
    bytes.append(contentsOf: arena)
    return bytes
  }

  /// Reads bytes that `encoded` gave. Every length is checked: a torn file is an error, not a crash.
  public init(decoding bytes: [UInt8]) throws {
    var cursor = ByteCursor(bytes)
    guard try cursor.take(4) == Self.magic[...] else { throw JournalFormatError(message: "not a journal") }
    let subjectCount = Int(try cursor.whole(UInt32.self))
    let entryCount = Int(try cursor.whole(UInt32.self))
    let arenaCount = Int(clamping: try cursor.whole(UInt64.self))
    guard (1...Self.mostSubjects).contains(subjectCount) else {
      throw JournalFormatError(
        message: "\(subjectCount) subjects: an entry can name 1 to \(Self.mostSubjects)")
    }
    self.init()
    for index in 0..<subjectCount {
      let name = String(decoding: try cursor.take(Int(try cursor.whole(UInt32.self))), as: UTF8.self)
      if index > 0 { _ = subject(name) }
    }
    for number in 1..<(entryCount + 1) {
      let at = Instant(microseconds: try cursor.whole(Int64.self))
      let value = try cursor.whole(Int64.self)
      let start = try cursor.whole(UInt32.self)
      let count = try cursor.whole(UInt32.self)
      let first = Cause(number: try cursor.whole(UInt32.self))
      let second = Cause(number: try cursor.whole(UInt32.self))
      guard let kind = EntryKind(rawValue: try cursor.whole(UInt16.self)) else {
        throw JournalFormatError(message: "an entry of unknown kind")
      }
      let subject = try cursor.whole(UInt16.self)
      _ = try cursor.whole(UInt32.self)
      guard Int(start) + Int(count) <= arenaCount, Int(subject) < subjects.count else {
        throw JournalFormatError(message: "an entry points outside the journal")
      }
      // What causes an entry was written before it; so a walk back always ends.
      guard max(first.number, second.number) < number else {
        throw JournalFormatError(message: "entry \(number) names a cause that is not before it")
      }
      append(
        restored: JournalEntry(
          at: at, value: value, bytesStart: start, bytesCount: count, first: first, second: second,
          kind: kind,
          subject: subject))
    }
    append(restoredArena: try cursor.take(arenaCount))
    guard cursor.isAtEnd else { throw JournalFormatError(message: "bytes follow the end of the journal") }
  }
}

/// Takes little-endian values off a byte array, never past its end.
private struct ByteCursor {
  private let bytes: [UInt8]
  private var at = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  var isAtEnd: Bool { at == bytes.count }

  mutating func take(_ count: Int) throws -> ArraySlice<UInt8> {
    guard count >= 0, count <= bytes.count - at else {
      throw JournalFormatError(message: "the journal is cut short")
    }
    defer { at += count }
    return bytes[at..<at + count]
  }

  mutating func whole<Whole: FixedWidthInteger>(_ type: Whole.Type) throws -> Whole {
    var value: Whole = 0
    for (place, byte) in try take(Whole.bitWidth / 8).enumerated() {
      value |= Whole(truncatingIfNeeded: byte) << (place * 8)
    }
    return value
  }
}

extension [UInt8] {
  fileprivate mutating func append<Whole: FixedWidthInteger>(whole: Whole) {
    for place in 0..<Whole.bitWidth / 8 { append(UInt8(truncatingIfNeeded: whole >> (place * 8))) }
  }
}
