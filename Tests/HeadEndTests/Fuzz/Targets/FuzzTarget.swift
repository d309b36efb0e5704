// A decoder under bytes that nobody has thought of, and what must hold whatever they are. The same targets
// run for long under libFuzzer (scripts/fuzz) and shortly in the tests.

/// One thing that takes bytes from outside.
struct FuzzTarget: Sendable {
  let name: String
  /// Messages to begin with: mutations of valid ones get further than noise.
  let seeds: [[UInt8]]
  /// Nil when everything held; otherwise what did not.
  let check: @Sendable ([UInt8]) -> String?

  static let all: [FuzzTarget] = modbus + hdlc + wrapper + cosem + optical + line

  static func named(_ name: String) -> FuzzTarget? { all.first { $0.name == name } }
}

/// A decoder that takes a stream in chunks.
struct FuzzedStream<Event: Equatable & Sendable> {
  /// Feeds a chunk, and gives what is now complete.
  var feed: (ArraySlice<UInt8>) -> [Event]
  /// What is held of an unfinished message, in bytes.
  var held: () -> Int = { 0 }
  /// At the end of the stream, or of the line's patience.
  var finish: () -> [Event] = { [] }
}

extension FuzzTarget {
  /// However the bytes are cut the events are the same, no more is held than `most`, and `again` (which
  /// encodes an event and reads it once more) finds nothing amiss.
  static func stream<Event: Equatable & Sendable>(
    _ name: String, seeds: [[UInt8]], holdingAtMost most: Int,
    make: @escaping @Sendable () -> FuzzedStream<Event>,
    again: @escaping @Sendable (Event) -> String? = { _ in nil }
  ) -> FuzzTarget {
    FuzzTarget(name: name, seeds: seeds) { bytes in
      let whole = make()
      var events = whole.feed(bytes[...])
      guard whole.held() <= most else { return "\(whole.held()) bytes are held, \(most) at most" }
      events += whole.finish()
      for event in events {
        if let problem = again(event) { return problem }
      }
      let cut = make()
      var same: [Event] = []
      var rest = bytes[...]
      while let first = rest.first {
        let chunk = rest.prefix(1 + Int(first & 7))
        same += cut.feed(chunk)
        guard cut.held() <= most else { return "\(cut.held()) bytes are held, \(most) at most" }
        rest = rest.dropFirst(chunk.count)
      }
      same += cut.finish()
      return same == events ? nil : "whole: \(events); in chunks: \(same)"
    }
  }

  /// A message is refused, or comes back the same after a round through its encoder.
  static func message<Message: Equatable & Sendable>(
    _ name: String, seeds: [[UInt8]], decode: @escaping @Sendable ([UInt8]) -> Message?,
    encode: @escaping @Sendable (Message) -> [UInt8]?
  ) -> FuzzTarget {
    FuzzTarget(name: name, seeds: seeds) { bytes in
      guard let message = decode(bytes) else { return nil }
      guard let encoded = encode(message) else { return "cannot be encoded: \(message)" }
      guard let again = decode(encoded) else { return "cannot be read again: \(message), \(encoded)" }
      return again == message ? nil : "read again: \(again), not \(message)"
    }
  }

  static func hex(_ text: String) -> [UInt8] {
    let digits = Array(text.utf8.filter { $0 != 0x20 })
    return stride(from: 0, to: digits.count - 1, by: 2).compactMap {
      UInt8(String(decoding: digits[$0...$0 + 1], as: UTF8.self), radix: 16)
    }
  }
}
