// The idempotency key of a fact: the SHA-256 of what it says. The same fact again, in whatever file, at
// whatever line, is the same fact; one that differs in anything is another,
// and rules say what becomes of two.

internal import Settlement
internal import Units

enum FactDigest {
  static func key(_ read: Read) -> [UInt8] {
    var writer = ByteWriter()
    writer.put("read 1")
    writer.put(read.serial)
    writer.put(read.register.rawValue)
    writer.put(read.value.value)
    writer.put(read.resolution.value)
    writer.put(read.at.microseconds)
    writer.put(read.received.microseconds)
    writer.put(read.source.rawValue)
    writer.put(read.meterClock?.microseconds)
    writer.put(byte: read.photo == nil ? 0 : 1)
    if let photo = read.photo {
      writer.put(photo.serial)
      writer.put(photo.register.rawValue)
      writer.put(photo.value.value)
    }
    writer.put(byte: read.channel == nil ? 0 : 1)
    if let channel = read.channel { writer.put(channel) }
    return SHA256.digest(writer.bytes)
  }

  /// - Parameter content: the entries, as `LogColumns.content` has them.
  static func key(_ log: LogRead, content: [UInt8]) -> [UInt8] {
    var writer = ByteWriter()
    writer.put("log 1")
    writer.put(log.serial)
    writer.put(log.register.rawValue)
    writer.put(log.convention.rawValue)
    writer.put(log.resolution.value)
    writer.put(log.received.microseconds)
    writer.put(byte: log.derivedFromRegister ? 1 : 0)
    writer.put(raw: content)
    return SHA256.digest(writer.bytes)
  }

  /// - Parameter facts: as `TextTree` writes them.
  static func key(_ event: CaseEvent, facts: String) -> [UInt8] {
    var writer = ByteWriter()
    writer.put("event 1")
    writer.put(event.name.name)
    writer.put(event.at.microseconds)
    writer.put(event.received.microseconds)
    writer.put(facts)
    return SHA256.digest(writer.bytes)
  }

  static func hex(_ digest: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    let bytes = digest.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// The bytes of a digest in hexadecimal.
  static func bytes(_ hex: String) -> [UInt8]? {
    let digits = hex.compactMap(\.hexDigitValue)
    guard digits.count == hex.count, digits.count == 2 * SHA256.length else { return nil }
    return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
  }
}
