// Depth "pty": per reader a kernel pseudo-terminal, libmodbus RTU on its slave, the door behind its master.

internal import CHost
internal import CModbus
internal import Glibc
public import HeadEnd
public import Line

/// Carries RTU bytes through a kernel pseudo-terminal, read by libmodbus. One carrier per world.
public final class PtyCarrier: Carrier {
  private let counter = ByteCounter()

  public init() {}

  public var bytesThroughDescriptors: Int { counter.bytes }
  public var depth: String { "pty" }

  /// Throws `CarrierError` when no pseudo-terminal is left, or the framing is not RTU.
  public func reader(at door: any Door, framing: Framing, rules: ReaderRules) throws -> any RegisterReader {
    guard framing == .rtu else {
      throw CarrierError("Modbus TCP does not run over a pseudo-terminal: use depth tcp or memory")
    }
    try KernelReader.requireHook()
    var name = [CChar](repeating: 0, count: 64)
    let master = chost_pty_open(&name, name.count)
    guard master >= 0 else { throw CarrierError(HostError.pseudoTerminal(master).description) }
    do {
      let context = try LibModbusContext.rtu(path: text(of: name))
      try context.setTimeouts(firstByte: rules.firstByte, betweenBytes: rules.betweenBytes)
      return KernelReader(context: context, far: master, door: door, rules: rules, counter: counter)
    } catch {
      close(master)
      throw error
    }
  }
}
