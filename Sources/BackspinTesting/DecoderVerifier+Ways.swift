// The ways in which the verifier feeds its examples.

internal import Testing

extension DecoderVerifier {
  /// A way of feeding: several series of chunks which must all give the same messages.
  struct Way {
    var name: String
    var feedings: [[[UInt8]]]
    var expected: [Message]
    /// The end is missing: a proper beginning of the messages is expected, and nothing else.
    var cutShort = false

    /// What is wrong with the messages that came, if anything is.
    func verdict(on got: [Message]) -> String? {
      let agree = zip(got, expected).allSatisfy { $0 == $1 }
      if !agree { return "wrong production: another message came than expected" }
      if got.count > expected.count {
        return "over-production: \(got.count) messages came, \(expected.count) expected"
      }
      if cutShort {
        return !expected.isEmpty && got.count == expected.count
          ? "over-production: the last message came before its last byte" : nil
      }
      return got.count < expected.count
        ? "under-production: \(got.count) of \(expected.count) messages came" : nil
    }
  }

  /// Most examples of which every ordered pair is fed; above it each is fed with itself and with the next.
  private var mostPaired: Int { 12 }

  func ways(of example: Example) -> [Way] {
    let bytes = example.bytes
    let cuts = bytes.indices.dropFirst()
    return [
      Way(name: "whole", feedings: [[bytes]], expected: example.messages),
      Way(name: "byte by byte", feedings: [bytes.map { [$0] }], expected: example.messages),
      Way(
        name: "with empty chunks between", feedings: [[[]] + bytes.flatMap { [[$0], []] }],
        expected: example.messages),
      Way(
        name: "in two pieces", feedings: cuts.map { [Array(bytes[..<$0]), Array(bytes[$0...])] },
        expected: example.messages),
      Way(
        name: "cut short", feedings: cuts.map { [Array(bytes[..<$0])] }, expected: example.messages,
        cutShort: true),
    ]
  }

  func ways(of example: Example, after rubbish: [UInt8]) -> [Way] {
    let bytes = rubbish + example.bytes
    return [
      Way(
        name: "after rubbish", feedings: [[bytes], [rubbish, example.bytes], bytes.map { [$0] }],
        expected: example.messages)
    ]
  }

  func waysOfJoining(_ examples: [Example]) -> [(way: Way, location: SourceLocation)] {
    let everyPair = examples.count <= mostPaired
    return examples.indices.flatMap { first in
      let seconds = everyPair ? Array(examples.indices) : [first, (first + 1) % examples.count]
      return seconds.map { second in
        (joining(examples[first], examples[second]), examples[second].sourceLocation)
      }
    }
  }

  private func joining(_ first: Example, _ second: Example) -> Way {
    let bytes = first.bytes + second.bytes
    // In one chunk; with the first byte of the second in the chunk of the first; with the last of the first
    // in the chunk of the second.
    let cuts = [first.bytes.count + 1, first.bytes.count - 1].filter { $0 > 0 && $0 < bytes.count }
    return Way(
      name: "two at once", feedings: [[bytes]] + cuts.map { [Array(bytes[..<$0]), Array(bytes[$0...])] },
      expected: first.messages + second.messages)
  }
}
