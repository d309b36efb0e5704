// Feeds a decoder the same bytes in every way a line may cut them, and says where it makes too few messages,
// too many, or wrong ones. The idea is that of SwiftNIO's `ByteToMessageDecoderVerifier`; ours works over
// closures, so that no protocol needs to be adopted by the codecs it checks.
//
//     DecoderVerifier<ModbusRequest> {
//       var decoder = TCPDecoder()
//       return { try decoder.feed($0) }
//     }.expect([.init([0x00, 0x01, …], [.readRegisters(…)])])

public import Testing

/// Verifies a decoder: a thing that takes chunks of bytes and yields messages.
public struct DecoderVerifier<Message: Equatable> {
  /// Takes one chunk, yields the messages that are now complete. The slice does not start at index 0, and
  /// other bytes lie before and behind it.
  public typealias Feed = (ArraySlice<UInt8>) throws -> [Message]
  /// What the decoder yields at the end of input (silence on a line, end of a stream).
  public typealias Finish = () throws -> [Message]

  /// Bytes, and all the messages they make. The last byte is the one that completes the last message.
  public struct Example {
    public let bytes: [UInt8]
    public let messages: [Message]
    public let sourceLocation: SourceLocation

    public init(
      _ bytes: [UInt8], _ messages: [Message], sourceLocation: SourceLocation = #_sourceLocation
    ) {
      (self.bytes, self.messages, self.sourceLocation) = (bytes, messages, sourceLocation)
    }
  }

  let make: () -> (feed: Feed, finish: Finish?)

  /// `make` makes a fresh decoder each time it is called.
  public init(_ make: @escaping () -> Feed) {
    self.make = { (make(), nil) }
  }

  /// For decoders that need to be told of the end of input: they are told after the last chunk.
  public init(finishing make: @escaping () -> (feed: Feed, finish: Finish)) {
    self.make = {
      let made = make()
      return (made.feed, made.finish)
    }
  }

  /// Everything found wrong, at most one problem for each example and way of feeding.
  ///
  /// - Parameters:
  ///   - joined: also feeds two examples in one chunk. False for a decoder that holds one message only.
  ///   - rubbish: runs of bytes that are not of the protocol, each fed before each example. Only for a
  ///     protocol that finds its feet again; what the decoder says of the rubbish the closure leaves out.
  public func problems(
    in examples: [Example], joined: Bool = true, afterRubbish rubbish: [[UInt8]] = [],
    sourceLocation: SourceLocation = #_sourceLocation
  ) -> [Problem] {
    guard !examples.isEmpty else {
      return [Problem("no examples: nothing was verified", at: sourceLocation)]
    }
    var problems: [Problem] = []
    for example in examples {
      for way in ways(of: example) + rubbish.flatMap({ ways(of: example, after: $0) }) {
        problems += self.problems(with: way, at: example.sourceLocation)
      }
    }
    guard joined else { return problems }
    for way in waysOfJoining(examples) { problems += self.problems(with: way.way, at: way.location) }
    return problems
  }

  /// As `problems`, made issues of the running test.
  public func expect(
    _ examples: [Example], joined: Bool = true, afterRubbish rubbish: [[UInt8]] = [],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    problems(in: examples, joined: joined, afterRubbish: rubbish, sourceLocation: sourceLocation).record()
  }

  private func problems(with way: Way, at location: SourceLocation) -> [Problem] {
    var wrong = way.feedings.lazy.compactMap { fault(in: $0, of: way) }.makeIterator()
    guard let first = wrong.next() else { return [] }
    return [Problem("\(way.name): \(first)", at: location)]
  }

  /// Feeds one series of chunks to a fresh decoder; says what is wrong, if anything is.
  private func fault(in chunks: [[UInt8]], of way: Way) -> String? {
    let (feed, finish) = make()
    var got: [Message] = []
    do {
      for chunk in chunks { got += try feed(surrounded(chunk)) }
      if let finish { got += try finish() }
    } catch {
      // A decoder may refuse what was cut short, but only after it has said nothing wrong.
      if !way.cutShort { return report("the decoder threw \(error)", chunks, way.expected, got) }
    }
    guard let verdict = way.verdict(on: got) else { return nil }
    return report(verdict, chunks, way.expected, got)
  }

  private func report(_ verdict: String, _ chunks: [[UInt8]], _ expected: [Message], _ got: [Message])
    -> String
  {
    """
    \(verdict)
      fed:      \(chunks.map(hex).joined(separator: " | "))
      expected: \(expected)
      got:      \(got)
    """
  }

  /// The chunk as a slice from the middle of unrelated bytes, so that an index counted from 0 shows.
  private func surrounded(_ chunk: [UInt8]) -> ArraySlice<UInt8> {
    let margin: [UInt8] = [0x5A, 0x00, 0xFF, 0xA5, 0x7E]
    return (margin + chunk + margin)[margin.count..<margin.count + chunk.count]
  }

  private func hex(_ bytes: [UInt8]) -> String {
    bytes.isEmpty
      ? "(nothing)"
      : bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined(separator: " ")
  }
}
