// A meter's side of a DLMS dialogue: its objects behind a COSEM server, as the link layer wants it. It frames
// nothing and waits for nothing.

public import Units
public import Wire

/// Answers the PDUs of one meter's DLMS port.
public final class DLMSAnswering: PDUResponder {
  public let meter: Meter
  public let port: DLMSPort
  public let device: DLMSDevice
  public let server: COSEMServer
  /// A meter that is there and says nothing (CL-09).
  public var isSilent = false
  /// Its world's time at an instant of the line, where the two differ: a live line keeps the wall's time, the
  /// world behind it may run faster or by hand. Nil where they are one.
  public var worldTime: ((Instant) -> Instant)?
  /// Called with the world's time before each answer, so that the meter can be brought up to it.
  public var onVisit: ((Instant) -> Void)?

  /// - Parameter address: the logical device's own address, as the link in use knows it.
  public init(meter: Meter, port: DLMSPort, address: UInt16) {
    (self.meter, self.port) = (meter, port)
    device = DLMSDevice(meter: meter, port: port)
    server = COSEMServer(
      settings: COSEMServer.Settings(
        systemTitle: device.systemTitle, address: address, maximumPDU: port.maximumPDU,
        conformance: port.conformance, repeatsBlocks: port.repeatsBlocks, lockOutAfter: port.lockOutAfter,
        lockOutTime: port.lockOutTime),
      clients: port.clients.map(\.entry), objects: device)
  }

  public func linkOpened(client: UInt16, at: Instant) { server.linkOpened(client: client, at: at) }

  public func answer(_ pdu: [UInt8], client: UInt16, server address: UInt16, at: Instant) -> [UInt8]? {
    let instant = worldTime?(at) ?? at
    onVisit?(instant)
    guard !isSilent else { return nil }
    return server.answer(pdu, client: client, server: address, at: instant)
  }

  public func linkClosed(client: UInt16, at: Instant) { server.linkClosed(client: client, at: at) }
}

extension DLMSClient {
  /// The server's row for this client.
  var entry: COSEMClientEntry {
    COSEMClientEntry(
      address: address, mechanism: mechanism, password: password, keys: keys, policy: policy,
      systemTitle: systemTitle)
  }
}
