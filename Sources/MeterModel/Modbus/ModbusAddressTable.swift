// From an address to what stands there in one step, however large or torn the map: pages of 256 addresses, of
// which only those that hold something are kept.

/// What stands at each of the 65 536 addresses of one function.
struct ModbusAddressTable: Hashable, Sendable {
  /// What stands at an address: a slot's number, or nothing of some sort.
  struct Entry: Hashable, Sendable {
    private var code: Int16
    /// Whether a read must begin at an even address and take an even count.
    var evenOnly = false
    /// The last address up to which, from here on, a read is not refused; meaningless where it is refused
    /// here.
    fileprivate(set) var reach: UInt16 = 0

    private init(code: Int16) { self.code = code }

    /// In no block.
    static let outside = Entry(code: -1)

    /// In a block, but holding nothing.
    static func gap(_ gap: ModbusMap.Gap) -> Entry {
      switch gap {
      case .zero: Entry(code: -2)
      case .lastValue: Entry(code: -3)
      case .exception: Entry(code: -4)
      case .ones: Entry(code: -5)
      }
    }

    /// The same place, with a value on it.
    func holding(_ slot: Int) -> Entry {
      var held = self
      held.code = Int16(slot)
      return held
    }

    /// The slot, if one stands here.
    var slot: Int? { code >= 0 ? Int(code) : nil }
    /// Whether the place is in no block.
    var isOutside: Bool { code == -1 }
    /// Whether the place repeats the register before it.
    var repeatsLast: Bool { code == -3 }
    /// Whether every bit of the place is set.
    var isOnes: Bool { code == -5 }
    /// Whether reading it is an illegal address.
    var isRefused: Bool { code == -1 || code == -4 }
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

  /// Works out how far a read may reach from each address, when all is in its place.
  mutating func measureReach() {
    var reach = UInt16.max
    for high in (0..<256).reversed() where pageOfHighByte[high] != 0 {
      for low in (0..<256).reversed() {
        let address = UInt16(high << 8 | low)
        var entry = self[address]
        guard !entry.isRefused else { continue }
        let next = address < .max ? self[address + 1] : .outside
        reach = next.isRefused ? address : next.reach
        entry.reach = reach
        self[address] = entry
      }
    }
  }
}
