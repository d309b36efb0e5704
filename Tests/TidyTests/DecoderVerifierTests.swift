// The decoder verifier itself: it must pass a right decoder and refuse each kind of wrong one.

import BackspinTesting
import Testing

/// A toy protocol: a length byte, then that many bytes. Each `fault` breaks it in one way.
private struct CountedDecoder {
  enum Fault: CaseIterable {
    case none, forgetsWhatItHeld, oneMessageAChunk, countsFromZero, saysPartOfAMessage, saysItTwice
    case throwsOnSecondByte, saysNothing
  }

  struct Refused: Error {}

  let fault: Fault
  private var held: [UInt8] = []

  init(_ fault: Fault) { self.fault = fault }

  mutating func feed(_ chunk: ArraySlice<UInt8>) throws -> [[UInt8]] {
    if fault == .forgetsWhatItHeld { held = [] }
    held += fault == .countsFromZero ? Array(chunk.dropFirst(chunk.startIndex == 0 ? 0 : 1)) : Array(chunk)
    if fault == .throwsOnSecondByte, held.count == 2 { throw Refused() }
    if fault == .saysNothing { return [] }
    var messages: [[UInt8]] = []
    while let count = held.first, held.count > Int(count) {
      messages.append(Array(held[1...Int(count)]))
      if fault == .saysItTwice { messages.append(Array(held[1...Int(count)])) }
      held.removeFirst(Int(count) + 1)
      if fault == .oneMessageAChunk { break }
    }
    if messages.isEmpty, fault == .saysPartOfAMessage, held.count > 2 { messages = [Array(held.dropFirst())] }
    return messages
  }
}

struct DecoderVerifierTests {
  private typealias Verifier = DecoderVerifier<[UInt8]>

  private let examples: [Verifier.Example] = [
    .init([3, 7, 8, 9], [[7, 8, 9]]),
    .init([1, 5, 2, 6, 6], [[5], [6, 6]]),
  ]

  private func verifier(_ fault: CountedDecoder.Fault) -> Verifier {
    Verifier {
      var decoder = CountedDecoder(fault)
      return { try decoder.feed($0) }
    }
  }

  @Test("a right decoder passes in every way of feeding")
  func right() { verifier(.none).expect(examples) }

  @Test("each wrong decoder is refused, with the kind of wrong and the chunks fed")
  func wrong() throws {
    TextTable.each(
      """
      fault               way                kind
      forgetsWhatItHeld   byte by byte       under-production
      oneMessageAChunk    whole              under-production
      countsFromZero      whole              under-production
      saysPartOfAMessage  byte by byte       wrong production
      saysPartOfAMessage  cut short          wrong production
      saysItTwice         whole              over-production
      throwsOnSecondByte  byte by byte       the decoder threw Refused()
      saysNothing         whole              under-production
      """
    ) { row in
      let fault = try row.value("fault") { name in CountedDecoder.Fault.allCases.first { "\($0)" == name } }
      let beginning = try row.text("way") + ": " + row.text("kind")
      let problems = verifier(fault).problems(in: examples)
      #expect(
        problems.contains { $0.message.hasPrefix(beginning) && $0.message.contains("fed:") },
        "\(problems)", sourceLocation: row.sourceLocation)
    }
  }

  @Test("a decoder that loses the second of two messages in one chunk is refused only by joining")
  func joining() {
    let single: [Verifier.Example] = [.init([1, 5], [[5]])]
    #expect(verifier(.oneMessageAChunk).problems(in: single, joined: false).isEmpty)
    let problems = verifier(.oneMessageAChunk).problems(in: single)
    #expect(problems.map { $0.message.prefix(11) } == ["two at once"])
    #expect(problems.first?.message.contains("fed:      01 05 01 05\n") == true)
  }

  @Test("a message that comes before its last byte is over-production")
  func early() {
    // The toy makes [5] of 01 05; the example claims that a third byte belongs to it.
    let problems = verifier(.none).problems(in: [.init([1, 5, 9], [[5]])], joined: false)
    #expect(problems.map(\.message).contains { $0.hasPrefix("cut short: over-production") })
  }

  @Test("a problem is shown at the line of its example")
  func place() {
    let line = #_sourceLocation.line + 1
    let problems = verifier(.saysNothing).problems(in: [.init([1, 5], [[5]])])
    #expect(!problems.isEmpty)
    #expect(problems.allSatisfy { $0.sourceLocation.line == line })
  }

  @Test("no examples is a problem, not a pass")
  func vacuous() { #expect(verifier(.none).problems(in: []).count == 1) }

  @Test(
    "rubbish before an example is fed only where it is asked for, and is refused by a decoder that stays lost"
  )
  func rubbish() {
    // A line protocol: `:` starts a message, `;` ends it; what stands between messages is dropped.
    let resynchronising = Verifier {
      var open: [UInt8]?
      return { chunk in
        var messages: [[UInt8]] = []
        for byte in chunk {
          switch (byte, open) {
          case (0x3A, _): open = []
          case (0x3B, let body?): (messages, open) = (messages + [body], nil)
          case (_, let body?): open = body + [byte]
          case (_, nil): break
          }
        }
        return messages
      }
    }
    let example = Verifier.Example([0x3A, 0x41, 0x3B], [[0x41]])
    resynchronising.expect([example], afterRubbish: [[0x00], [0x3A, 0x42], [0xFF, 0x3B, 0x3B]])
    let lost = verifier(.none).problems(in: [.init([1, 5], [[5]])], afterRubbish: [[0x09]])
    #expect(lost.count == 1)
    #expect(lost.first?.message.hasPrefix("after rubbish: under-production") == true)
  }

  @Test("a decoder that ends a message by silence is told of the end after each feeding")
  func finishing() {
    // A message is all bytes up to the end of input, if they are at least two and the last is their count.
    func verifier(trusting: Bool) -> Verifier {
      Verifier(finishing: {
        var held: [UInt8] = []
        return (
          feed: {
            held += $0
            return []
          },
          finish: { trusting || held.last.map(Int.init) == held.count - 1 ? [held.dropLast()] : [] }
        )
      })
    }
    let examples: [Verifier.Example] = [.init([9, 8, 7, 3], [[9, 8, 7]])]
    verifier(trusting: false).expect(examples, joined: false)
    let problems = verifier(trusting: true).problems(in: examples, joined: false)
    #expect(problems.map { $0.message.prefix(9) } == ["cut short"])
  }

  @Test("expect makes issues of the running test")
  func canary() {
    withKnownIssue {
      verifier(.saysNothing).expect(examples)
    } matching: { issue in
      issue.comments.contains { $0.rawValue.contains("under-production") }
    }
  }
}
