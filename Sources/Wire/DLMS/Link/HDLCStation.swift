// A meter's end of HDLC: the secondary of IEC 62056-46:2002, 6.4.4, in normal response mode. It speaks when
// it is polled and never by itself; repeats what a poll says was not heard; gives a PDU to the application
// once, however often it comes.

public import Units

/// The secondary station. Pure: bytes with their instants in, bytes with their instants out.
public final class HDLCStation {
  /// What the meter's HDLC set-up object (class 23, IEC 62056-62) and local port say.
  public struct Settings: Hashable, Sendable {
    /// Upper addresses that exist: 1 is the management logical device.
    public var logicalDevices: Set<UInt16>
    /// Lower address; not looked at in frames whose server address has one byte.
    public var physicalDevice: UInt16
    /// The most that this end can do.
    public var parameters: HDLCParameters
    /// Without a valid frame for so long the link is dropped (class 23: 120 s).
    public var inactivity: TimeSpan
    /// A longer silence inside a frame ends it. Class 23 has 25 ms; our default leaves room for adapters that
    /// hand characters on in lumps.
    public var interOctet: TimeSpan
    /// From the end of a command to the start of its answer.
    public var reaction: TimeSpan

    public init(
      logicalDevices: Set<UInt16> = [1], physicalDevice: UInt16 = 17,
      parameters: HDLCParameters = HDLCParameters(), inactivity: TimeSpan = .seconds(120),
      interOctet: TimeSpan = .milliseconds(200), reaction: TimeSpan = .milliseconds(20)
    ) {
      (self.logicalDevices, self.physicalDevice) = (logicalDevices, physicalDevice)
      (self.parameters, self.inactivity) = (parameters, inactivity)
      (self.interOctet, self.reaction) = (interOctet, reaction)
    }
  }

  public let settings: Settings
  public private(set) var state = HDLCDialogue.State.disconnected
  /// Called for everything heard that is no valid frame, or none that fits; nil costs nothing.
  public var onFault: ((HDLCFault, Instant) -> Void)?

  private let responder: any PDUResponder
  private var decoder = HDLCFrameDecoder()
  private var transfer: HDLCTransfer
  /// Who is connected; nobody's when disconnected.
  private var client: HDLCAddress?
  private var rejection: HDLCFrameReject?
  private var lastHeard: Instant?
  private var lastValid: Instant?
  private var due: [(at: Instant, bytes: [UInt8])] = []

  public init(_ settings: Settings, responder: any PDUResponder) {
    (self.settings, self.responder) = (settings, responder)
    transfer = HDLCTransfer(settings.parameters, as: .secondary)
  }

  /// A client is connected (NRM).
  public var isConnected: Bool { client != nil }

  // MARK: In and out

  public func hear(_ bytes: ArraySlice<UInt8>, at instant: Instant) {
    expire(at: instant)
    var rest = bytes
    while let event = decoder.next(from: &rest) { take(event, at: instant) }
    lastHeard = instant
  }

  /// The end of a silence that breaks a frame off, or of the client's patience.
  public var wakes: Instant? {
    let silence = decoder.isIdle ? nil : lastHeard.map { $0 + settings.interOctet }
    let inactivity = isConnected ? lastValid.map { $0 + settings.inactivity } : nil
    return [silence, inactivity].compactMap { $0 }.min()
  }

  /// What is to be said, with the instant at which it may start.
  public func speak(at instant: Instant) -> [(at: Instant, bytes: [UInt8])] {
    expire(at: instant)
    defer { due.removeAll(keepingCapacity: true) }
    return due
  }

  /// The port was lost, or goes back to another protocol: the link is dropped without a word.
  public func drop(at instant: Instant) {
    due = []
    decoder = HDLCFrameDecoder()
    close(at: instant)
  }

  private func expire(at instant: Instant) {
    if let lastHeard, !decoder.isIdle, instant - lastHeard >= settings.interOctet {
      for event in decoder.silence() { take(event, at: instant) }
    }
    if isConnected, let lastValid, instant - lastValid >= settings.inactivity { close(at: instant) }
  }

  // MARK: Frames

  private func take(_ event: HDLCFrameDecoder.Event, at instant: Instant) {
    switch event {
    case .refused(let fault): onFault?(fault, instant)
    case .frame(let frame):
      guard isMine(frame) else { return }
      do throws(HDLCFault) {
        try take(frame, at: instant)
      } catch {
        onFault?(error, instant)
      }
    }
  }

  private func isMine(_ frame: HDLCFrame) -> Bool {
    let to = frame.destination
    guard frame.source.width == 1, !frame.source.isNoStation, !to.isNoStation else { return false }
    let isLogical = to.isEveryLogicalDevice || settings.logicalDevices.contains(to.upper)
    return isLogical && (to.lower == nil || to.isEveryPhysicalDevice || to.lower == settings.physicalDevice)
  }

  private func take(_ frame: HDLCFrame, at instant: Instant) throws(HDLCFault) {
    // Nobody answers for all; what would have to be answered is not for all.
    guard !frame.destination.isBroadcast || frame.control.kind == .ui else { return }
    // The link is its client's: to all others this end is disconnected.
    let isStranger = client != nil && frame.source != client
    let from = isStranger ? HDLCDialogue.State.disconnected : state
    let (next, answer) = try HDLCDialogue.after(frame.control.kind, from: .primary, in: from)
    if !isStranger { lastValid = instant }
    switch answer {
    case .nothing: break
    case .acknowledge where frame.control.kind == .snrm: try connect(frame, at: instant)
    case .acknowledge:
      close(at: instant)
      reply(to: frame, .unnumberedAcknowledge(poll: true), at: instant)
    case .disconnectedMode: reply(to: frame, .disconnectedMode(poll: true), at: instant)
    case .reject: reject(frame, .undefinedControl, at: instant)
    case .transfer:
      state = next
      try transfer(frame, at: instant)
    }
  }

  /// SNRM: a new link in place of any other, with all numbers 0 again.
  private func connect(_ frame: HDLCFrame, at instant: Instant) throws(HDLCFault) {
    guard frame.control.poll else { return }
    let agreed: HDLCParameters
    do throws(HDLCFault) {
      agreed = settings.parameters.agreed(with: try HDLCParameters(decoding: frame.information))
    } catch {
      if client == frame.source { close(at: instant) }
      reply(to: frame, .disconnectedMode(poll: true), at: instant)
      throw error
    }
    close(at: instant)
    transfer = HDLCTransfer(agreed, as: .secondary)
    (client, lastValid, state) = (frame.source, instant, .connected)
    responder.linkOpened(client: frame.source.upper, at: instant)
    reply(to: frame, .unnumberedAcknowledge(poll: true), information: agreed.encoded, at: instant)
  }

  private func close(at instant: Instant) {
    (state, rejection) = (.disconnected, nil)
    guard let gone = client else { return }
    client = nil
    responder.linkClosed(client: gone.upper, at: instant)
  }

  // MARK: Information

  private func transfer(_ frame: HDLCFrame, at instant: Instant) throws(HDLCFault) {
    switch frame.control {
    case .receiveReady(let receive, _), .receiveNotReady(let receive, _):
      let isBusy = frame.control.kind == .rnr
      guard transfer.acknowledge(receive, isBusy: isBusy) else {
        reject(frame, .acknowledgement, at: instant)
        throw .acknowledgement(receive)
      }
    case .information(let receive, let send, _):
      guard frame.information.count <= transfer.parameters.receiveBytes else {
        reject(frame, .informationTooLong, at: instant)
        throw .tooLong(bytes: frame.information.count)
      }
      guard transfer.acknowledge(receive) else {
        reject(frame, .acknowledgement, at: instant)
        throw .acknowledgement(receive)
      }
      try take(frame, number: send, at: instant)
    default:
      unnumbered(frame, at: instant)
      return
    }
    answerPoll(of: frame, at: instant)
  }

  private func take(_ frame: HDLCFrame, number: UInt8, at instant: Instant) throws(HDLCFault) {
    do throws(HDLCFault) {
      let taken = try transfer.take(
        number, isSegmented: frame.isSegmented, information: frame.information)
      guard case .pdu(let pdu) = taken else { return }
      let answer = responder.answer(
        pdu, client: frame.source.upper, server: frame.destination.upper, at: instant)
      if let answer { transfer.queue(answer) }
    } catch {
      answerPoll(of: frame, at: instant)
      throw error
    }
  }

  /// A poll is answered with what there is to say, or RR.
  private func answerPoll(of frame: HDLCFrame, at instant: Instant) {
    guard frame.control.poll else { return }
    let frames = transfer.frames()
    for one in frames {
      reply(
        to: frame, one.control, isSegmented: one.isSegmented, information: one.information, at: instant)
    }
    if frames.isEmpty {
      reply(to: frame, .receiveReady(receive: transfer.receive, poll: true), at: instant)
    }
  }

  /// UI: to the application, and its answer back only where a poll allows one.
  private func unnumbered(_ frame: HDLCFrame, at instant: Instant) {
    guard !frame.isSegmented, frame.information.starts(with: LLC.command) else {
      onFault?(.llc, instant)
      return
    }
    let answer = responder.answer(
      Array(frame.information.dropFirst(LLC.command.count)), client: frame.source.upper,
      server: frame.destination.upper, at: instant)
    guard let answer, frame.control.poll, !frame.destination.isBroadcast,
      answer.count + LLC.response.count <= transfer.parameters.transmitBytes
    else { return }
    reply(
      to: frame, .unnumberedInformation(poll: true), information: LLC.response + answer, at: instant)
  }

  private func reject(_ frame: HDLCFrame, _ reasons: HDLCFrameReject.Reasons, at instant: Instant) {
    state = .rejecting
    let rejection =
      self.rejection
      ?? HDLCFrameReject(
        control: frame.control.byte, send: transfer.send, receive: transfer.receive, reasons: reasons)
    self.rejection = rejection
    guard frame.control.poll else { return }
    reply(to: frame, .frameReject(poll: true), information: rejection.encoded, at: instant)
  }

  /// Says a frame back, from the address that was called.
  private func reply(
    to frame: HDLCFrame, _ control: HDLCControl, isSegmented: Bool = false, information: [UInt8] = [],
    at instant: Instant
  ) {
    guard frame.control.poll else { return }
    let answer = HDLCFrame(
      to: frame.source, from: frame.destination, control, isSegmented: isSegmented, information: information)
    do throws(HDLCFault) {
      let bytes = try answer.encoded()
      let start = instant + settings.reaction
      if let last = due.last, last.at == start {
        due[due.count - 1].bytes += bytes
      } else {
        due.append((start, bytes))
      }
    } catch {
      onFault?(error, instant)
    }
  }
}
