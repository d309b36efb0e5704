// The carrier that is built in: no kernel, no copy, our own reader straight at the door.

public import Line

/// Depth `memory`.
public final class MemoryCarrier: Carrier {
  public init() {}

  public var depth: String { "memory" }

  public func reader(
    at door: any Door, framing: Framing, rules: ReaderRules
  ) -> any RegisterReader {
    ModbusReader(door: door, framing: framing, rules: rules)
  }

  public func door(at door: any Door) -> any Door { door }

  public var bytesThroughDescriptors: Int { 0 }
}
