// A reader's end of HDLC: the primary of IEC 62056-46:2002, 6.4.4. It alone begins; after a silence it asks
// again with RR, and the numbers say whether its own frame or the meter's was lost. No clock here: who holds
// the line says when patience is over.

/// The primary station. Pure: what it is told in, what is to be said and what it has learnt out.
///
/// A whole PDU is believed only if it came in order, began with the meter's LLC, and acknowledges all that
/// was asked: an earlier question's answer is never taken for this one's.
public struct HDLCPrimary {
  public enum Event: Hashable, Sendable {
    /// UA came: the link stands, with these values in force at this end.
    case connected(HDLCParameters)
    /// To be sent now: the next segments, or RR for the meter's next.
    case say([UInt8])
    /// The answer to the PDU.
    case pdu([UInt8])
    /// The meter has taken the PDU and has no answer yet, or cannot take more: ask again after a pause.
    case busy
    /// UA or DM to DISC.
    case disconnected
    /// Bytes or a frame passed over: noise, a broken frame, a repeat. The dialogue goes on.
    case passedOver(HDLCFault?)
    /// The link is of no more use.
    case failed(Failure)
  }

  public enum Failure: Error, Hashable, Sendable {
    /// The meter answered DM: it is disconnected, or refuses to connect.
    case disconnectedMode
    /// The meter answered FRMR, with its reasons where they can be read.
    case rejected(HDLCFrameReject?)
    case fault(HDLCFault)
  }

  public let client: HDLCAddress
  public let server: HDLCAddress
  /// What this end asks for in SNRM.
  public let parameters: HDLCParameters
  public private(set) var state = HDLCDialogue.State.disconnected

  private var decoder = HDLCFrameDecoder()
  private var transfer: HDLCTransfer
  private var isAsking = false

  public init(client: HDLCAddress, server: HDLCAddress, parameters: HDLCParameters = HDLCParameters()) {
    (self.client, self.server, self.parameters) = (client, server, parameters)
    transfer = HDLCTransfer(parameters, as: .primary)
  }

  /// No part of a frame is held.
  public var isBetweenFrames: Bool { decoder.isIdle }

  /// No event of a frame can come before so many more bytes.
  public var wantedBytes: Int { decoder.wantedBytes }

  /// Frames that either end has taken since SNRM: grows as long as the dialogue gets on.
  public var progress: Int { transfer.progress }

  // MARK: Saying

  /// SNRM. Values that are all the defaults are left out, as 6.4.4.4.3.2 allows.
  public mutating func connect() -> [UInt8] {
    isAsking = false
    let information = parameters == HDLCParameters() ? [] : parameters.encoded
    return said(.setNormalResponseMode(poll: true), information: information)
  }

  /// The first frames of a PDU. Throws when the link does not stand.
  public mutating func ask(_ pdu: [UInt8]) throws(HDLCFault) -> [UInt8] {
    guard state == .connected else { throw .outOfPlace(state, .primary, .i) }
    transfer.queue(pdu)
    isAsking = true
    return information()
  }

  /// DISC.
  public mutating func disconnect() -> [UInt8] {
    isAsking = false
    return said(.disconnect(poll: true))
  }

  /// Patience is over: what to say to learn how things stand. Empty while disconnected.
  public mutating func askAgain() -> [UInt8] {
    switch state {
    case .disconnected, .rejecting: []
    case .connecting: connect()
    case .disconnecting: disconnect()
    case .connected: said(.receiveReady(receive: transfer.receive, poll: true))
    }
  }

  /// The frames that the numbers and the window allow; RR where there are none.
  private mutating func information() -> [UInt8] {
    let frames = transfer.frames()
    guard !frames.isEmpty else { return said(.receiveReady(receive: transfer.receive, poll: true)) }
    return frames.reduce(into: []) {
      $0 += said($1.control, isSegmented: $1.isSegmented, information: $1.information)
    }
  }

  private mutating func said(
    _ control: HDLCControl, isSegmented: Bool = false, information: [UInt8] = []
  ) -> [UInt8] {
    let frame = HDLCFrame(
      to: server, from: client, control, isSegmented: isSegmented, information: information)
    do throws(HDLCFault) {
      state = try HDLCDialogue.after(control.kind, from: .primary, in: state).next
      return try frame.encoded()
    } catch {
      // Sizes are within the format's by `HDLCParameters`, and only frames with a row are said.
      preconditionFailure("a reader's own frame: \(error)")
    }
  }

  // MARK: Hearing

  /// The next event, and takes its bytes off the front of `input`; nil when more bytes are needed, with
  /// `input` then empty. What is to be said is said before the next call.
  public mutating func hear(_ input: inout ArraySlice<UInt8>) -> Event? {
    while let found = decoder.next(from: &input) {
      if let event = event(found) { return event }
    }
    return nil
  }

  /// The line was silent: a frame at hand is given up.
  public mutating func silence() -> [Event] { decoder.silence().compactMap { event($0) } }

  private mutating func event(_ found: HDLCFrameDecoder.Event) -> Event? {
    guard case .frame(let frame) = found else {
      guard case .refused(let fault) = found else { return nil }
      return .passedOver(fault)
    }
    // Others on the line, and this end's own echo.
    guard frame.destination == client, frame.source.upper == server.upper, frame.source.lower == server.lower
    else { return .passedOver(nil) }
    do throws(HDLCFault) {
      let before = state
      state = try HDLCDialogue.after(frame.control.kind, from: .secondary, in: state).next
      return try event(frame, in: before)
    } catch {
      if case .outOfPlace = error { return .passedOver(error) }
      return .failed(.fault(error))
    }
  }

  private mutating func event(
    _ frame: HDLCFrame, in before: HDLCDialogue.State
  ) throws(HDLCFault) -> Event? {
    switch (before, frame.control) {
    case (.connecting, .unnumberedAcknowledge):
      let agreed = parameters.agreed(with: try HDLCParameters(decoding: frame.information))
      transfer = HDLCTransfer(agreed, as: .primary)
      return .connected(agreed)
    case (.disconnecting, .unnumberedAcknowledge), (.disconnecting, .disconnectedMode): return .disconnected
    case (_, .disconnectedMode): return .failed(.disconnectedMode)
    case (.connected, .frameReject):
      return .failed(.rejected(HDLCFrameReject(decoding: frame.information)))
    case (.connected, .receiveReady(let receive, let final)):
      guard transfer.acknowledge(receive) else { throw .acknowledgement(receive) }
      guard final, isAsking else { return .passedOver(nil) }
      return transfer.isThrough ? .busy : .say(information())
    case (.connected, .receiveNotReady(let receive, let final)):
      guard transfer.acknowledge(receive, isBusy: true) else { throw .acknowledgement(receive) }
      return final && isAsking ? .busy : .passedOver(nil)
    case (.connected, .information(let receive, let send, let final)):
      guard transfer.acknowledge(receive) else { throw .acknowledgement(receive) }
      return try event(frame, number: send, isFinal: final)
    default: return .passedOver(nil)
    }
  }

  private mutating func event(
    _ frame: HDLCFrame, number: UInt8, isFinal: Bool
  ) throws(HDLCFault) -> Event? {
    guard isAsking, transfer.isThrough || number != transfer.receive else {
      throw .outOfPlace(.connected, .secondary, .i)
    }
    let poll = HDLCControl.receiveReady(receive: transfer.receive, poll: true)
    switch try transfer.take(number, isSegmented: frame.isSegmented, information: frame.information) {
    case .part:
      guard isFinal else { return nil }
      return .say(said(.receiveReady(receive: transfer.receive, poll: true)))
    case .pdu(let pdu):
      isAsking = false
      return .pdu(pdu)
    // The repeat was already under way when the reader went on; its turn is not over.
    case .again: return .passedOver(nil)
    case .ahead: return isFinal ? .say(said(poll)) : .passedOver(nil)
    }
  }
}
