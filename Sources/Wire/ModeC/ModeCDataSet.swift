// Data sets: `address ( value [*unit] ) ( … )` (IEC 62056-21:2002, clause 6.6). Values stay text: leading
// zeros and blanks say how wide a register is, and nothing here passes through a number.

/// An address with what stands in its brackets.
public struct ModeCDataSet: Hashable, Sendable {
  /// One pair of brackets.
  public struct Value: Hashable, Sendable {
    public var text: String
    /// What stands behind `*`; nil without a `*`.
    public var unit: String?

    public init(_ text: String, unit: String? = nil) { (self.text, self.unit) = (text, unit) }
  }

  /// Empty where a line begins with a bracket.
  public var address: String
  /// None where a line has no bracket at all.
  public var values: [Value]

  public init(_ address: String, _ values: [Value]) { (self.address, self.values) = (address, values) }
}

/// A data block: data sets, and whether `!` ended them.
public struct ModeCDataBlock: Hashable, Sendable {
  public var sets: [ModeCDataSet]
  public var hasEndMark: Bool

  public init(sets: [ModeCDataSet], hasEndMark: Bool) { (self.sets, self.hasEndMark) = (sets, hasEndMark) }

  /// Reads a block without STX, ETX and check. A line end ends a data set; so does an address after brackets.
  /// Throws `grammar` where brackets do not pair, where something but line ends and blanks follows `!`, and
  /// at any character that text has not.
  public init(parsing bytes: some Collection<UInt8>) throws(ModeCFault) {
    var parser = Parser()
    for (at, byte) in bytes.enumerated() {
      guard parser.take(byte) else { throw .grammar(at: at) }
    }
    guard parser.end() else { throw .grammar(at: bytes.count) }
    (sets, hasEndMark) = (parser.sets, parser.hasEndMark)
  }

  private struct Parser {
    var sets: [ModeCDataSet] = []
    var hasEndMark = false
    private var address: [UInt8] = []
    private var values: [ModeCDataSet.Value] = []
    private var value: [UInt8]?

    /// False for a byte that cannot stand here.
    mutating func take(_ byte: UInt8) -> Bool {
      if value != nil { return inBrackets(byte) }
      if hasEndMark { return byte == ModeCText.cr || byte == ModeCText.lf || byte == 0x20 }
      switch byte {
      case ModeCText.cr, ModeCText.lf: close()
      case ModeCText.mark:
        close()
        hasEndMark = true
      case ModeCText.opening: value = []
      case ModeCText.closing: return false
      default:
        guard ModeCText.isPrintable(byte) else { return false }
        if !values.isEmpty { close() }
        address.append(byte)
      }
      return true
    }

    private mutating func inBrackets(_ byte: UInt8) -> Bool {
      guard byte != ModeCText.opening, ModeCText.isPrintable(byte) else { return false }
      guard byte == ModeCText.closing else {
        value?.append(byte)
        return true
      }
      let bytes = value ?? []
      value = nil
      let star = bytes.firstIndex(of: ModeCText.star)
      values.append(
        ModeCDataSet.Value(
          ModeCText.text(bytes[..<(star ?? bytes.count)]),
          unit: star.map { ModeCText.text(bytes[($0 + 1)...]) }))
      return true
    }

    private mutating func close() {
      defer { (address, values) = ([], []) }
      while address.first == 0x20 { address.removeFirst() }
      while address.last == 0x20 { address.removeLast() }
      guard !address.isEmpty || !values.isEmpty else { return }
      sets.append(ModeCDataSet(ModeCText.text(address), values))
    }

    /// The block is over. False inside brackets.
    mutating func end() -> Bool {
      close()
      return value == nil
    }
  }
}

extension ModeCDataSet {
  /// As a meter writes it.
  public var text: String {
    address + values.map { "(\($0.text)\($0.unit.map { "*" + $0 } ?? ""))" }.joined()
  }
}
