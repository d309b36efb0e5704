// HDLC (IEC 62056-46): frames in a stream, each end under scripted frames, and both ends with a line between
// them that does what the script says.

import HeadEnd
import Line
import Timeline
import Units
import Wire

extension FuzzTarget {
  /// By dlms-cosem 25.1.0 and Gurux.DLMS 1.0.203: SNRM, UA, GET, a segment, information that holds flags.
  private static let hdlcFrames: [[UInt8]] = [
    hex("7EA00703219 30F017E"), hex("7EA01E210373C37A8180120501800601800704000000010804000000 01533B7E"),
    hex("7EA0190321326FD8E6E600C001C100030100010800FF020032687E"),
    hex("7EA81A022303A68091E6E600C001C100030100010800FF020032687E"), hex("7EA00E0223031E4B107E7E00C047557E"),
    hex("7EA00A000212A52193FA517E"),
  ]

  static let hdlc: [FuzzTarget] = [frames, parameters, station, primary, dialogue]

  private static let frames = stream(
    "hdlc-frame", seeds: hdlcFrames + [hdlcFrames.flatMap { $0.dropLast() }],
    holdingAtMost: HDLCLimits.frameBytes + 1,
    make: {
      var decoder = HDLCFrameDecoder()
      return FuzzedStream(
        feed: { chunk in
          var rest = chunk
          var events: [HDLCFrame] = []
          while let event = decoder.next(from: &rest) {
            if case .frame(let frame) = event { events.append(frame) }
          }
          return events
        }, held: { decoder.heldBytes },
        finish: { decoder.silence().compactMap { if case .frame(let frame) = $0 { frame } else { nil } } })
    },
    again: { frame in
      guard let bytes = try? frame.encoded() else { return "cannot be encoded: \(frame)" }
      var (decoder, rest) = (HDLCFrameDecoder(), bytes[...])
      return decoder.next(from: &rest) == .frame(frame) ? nil : "\(frame) does not come back"
    })

  private static let parameters = message(
    "hdlc-parameters", seeds: [hex("818012050180060180070400000001080400000001"), hex("8180")],
    decode: { try? HDLCParameters(decoding: $0) }, encode: \.encoded)

  /// A script of frames for one end: their control fields and what they carry, or bare bytes.
  private static func heard(
    _ script: inout FuzzScript, to: HDLCAddress, from: HDLCAddress
  ) -> [UInt8] {
    let kind = script.byte()
    guard kind & 0x80 == 0 else { return script.bytes(Int(kind & 0x1F)) }
    let control = HDLCControl(script.byte())
    let llc = kind & 0x40 == 0 ? [] : kind & 0x20 == 0 ? LLC.command : LLC.response
    let frame = HDLCFrame(
      to: to, from: from, control, isSegmented: kind & 0x10 != 0,
      information: llc + script.bytes(Int(kind & 0x0F) * 3))
    return (try? frame.encoded()) ?? []
  }

  /// SNRM, I(0,0), RR(1), I(1,1) in two segments, DISC.
  private static let commands: [[UInt8]] = [
    [0x00, 0x93, 0x41, 0x10, 1, 2, 3, 0x00, 0x31, 0x52, 0x12, 4, 5, 6, 7, 8, 9, 0x00, 0x14, 0x00, 0x53],
    [0x00, 0x93, 0x7F, 0x10] + [UInt8](0..<45),
  ]
  /// UA, I(0,1), RR(1), RNR, FRMR, DM.
  private static let responses: [[UInt8]] = [
    [0x00, 0x73, 0x61, 0x30, 1, 2, 3, 0x00, 0x31, 0x00, 0x35, 0x00, 0x97, 0x00, 0x1F],
    [0x00, 0x73, 0x71, 0x30, 1, 2, 3, 0x01, 0x32, 4, 5, 6],
  ]

  /// What a station says are frames to who asked, and nothing is asked twice.
  private static let station = FuzzTarget(name: "hdlc-station", seeds: commands) { bytes in
    var script = FuzzScript(bytes)
    let responder = FuzzResponder()
    let settings = HDLCStation.Settings(
      parameters: HDLCParameters(transmitBytes: 40, receiveBytes: 40, transmitWindow: 3, receiveWindow: 3))
    let station = HDLCStation(settings, responder: responder)
    var (now, heard) = (Instant.epoch, 0)
    while !script.isAtEnd {
      now = now + .milliseconds(Int64(script.byte()) * 40)
      let bytes = Self.heard(&script, to: .managementDevice, from: .publicClient)
      station.hear(bytes[...], at: now)
      heard += 1
      if let wakes = station.wakes, wakes < now { return "it would wake in the past" }
      for said in station.speak(at: now) {
        guard said.at >= now else { return "it would speak in the past" }
        if let problem = Self.problem(inAnswer: said.bytes) { return problem }
      }
    }
    return responder.asked <= heard * 4 ? nil : "\(responder.asked) PDUs out of \(heard) pieces"
  }

  private static func problem(inAnswer bytes: [UInt8]) -> String? {
    var (decoder, rest) = (HDLCFrameDecoder(), bytes[...])
    while let event = decoder.next(from: &rest) {
      guard case .frame(let frame) = event else { return "what it says is no frame: \(bytes)" }
      guard frame.destination == .publicClient, frame.source == .managementDevice,
        frame.information.count <= 40
      else { return "an answer that cannot be: \(frame)" }
    }
    return decoder.heldBytes == 0 ? nil : "what it says ends in a frame"
  }

  /// A primary takes whatever comes, and what it says are commands to its server.
  private static let primary = FuzzTarget(name: "hdlc-primary", seeds: responses) { bytes in
    var script = FuzzScript(bytes)
    var primary = HDLCPrimary(client: .publicClient, server: .managementDevice)
    _ = primary.connect()
    var asked = false
    while !script.isAtEnd {
      var rest = Self.heard(&script, to: .publicClient, from: .managementDevice)[...]
      while let event = primary.hear(&rest) {
        switch event {
        case .pdu where !asked: return "an answer to nothing"
        case .pdu: asked = false
        case .say(let said) where said.isEmpty: return "it says nothing"
        default: break
        }
      }
      switch script.byte() & 3 {
      case 0: asked = (try? primary.ask([1, 2, 3])) != nil || asked
      case 1: _ = primary.askAgain()
      case 2: _ = primary.silence()
      default: break
      }
    }
    return nil
  }

  /// Both ends and a line between them that loses, doubles, delays and spoils as the script says: the right
  /// PDUs, each asked once, or a failure.
  private static let dialogue = FuzzTarget(
    name: "hdlc-dialogue", seeds: [[2, 0, 0, 1, 0, 2, 9, 0, 0, 3, 40], [0], [7, 4, 4, 4, 5, 1, 5]]
  ) { bytes in
    var script = FuzzScript(bytes)
    let window = 1 + Int(script.byte() % 7)
    let world = ClockWorld(at: Instant(seconds: 1_000_000))
    let responder = CountingResponder(length: 30)
    let parameters = HDLCParameters(
      transmitBytes: 12, receiveBytes: 12, transmitWindow: window, receiveWindow: window)
    let station = HDLCStation(.init(parameters: parameters), responder: responder)
    let side = DisturbedFarSide(HDLCFarSide(station)) { _, _, bytes in Self.mishap(&script, bytes) }
    let stream = TCPStream(farSide: side, world: world, stream: RandomStream(seed: 1))
    let rules = HDLCRules(
      parameters: parameters, firstByte: .milliseconds(400), betweenBytes: .milliseconds(50))
    let channel = HDLCChannel(door: stream, rules: rules)
    do throws(DialogueFailure) {
      try channel.open()
      for number in 1...3 {
        let request = [UInt8](repeating: UInt8(number), count: 20)
        let answer = try channel.exchange(request)
        guard answer == CountingResponder.answer(number: number, to: request, length: 30) else {
          return "a wrong answer to request \(number): \(answer)"
        }
      }
      channel.close()
    } catch {
      return world.now < Instant(seconds: 1_000_000) + .minutes(2) ? nil : "it took until \(world.now)"
    }
    return responder.asked == 3 ? nil : "\(responder.asked) PDUs were asked"
  }

  private static func mishap(_ script: inout FuzzScript, _ bytes: [UInt8]) -> [DisturbedFarSide.Piece] {
    let what = script.byte()
    switch what & 7 {
    case 1: return []
    case 2: return [.init(bytes: bytes), .init(bytes: bytes)]
    case 3: return [.init(bytes: bytes, delay: .milliseconds(Int64(what) * 8))]
    case 4:
      var flipped = bytes
      flipped[Int(script.byte()) % bytes.count] ^= 1 << (what >> 5)
      return [.init(bytes: flipped)]
    case 5: return [.init(bytes: Array(bytes.dropLast(Int(what >> 3))))]
    case 6: return [.init(bytes: script.bytes(Int(what >> 3)) + bytes)]
    default: return [.init(bytes: bytes)]
    }
  }
}

/// Answers every PDU with itself and more.
final class FuzzResponder: PDUResponder {
  private(set) var asked = 0

  func linkOpened(client: UInt16, at: Instant) {}
  func linkClosed(client: UInt16, at: Instant) {}
  func answer(_ pdu: [UInt8], client: UInt16, server: UInt16, at: Instant) -> [UInt8]? {
    asked += 1
    return pdu.isEmpty ? nil : pdu + [UInt8](repeating: 0x5A, count: 100)
  }
}
