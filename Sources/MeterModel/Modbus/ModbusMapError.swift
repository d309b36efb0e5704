// What can be wrong with a register map. The decoder of profiles turns each into a diagnostic at its row.

/// Why a register map is none.
public struct ModbusMapError: Error, Hashable, Sendable {
  public enum Row: Hashable, Sendable {
    case block(Int)
    case point(Int)
    case setting(Int)
  }

  public enum Reason: Hashable, Sendable {
    /// Two values claim one address for one function.
    case overlap(with: String, function: UInt8, address: UInt16)
    /// No block of that function holds the whole value.
    case outsideBlocks(function: UInt8)
    /// The value would run past address 65 535.
    case pastLastAddress
    /// Two blocks claim one address for one function.
    case blocksOverlap(with: Int, function: UInt8)
    /// A function that a block, a value or a setting cannot have.
    case function(UInt8)
  }

  public var row: Row
  /// The name of the value, as written; empty for a block.
  public var name: String
  public var reason: Reason

  public init(row: Row, name: String = "", reason: Reason) {
    (self.row, self.name, self.reason) = (row, name, reason)
  }

  /// One clause for a person, to follow the name.
  public var message: String {
    switch reason {
    case .overlap(let other, let function, let address):
      "shares register \(address) of function \(function) with '\(other)'"
    case .outsideBlocks(let function): "lies in no block that function \(function) reaches"
    case .pastLastAddress: "runs past register 65535"
    case .blocksOverlap(let other, let function):
      "overlaps block \(other + 1) for function \(function)"
    case .function(let function): "cannot have function \(function)"
    }
  }
}
