// From an address to what stands there in one step, however large or torn the map: pages of 256 addresses, of
// which only those that hold something are kept.

/// What stands at each of the 65 536 addresses of one function.
struct ModbusAddressTable: Hashable, Sendable {
  /// What stands at an address: a slot's number, or nothing of some sort.
  struct Entry: Hashable, Sendable {
    var code: Int16

    /// In no block.
    static let outside = Entry(code: -1)

    /// In a block, but holding nothing.
    static func gap(_ gap: ModbusMap.Gap) -> Entry {
      switch gap {
      case .zero: Entry(code: -2)
      case .lastValue: Entry(code: -3)
      case .exception: Entry(code: -4)
      }
    }

    static func slot(_ number: Int) -> Entry { Entry(code: Int16(number)) }

    /// The slot, if one stands here.
    var slot: Int? { code >= 0 ? Int(code) : nil }
    /// Whether reading it is an illegal address.
    var isRefused: Bool { self == .outside || self == .gap(.exception) }
  }

  /// Which page holds the addresses with this high byte; page 0 is all outside.
  private var pageOfHighByte = [Int16](repeating: 0, count: 256)
  private var entries = [Entry](repeating: .outside, count: 256)

  subscript(address: UInt16) -> Entry {
    get { entries[Int(pageOfHighByte[Int(address >> 8)]) << 8 | Int(address & 0xFF)] }
    set {
      let high = Int(address >> 8)
      if pageOfHighByte[high] == 0 {
        pageOfHighByte[high] = Int16(entries.count >> 8)
        entries.append(contentsOf: repeatElement(.outside, count: 256))
      }
      entries[Int(pageOfHighByte[high]) << 8 | Int(address & 0xFF)] = newValue
    }
  }
}
