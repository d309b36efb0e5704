// The wrapper of DLMS over TCP (IEC 62056-47).

import Units
import Wire

extension FuzzTarget {
  private static let wrapped: [[UInt8]] = [
    hex("000100100001001F601DA109060760857405080101BE10040E01000000065F1F0400401E5DFFFF"),
    hex("00010010000100015A00010010000100015A"), hex("0001001000010000"), hex("0002"),
  ]

  static let wrapper: [FuzzTarget] = [
    stream(
      "wrapper", seeds: wrapped, holdingAtMost: WrapperFrame.headerBytes + WrapperFrame.mostBytes,
      make: {
        var decoder = WrapperDecoder()
        return FuzzedStream(
          feed: { chunk in
            var rest = chunk
            var events: [WrapperDecoder.Event] = []
            while let event = decoder.next(from: &rest) { events.append(event) }
            return events
          }, held: { decoder.heldBytes })
      },
      again: { event in
        guard case .frame(let frame) = event else { return nil }
        guard let bytes = try? frame.encoded() else { return "cannot be encoded: \(frame)" }
        var (decoder, rest) = (WrapperDecoder(), bytes[...])
        return decoder.next(from: &rest) == event ? nil : "\(frame) does not come back"
      }),
    stream(
      "wrapper-station", seeds: wrapped, holdingAtMost: .max,
      make: {
        let station = WrapperStation(.init(mostBytes: 1024), responder: FuzzResponder())
        return FuzzedStream(feed: { chunk in
          station.hear(chunk, at: .epoch)
          return station.speak(at: .epoch).map(\.bytes)
        })
      }),
  ]
}
