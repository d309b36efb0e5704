// A reader's DLMS over TCP: the wrapper of IEC 62056-47:2006. Nothing is repeated: TCP does that, and a PDU
// said twice would be carried out twice.

public import Line
public import Units
internal import Wire

/// Settings of a `WrapperChannel`.
public struct WrapperRules: Hashable, Sendable {
  /// wPorts: 16 is the public client, 1 the management logical device.
  public var client: UInt16
  public var server: UInt16
  /// From the request to the end of its answer.
  public var answer: TimeSpan
  /// The longest answer that is taken, in bytes.
  public var mostBytes: Int

  public init(
    client: UInt16 = 16, server: UInt16 = 1, answer: TimeSpan = .seconds(5), mostBytes: Int = 0xFFFF
  ) {
    (self.client, self.server, self.answer, self.mostBytes) = (client, server, answer, mostBytes)
  }
}

/// Carries PDUs in wrappers. The door is a connection that stands already.
public final class WrapperChannel: PDUChannel {
  public let rules: WrapperRules
  public let protection = MeterValue.Protection.unprotected
  public let remarks: [String] = []

  private let door: any Door
  private var decoder: WrapperDecoder
  private var isOpen = false
  /// An answer may still be under way that nobody waits for any more.
  private var isOwed = false

  public init(door: any Door, rules: WrapperRules = WrapperRules()) {
    (self.door, self.rules) = (door, rules)
    decoder = WrapperDecoder(mostBytes: rules.mostBytes)
  }

  public var now: Instant { door.now }

  /// After a failure this waits until a late answer has come or will not come: it must not be taken for that
  /// of the next request.
  public func open() throws(DialogueFailure) {
    let quiet = door.now + rules.answer
    while isOwed, !door.wait(until: quiet).isEmpty {}
    door.flush()
    decoder = WrapperDecoder(mostBytes: rules.mostBytes)
    (isOpen, isOwed) = (true, false)
  }

  public func exchange(_ pdu: [UInt8]) throws(DialogueFailure) -> [UInt8] {
    guard isOpen else { throw failure(.unexpected, "the connection is not open") }
    let request: [UInt8]
    do throws(WrapperFault) {
      request = try WrapperFrame(from: rules.client, to: rules.server, pdu: pdu).encoded()
    } catch {
      throw failure(.unexpected, "a request that does not fit: \(error)")
    }
    // Nobody asked for what lies here.
    door.flush()
    (isOpen, isOwed) = (false, true)
    door.write(request)
    let answer = try answer(until: door.now + rules.answer)
    (isOpen, isOwed) = (true, false)
    return answer
  }

  public func close() { isOpen = false }

  private func answer(until patience: Instant) throws(DialogueFailure) -> [UInt8] {
    var heard = 0
    while true {
      let bytes = door.wait(until: patience)
      guard !bytes.isEmpty else {
        if let trouble = door.trouble { throw failure(.port, trouble) }
        if heard == 0 { throw failure(.silence, "no answer to a request") }
        throw failure(.incomplete, "an answer ended after \(heard) bytes")
      }
      heard += bytes.count
      var rest = bytes[...]
      while let event = decoder.next(from: &rest) {
        switch event {
        case .frame(let frame):
          guard frame.source == rules.server, frame.destination == rules.client else {
            throw failure(
              .unexpected,
              "a PDU from \(frame.source) to \(frame.destination) came, not from "
                + "\(rules.server) to \(rules.client)")
          }
          guard rest.isEmpty, decoder.heldBytes == 0 else {
            throw failure(.unexpected, "more than one answer came to a request")
          }
          return frame.pdu
        case .refused(let fault): throw failure(.unreadable, "\(fault), in answer to a request")
        }
      }
    }
  }

  private func failure(_ kind: DialogueFailure.Kind, _ detail: String) -> DialogueFailure {
    DialogueFailure(kind, detail, at: door)
  }
}
