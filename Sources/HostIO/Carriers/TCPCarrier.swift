// Depth "tcp": per reader one loopback connection, libmodbus TCP at one end, the door behind the other.

internal import CHost
internal import CModbus
internal import Glibc
public import HeadEnd
public import Line

/// Carries Modbus TCP bytes through a loopback socket, read by libmodbus. One carrier per world.
public final class TCPCarrier: Carrier {
  private let counter = ByteCounter()

  public init() {}

  public var bytesThroughDescriptors: Int { counter.bytes }
  public var depth: String { "tcp" }

  /// Throws `CarrierError` when no socket is left, or the framing is not TCP.
  public func reader(at door: any Door, framing: Framing, rules: ReaderRules) throws -> any RegisterReader {
    guard framing == .tcp else {
      throw CarrierError("libmodbus has no RTU over TCP: use depth pty or memory")
    }
    try KernelReader.requireHook()
    let listener = chost_tcp_listen("127.0.0.1", "0", 1)
    guard listener >= 0 else { throw CarrierError("no loopback socket: \(systemWord(listener))") }
    defer { close(listener) }
    let context = try LibModbusContext.tcp(port: chost_tcp_port(listener))
    try context.setTimeouts(firstByte: rules.firstByte, betweenBytes: rules.betweenBytes)
    _ = chost_wait(listener, chost_wait_read, chost_monotonic() + KernelLink.watchdogNanoseconds)
    let far = chost_accept(listener)
    guard far >= 0 else { throw CarrierError("the loopback connection did not come: \(systemWord(far))") }
    return KernelReader(context: context, far: far, door: door, rules: rules, counter: counter)
  }

  /// Throws `CarrierError` when no socket is left.
  public func door(at door: any Door) throws -> any Door {
    let listener = chost_tcp_listen("127.0.0.1", "0", 1)
    guard listener >= 0 else { throw CarrierError("no loopback socket: \(systemWord(listener))") }
    defer { close(listener) }
    let deadline = chost_monotonic() + KernelLink.watchdogNanoseconds
    let near = chost_tcp_connect("127.0.0.1", "\(chost_tcp_port(listener))", deadline)
    guard near >= 0 else { throw CarrierError("the loopback connection failed: \(systemWord(near))") }
    _ = chost_wait(listener, chost_wait_read, deadline)
    let far = chost_accept(listener)
    guard far >= 0 else {
      close(near)
      throw CarrierError("the loopback connection did not come: \(systemWord(far))")
    }
    return KernelDoor(door, KernelLink(near: near, far: far), kind: .socket, counter: counter)
  }
}
