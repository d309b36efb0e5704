// An application for a meter's link layer, and a client that says single frames to it.

import Units
import Wire

/// Answers each PDU with the next of some answers, and keeps what it was told.
final class ScriptedResponder: PDUResponder {
  enum Told: Hashable {
    case opened(UInt16)
    case pdu([UInt8], client: UInt16, server: UInt16)
    case closed(UInt16)
  }

  private(set) var told: [Told] = []
  private let answer: ([UInt8]) -> [UInt8]?

  init(_ answer: @escaping ([UInt8]) -> [UInt8]?) { self.answer = answer }

  func linkOpened(client: UInt16, at: Instant) { told.append(.opened(client)) }
  func linkClosed(client: UInt16, at: Instant) { told.append(.closed(client)) }
  func answer(_ pdu: [UInt8], client: UInt16, server: UInt16, at: Instant) -> [UInt8]? {
    told.append(.pdu(pdu, client: client, server: server))
    return answer(pdu)
  }

  var pdus: [[UInt8]] { told.compactMap { if case .pdu(let pdu, _, _) = $0 { pdu } else { nil } } }
}

/// A station, and a hand that says frames to it.
final class LinkBench {
  let responder: ScriptedResponder
  let station: HDLCStation
  var now = Instant.epoch
  private(set) var faults: [HDLCFault] = []
  let client: HDLCAddress
  let server: HDLCAddress

  init(
    _ settings: HDLCStation.Settings = .init(), client: HDLCAddress = .publicClient,
    server: HDLCAddress = .managementDevice, answer: @escaping ([UInt8]) -> [UInt8]? = { $0 }
  ) {
    (self.client, self.server) = (client, server)
    responder = ScriptedResponder(answer)
    station = HDLCStation(settings, responder: responder)
    station.onFault = { [unowned self] fault, _ in faults.append(fault) }
  }

  /// Says a frame, and gives what the station says to it.
  func say(
    _ control: HDLCControl, isSegmented: Bool = false, _ information: [UInt8] = [], from: HDLCAddress? = nil,
    to: HDLCAddress? = nil
  ) throws -> [HDLCFrame] {
    let frame = HDLCFrame(
      to: to ?? server, from: from ?? client, control, isSegmented: isSegmented, information: information)
    return hear(try frame.encoded())
  }

  func hear(_ bytes: [UInt8]) -> [HDLCFrame] {
    now = now + .milliseconds(10)
    station.hear(bytes[...], at: now)
    return spoken()
  }

  func spoken() -> [HDLCFrame] {
    var decoder = HDLCFrameDecoder()
    return station.speak(at: now).flatMap { piece in
      var rest = piece.bytes[...]
      var frames: [HDLCFrame] = []
      while let event = decoder.next(from: &rest) {
        if case .frame(let frame) = event { frames.append(frame) }
      }
      return frames
    }
  }

  /// SNRM with the sizes, and what the station agreed to.
  func connect(_ parameters: HDLCParameters = HDLCParameters()) throws -> HDLCParameters? {
    let answers = try say(.setNormalResponseMode(poll: true), parameters.encoded)
    guard answers.count == 1, answers[0].control == .unnumberedAcknowledge(poll: true) else { return nil }
    return try HDLCParameters(decoding: answers[0].information)
  }
}
