// What a make of meter does on a Modbus line beside reading and writing registers. Most meters do none of it:
// then the standard's exception 01 answers.

/// The rarer functions, and what a meter makes of a request to all.
public struct ModbusServices: Hashable, Sendable {
  /// What a request to unit 0 of a serial line does ("MODBUS over Serial Line" V1.02, section 2.1). Nobody
  /// ever answers one.
  public enum Broadcast: String, Hashable, Sendable, CaseIterable {
    /// A write is carried out, as the standard wants.
    case acts
    /// The maker says that it is not supported: Eastron.
    case ignored
  }

  public var broadcast: Broadcast
  /// FC 8, sub-function 0: the request comes back. Any other sub-function is exception 01.
  public var loopback: Bool
  /// FC 17: what stands for the server's identity; nil for a meter without it.
  public var serverID: String?
  /// FC 43/14: objects 0 maker, 1 product code, 2 revision, and further ones (V1.1b3 section 6.21); empty for
  /// a meter without it.
  public var identification: [String]

  public init(
    broadcast: Broadcast = .acts, loopback: Bool = false, serverID: String? = nil,
    identification: [String] = []
  ) {
    (self.broadcast, self.loopback, self.serverID) = (broadcast, loopback, serverID)
    self.identification = identification
  }
}

/// A single bit: a coil, which functions 1, 5 and 15 reach, or a discrete input, which function 2 reads.
public struct ModbusCoil: Hashable, Sendable {
  public enum Shows: String, Hashable, Sendable, CaseIterable {
    /// What was written last.
    case kept
    /// Whether energy flows towards the grid.
    case exporting
  }

  public var name: String
  public var shows: Shows
  /// Of 1, 2, 5 and 15.
  public var functions: Set<UInt8>
  public var address: UInt16
  /// As shipped.
  public var initial: Bool
  public var source: String

  public init(
    name: String, shows: Shows = .kept, functions: Set<UInt8>, address: UInt16, initial: Bool = false,
    source: String
  ) {
    (self.name, self.shows, self.functions) = (name, shows, functions)
    (self.address, self.initial, self.source) = (address, initial, source)
  }

  /// The functions that reach single bits.
  public static let functions: Set<UInt8> = [1, 2, 5, 15]
}
