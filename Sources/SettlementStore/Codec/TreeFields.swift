// The parts of a kept text by name. What is missing, of another form or left over is damage: our own writer
// wrote it.

internal import Units

/// Reads the parts of one map, each once.
struct TreeFields {
  let what: String
  private var rest: [String: TextTree]

  init(_ tree: TextTree, of what: String) throws(StoreError) {
    guard case .map(let parts) = tree else { throw StoreError(.damaged, "\(what) is not kept by parts") }
    (self.what, rest) = (what, parts)
  }

  func has(_ key: String) -> Bool { rest[key] != nil }

  mutating func optional(_ key: String) -> TextTree? { rest.removeValue(forKey: key) }

  mutating func tree(_ key: String) throws(StoreError) -> TextTree {
    guard let tree = optional(key) else { throw StoreError(.damaged, "\(what) is kept without '\(key)'") }
    return tree
  }

  mutating func text(_ key: String) throws(StoreError) -> String { try tree(key).text(what, key) }

  mutating func optionalText(_ key: String) throws(StoreError) -> String? {
    guard let tree = optional(key) else { return nil }
    return try tree.text(what, key)
  }

  mutating func list(_ key: String) throws(StoreError) -> [TextTree] { try tree(key).list(what, key) }

  mutating func map(_ key: String) throws(StoreError) -> [String: TextTree] {
    guard case .map(let parts) = try tree(key) else { throw damage(key) }
    return parts
  }

  mutating func flag(_ key: String) throws(StoreError) -> Bool { try tree(key).flag(what, key) }

  mutating func value<Value: WrittenText>(_ key: String) throws(StoreError) -> Value {
    try tree(key).value(what, key)
  }

  mutating func optionalValue<Value: WrittenText>(_ key: String) throws(StoreError) -> Value? {
    guard let tree = optional(key) else { return nil }
    return try tree.value(what, key)
  }

  mutating func whole<Whole: FixedWidthInteger>(_ key: String) throws(StoreError) -> Whole {
    guard let whole = Whole(try text(key)) else { throw damage(key) }
    return whole
  }

  mutating func word<Word: RawRepresentable>(_ key: String) throws(StoreError) -> Word
  where Word.RawValue == String {
    guard let word = Word(rawValue: try text(key)) else { throw damage(key) }
    return word
  }

  func finish() throws(StoreError) {
    guard let key = rest.keys.min() else { return }
    throw StoreError(.damaged, "\(what) is kept with an unknown '\(key)'")
  }

  func damage(_ key: String) -> StoreError { StoreError(.damaged, "'\(key)' of \(what) cannot be read back") }
}

extension TextTree {
  init(flag: Bool) { self = .text(flag ? "yes" : "no") }

  /// The parts that are there.
  init(parts: KeyValuePairs<String, TextTree?>) {
    var map: [String: TextTree] = [:]
    for (key, part) in parts { map[key] = part }
    self = .map(map)
  }

  func text(_ what: String, _ key: String) throws(StoreError) -> String {
    guard case .text(let text) = self else { throw StoreError(.damaged, "'\(key)' of \(what) is no text") }
    return text
  }

  func list(_ what: String, _ key: String) throws(StoreError) -> [TextTree] {
    guard case .list(let parts) = self else { throw StoreError(.damaged, "'\(key)' of \(what) is no list") }
    return parts
  }

  func flag(_ what: String, _ key: String) throws(StoreError) -> Bool {
    switch self {
    case .text("yes"): return true
    case .text("no"): return false
    default: throw StoreError(.damaged, "'\(key)' of \(what) is neither yes nor no")
    }
  }

  func value<Value: WrittenText>(_ what: String, _ key: String) throws(StoreError) -> Value {
    let text = try text(what, key)
    do {
      return try Value(parsing: text)
    } catch {
      throw StoreError(.damaged, "'\(key)' of \(what) cannot be read back: '\(text)'")
    }
  }
}
