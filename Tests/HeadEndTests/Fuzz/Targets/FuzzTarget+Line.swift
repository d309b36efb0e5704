// What comes over a network in place of a serial line (telnet with the COM-PORT option), and the text of a
// trace, which anybody may have edited.

import Line
import Units

extension FuzzTarget {
  static let line: [FuzzTarget] = [
    stream(
      "telnet",
      seeds: [
        [0x41, 255, 255, 0x42], [255, 251, 44, 255, 253, 0],
        [255, 250, 44, 1, 0, 0, 1, 44, 255, 240], [255, 250, 44, 12, 255, 255, 255, 240],
      ],
      holdingAtMost: .max,
      make: {
        var decoder = TelnetDecoder()
        return FuzzedStream(feed: { decoder.feed($0) })
      },
      again: { event in
        let bytes =
          switch event {
          case .data(let byte): TelnetEncoder.data([byte])
          case .negotiation(let verb, let option): TelnetEncoder.negotiation(verb, option)
          case .subnegotiation(let option, let inside): TelnetEncoder.subnegotiation(option, inside)
          }
        var decoder = TelnetDecoder()
        let found = decoder.feed(bytes)
        return found == [event] ? nil : "\(event) comes back as \(found)"
      }),
    FuzzTarget(
      name: "com-port",
      seeds: [
        [255, 251, 44, 255, 250, 44, 1, 0, 0, 37, 128, 255, 240, 0x2F, 0x3F],
        [255, 250, 44, 2, 7, 255, 240, 255, 250, 44, 3, 3, 255, 240], [255, 250, 44, 12, 3, 255, 240],
      ],
      check: { bytes in
        var server = ComPortServer(.usual)
        var client = ComPortClient()
        var sent = 0
        for step in server.receive(bytes) {
          if case .data(let data) = step { sent += data.count }
        }
        guard sent <= bytes.count else { return "\(sent) bytes of data came of \(bytes.count)" }
        let heard = client.receive(bytes)
        return heard.data.count <= bytes.count ? nil : "\(heard.data.count) bytes came of \(bytes.count)"
      }),
    FuzzTarget(
      name: "trace",
      seeds: [
        Array("backspin-trace 1\norigin: 2026-05-01T00:00Z\nline: 300 7E1\nprotocol: iec62056-21\n\n".utf8),
        Array(
          """
          backspin-trace 1
          origin: 2026-05-01T00:00Z
          line: stream
          protocol: modbus-tcp
          place: here

          0.000000 > 00 01 00 00 00 06 01 04 00 48 00 02 \\|....|
                   + 99
          0.100000 < 00 01 00 00 00 07 01 04 04 41 45 85 1f
          0.200000 meter 9600 7E1
          0.300000 note a word

          """.utf8),
      ],
      check: { bytes in
        guard let trace = try? Trace(parsing: bytes), !trace.isCut else { return nil }
        guard let again = try? Trace(parsing: Array(trace.description.utf8)) else {
          return "what was written cannot be read: \(trace)"
        }
        guard again == trace else { return "read again: \(again), not \(trace)" }
        // Whatever it holds can be exported, and served to whoever asks.
        _ = trace.capture
        let replay = TraceReplay(trace, hasWire: true, start: .epoch)
        var said: [TimedBytes] = []
        for event in trace.events {
          if case .bytes(.request, let request) = event.what {
            replay.hear(request[...], at: .epoch + event.at)
          }
          replay.speak(at: .epoch + event.at, into: &said)
        }
        return nil
      }),
  ]
}
