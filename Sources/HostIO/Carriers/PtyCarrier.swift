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

  /// Seven data bits do not go over a pseudo-terminal: the inner door stands with eight, and so does this
  /// one, as with an optical head that has no others. Throws `CarrierError` when no pseudo-terminal is left.
  public func door(at door: any Door) throws -> any Door {
    var name = [CChar](repeating: 0, count: 64)
    let master = chost_pty_open(&name, name.count)
    guard master >= 0 else { throw CarrierError(HostError.pseudoTerminal(master).description) }
    let near = chost_terminal_open(name)
    guard near >= 0, chost_terminal_set_raw(near, Int32(door.settings?.baud ?? 9600)) == 0 else {
      close(master)
      if near >= 0 { close(near) }
      throw CarrierError("the pseudo-terminal \(text(of: name)) cannot be opened: \(systemWord(near))")
    }
    return KernelDoor(door, KernelLink(near: near, far: master), kind: .terminal, counter: counter)
  }
}
