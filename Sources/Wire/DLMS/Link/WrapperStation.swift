// A meter's end of DLMS over TCP: IEC 62056-47:2006. One connection, one PDU at a time, each answered where
// the application has an answer. There is no link to set up: the first PDU of a client opens it.

public import Units

/// The server's side of one TCP connection. Pure: bytes with their instants in,
/// bytes with their instants out.
public final class WrapperStation {
  /// What the meter's TCP-UDP set-up object (class 41, IEC 62056-62) says.
  public struct Settings: Hashable, Sendable {
    /// Destination wPorts that exist: 1 is the management logical device.
    public var logicalDevices: Set<UInt16>
    /// The longest PDU that is taken, in bytes; a longer one loses the connection.
    public var mostBytes: Int
    /// Without a PDU for so long the client's link is dropped (class 41: 180 s).
    public var inactivity: TimeSpan
    /// From the end of a request to the start of its answer.
    public var reaction: TimeSpan

    public init(
      logicalDevices: Set<UInt16> = [1], mostBytes: Int = WrapperFrame.mostBytes,
      inactivity: TimeSpan = .seconds(180), reaction: TimeSpan = .zero
    ) {
      (self.logicalDevices, self.mostBytes) = (logicalDevices, mostBytes)
      (self.inactivity, self.reaction) = (inactivity, reaction)
    }
  }

  public let settings: Settings
  /// Called for a stream that is out of step and for answers too long to send; nil costs nothing.
  public var onFault: ((WrapperFault, Instant) -> Void)?

  private let responder: any PDUResponder
  private var decoder: WrapperDecoder
  private var client: UInt16?
  private var lastHeard: Instant?
  private var due: [(at: Instant, bytes: [UInt8])] = []

  public init(_ settings: Settings, responder: any PDUResponder) {
    (self.settings, self.responder) = (settings, responder)
    decoder = WrapperDecoder(mostBytes: settings.mostBytes)
  }

  /// The stream is out of step: its owner should close it. Nothing more is heard.
  public var isLost: Bool { decoder.isLost }

  public var isConnected: Bool { client != nil }

  public func hear(_ bytes: ArraySlice<UInt8>, at instant: Instant) {
    expire(at: instant)
    var rest = bytes
    while let event = decoder.next(from: &rest) {
      switch event {
      case .frame(let frame): take(frame, at: instant)
      case .refused(let fault):
        onFault?(fault, instant)
        close(at: instant)
      }
    }
  }

  /// When the client's link is dropped for want of words.
  public var wakes: Instant? { isConnected ? lastHeard.map { $0 + settings.inactivity } : nil }

  /// What is to be said, with the instant at which it may start.
  public func speak(at instant: Instant) -> [(at: Instant, bytes: [UInt8])] {
    expire(at: instant)
    defer { due.removeAll(keepingCapacity: true) }
    return due
  }

  /// The connection was lost, or a new one stands in its place.
  public func drop(at instant: Instant) {
    due = []
    decoder = WrapperDecoder(mostBytes: settings.mostBytes)
    close(at: instant)
  }

  private func expire(at instant: Instant) {
    if isConnected, let lastHeard, instant - lastHeard >= settings.inactivity { close(at: instant) }
  }

  private func close(at instant: Instant) {
    guard let gone = client else { return }
    client = nil
    responder.linkClosed(client: gone, at: instant)
  }

  /// A PDU for a logical device that does not exist is not answered, nor does it open a link.
  private func take(_ frame: WrapperFrame, at instant: Instant) {
    guard settings.logicalDevices.contains(frame.destination) else { return }
    if client != frame.source {
      close(at: instant)
      client = frame.source
      responder.linkOpened(client: frame.source, at: instant)
    }
    lastHeard = instant
    let pdu = responder.answer(
      frame.pdu, client: frame.source, server: frame.destination, at: instant)
    guard let pdu else { return }
    do throws(WrapperFault) {
      let bytes = try WrapperFrame(from: frame.destination, to: frame.source, pdu: pdu).encoded()
      due.append((instant + settings.reaction, bytes))
    } catch {
      onFault?(error, instant)
    }
  }
}
