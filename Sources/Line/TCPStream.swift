// A virtual TCP connection to one far side (a meter or a gateway): bytes keep their order, take no wire time,
// and come whole or not at all. Both directions may be under way at once.

public import Timeline
public import Units

/// The reader's end of a virtual TCP connection.
public final class TCPStream: VirtualPath {
  /// From one end to the other, one way.
  public let latency: TimeSpan

  /// A Modbus TCP frame names its unit in byte 6 ("Messaging on TCP/IP" V1.0b, section 3.1.3); faults of one
  /// unit look there. The world must outlive the stream.
  public init(
    farSide: any FarSide, world: any LineWorld, latency: TimeSpan = .zero, stream: RandomStream
  ) {
    self.latency = latency
    super.init(
      Medium(latency: latency, unitIndex: 6), farSides: [farSide], world: world, stream: stream)
  }
}
