// Facts, agreements and policies as text: a tree whose leaves are texts, written as JSON with sorted keys, so
// that equal values have equal bytes. Every quantity is a leaf in the one exact form of `Units`; there is no
// number in the JSON sense, so no reader can round one. (RFC 8259 strings, arrays and objects only.)

/// A tree of texts.
indirect enum TextTree: Hashable, Sendable {
  case text(String)
  case list([TextTree])
  case map([String: TextTree])
}

extension TextTree: CustomStringConvertible {
  /// Canonical: equal trees have equal texts, and `TextTree(parsing:)` gives the tree back.
  var description: String {
    var bytes: [UInt8] = []
    write(into: &bytes)
    return String(decoding: bytes, as: UTF8.self)
  }

  private func write(into bytes: inout [UInt8]) {
    switch self {
    case .text(let text): Self.quote(text, into: &bytes)
    case .list(let parts):
      bytes.append(UInt8(ascii: "["))
      for (number, part) in parts.enumerated() {
        if number > 0 { bytes.append(UInt8(ascii: ",")) }
        part.write(into: &bytes)
      }
      bytes.append(UInt8(ascii: "]"))
    case .map(let parts):
      bytes.append(UInt8(ascii: "{"))
      for (number, key) in parts.keys.sorted().enumerated() {
        if number > 0 { bytes.append(UInt8(ascii: ",")) }
        Self.quote(key, into: &bytes)
        bytes.append(UInt8(ascii: ":"))
        parts[key]?.write(into: &bytes)
      }
      bytes.append(UInt8(ascii: "}"))
    }
  }

  private static let hex = Array("0123456789abcdef".utf8)

  private static func quote(_ text: String, into bytes: inout [UInt8]) {
    bytes.append(UInt8(ascii: "\""))
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "\""), UInt8(ascii: "\\"): bytes += [UInt8(ascii: "\\"), byte]
      case ..<0x20: bytes += Array("\\u00".utf8) + [hex[Int(byte >> 4)], hex[Int(byte & 15)]]
      default: bytes.append(byte)
      }
    }
    bytes.append(UInt8(ascii: "\""))
  }
}

extension TextTree {
  /// Reads what `description` wrote; anything else is damage.
  init(parsing text: String) throws(StoreError) {
    var reader = Reader(bytes: Array(text.utf8))
    self = try reader.tree(depth: 0)
    guard reader.at == reader.bytes.count else { throw reader.damage }
  }

  private struct Reader {
    let bytes: [UInt8]
    var at = 0

    var damage: StoreError { StoreError(.damaged, "a kept text is torn at byte \(at) of \(bytes.count)") }

    private var next: UInt8? { at < bytes.count ? bytes[at] : nil }

    private mutating func take(_ mark: Unicode.Scalar) -> Bool {
      guard next == UInt8(ascii: mark) else { return false }
      at += 1
      return true
    }

    private mutating func expect(_ mark: Unicode.Scalar) throws(StoreError) {
      guard take(mark) else { throw damage }
    }

    mutating func tree(depth: Int) throws(StoreError) -> TextTree {
      guard depth < 32 else { throw damage }
      switch next {
      case UInt8(ascii: "\""): return .text(try string())
      case UInt8(ascii: "["):
        at += 1
        var parts: [TextTree] = []
        if take("]") { return .list([]) }
        repeat { parts.append(try tree(depth: depth + 1)) } while take(",")
        try expect("]")
        return .list(parts)
      case UInt8(ascii: "{"):
        at += 1
        var parts: [String: TextTree] = [:]
        if take("}") { return .map([:]) }
        repeat {
          let key = try string()
          try expect(":")
          guard parts.updateValue(try tree(depth: depth + 1), forKey: key) == nil else { throw damage }
        } while take(",")
        try expect("}")
        return .map(parts)
      default: throw damage
      }
    }

    private mutating func string() throws(StoreError) -> String {
      try expect("\"")
      var raw: [UInt8] = []
      while let byte = next, byte != UInt8(ascii: "\"") {
        at += 1
        raw.append(byte == UInt8(ascii: "\\") ? try escaped() : byte)
      }
      try expect("\"")
      guard let text = String(validating: raw, as: UTF8.self) else { throw damage }
      return text
    }

    /// The two escapes that are written: a mark as itself, and `\u00xx` for a control character.
    private mutating func escaped() throws(StoreError) -> UInt8 {
      guard let byte = next else { throw damage }
      at += 1
      guard byte == UInt8(ascii: "u") else {
        guard byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") else { throw damage }
        return byte
      }
      guard at + 4 <= bytes.count, bytes[at] == UInt8(ascii: "0"), bytes[at + 1] == UInt8(ascii: "0"),
        let value = UInt8(String(decoding: bytes[at + 2..<at + 4], as: UTF8.self), radix: 16)
      else { throw damage }
      at += 4
      return value
    }
  }
}
