// A trace as a capture file. Streams that have a port of their own (Modbus TCP 502, the DLMS wrapper 4059)
// are dressed as TCP. Serial dialogues have no link type of their own in Wireshark: each message becomes an
// "exported PDU" that names the dissector which shall read it.

internal import Units

extension Trace {
  /// The bytes of a pcapng file.
  public var capture: [UInt8] {
    switch tongue {
    case .modbusTCP: stream(port: 502)
    case .wrapper: stream(port: 4059)
    case .modbusRTU: messages(of: "mbrtu", cut: { [$0] })
    case .hdlc: messages(of: "dlms", cut: TraceFrames.hdlc)
    case .modeC, .irda, .pulse, .unknown:
      line == nil ? stream(port: 49_153) : messages(of: "data", cut: { [$0] })
    }
  }

  private func stream(port: UInt16) -> [UInt8] {
    var file = PcapNG(.raw, program: "Backspin")
    var connection = SyntheticTCP(port: port)
    for (direction, packet) in connection.opening { file.add(packet, at: origin, direction) }
    var notes: [String] = []
    for event in events {
      switch event.what {
      case .bytes(let direction, let bytes):
        for packet in connection.packets(bytes, direction) {
          file.add(packet, at: origin + event.at, direction, notes: notes)
          notes = []
        }
      case .note(let text): notes.append(text)
      case .settings(let end, let settings): notes.append("\(end.rawValue): \(settings)")
      }
    }
    return file.bytes
  }

  /// Chunks of one direction belong together until the other speaks, or a pause begins something new; `cut`
  /// makes frames of them.
  private func messages(of dissector: String, cut: ([UInt8]) -> [[UInt8]]) -> [UInt8] {
    var file = PcapNG(.upperPDU, program: "Backspin")
    var notes: [String] = []
    var run: (at: TimeSpan, direction: LineDirection, bytes: [UInt8], last: TimeSpan)?
    func close() {
      guard let whole = run else { return }
      for frame in cut(whole.bytes) {
        file.add(
          UpperPDU.packet(frame, whole.direction, dissector: dissector), at: origin + whole.at,
          whole.direction, notes: notes)
        notes = []
      }
      run = nil
    }
    for event in events {
      switch event.what {
      case .bytes(let direction, let bytes):
        if let whole = run, whole.direction == direction, event.at - whole.last <= TraceReplay.pause {
          run?.bytes += bytes
          run?.last = event.at
        } else {
          close()
          run = (event.at, direction, bytes, event.at)
        }
      case .note(let text): notes.append(text)
      case .settings(let end, let settings):
        close()
        notes.append("\(end.rawValue): \(settings)")
      }
    }
    close()
    return file.bytes
  }
}

/// The head of an exported PDU (Wireshark, wsutil/exported_pdu_tlvs.h): tags of two bytes code, two bytes
/// length and a value in whole words, most significant byte first.
enum UpperPDU {
  private static let dissectorName: UInt16 = 12
  private static let source: UInt16 = 20
  private static let destination: UInt16 = 21
  private static let portType: UInt16 = 24
  private static let sourcePort: UInt16 = 25
  private static let destinationPort: UInt16 = 26
  private static let end: UInt16 = 0
  /// TCP, as far as a dissector asks who is the server.
  private static let tcp: [UInt8] = [0, 0, 0, 2]
  private static let reader: (address: [UInt8], port: [UInt8]) = ([10, 0, 0, 1], [0, 0, 0xC0, 0])
  /// Port 502 is that of a Modbus server: so the dissector tells answers from requests.
  private static let meter: (address: [UInt8], port: [UInt8]) = ([10, 0, 0, 2], [0, 0, 0x01, 0xF6])

  static func packet(_ bytes: [UInt8], _ direction: LineDirection, dissector: String) -> [UInt8] {
    let (from, to) = direction == .request ? (reader, meter) : (meter, reader)
    let name = Array(dissector.utf8)
    let padded = name + Array(repeating: 0, count: (4 - name.count % 4) % 4)
    var head: [UInt8] = []
    for (code, value) in [
      (dissectorName, padded), (source, from.address), (destination, to.address), (portType, tcp),
      (sourcePort, from.port), (destinationPort, to.port), (end, []),
    ] {
      head += half(code) + half(UInt16(value.count)) + value
    }
    return head + bytes
  }

  private static func half(_ value: UInt16) -> [UInt8] { [UInt8(value >> 8), UInt8(value & 0xFF)] }
}

/// Frames within a run of bytes.
enum TraceFrames {
  /// HDLC frames of format type 3 (IEC 62056-46, 6.4.2), each with both flags; two frames may share one. What
  /// is no frame is left out.
  static func hdlc(_ bytes: [UInt8]) -> [[UInt8]] {
    let flag: UInt8 = 0x7E
    var frames: [[UInt8]] = []
    var at = 0
    while at + 2 < bytes.count {
      guard bytes[at] == flag, bytes[at + 1] & 0xF0 == 0xA0 else {
        at += 1
        continue
      }
      let length = Int(bytes[at + 1] & 0x07) << 8 | Int(bytes[at + 2])
      let end = at + length + 1
      guard length > 0, end < bytes.count, bytes[end] == flag else {
        at += 1
        continue
      }
      frames.append(Array(bytes[at...end]))
      // The closing flag may open the next frame.
      at = end
    }
    return frames
  }
}
