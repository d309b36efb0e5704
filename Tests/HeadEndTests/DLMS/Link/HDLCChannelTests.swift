import HeadEnd
import Line
import Testing
import Timeline
import Units
import Wire

@Suite("A reader's HDLC over a line")
struct HDLCChannelTests {
  /// A reader, a line and a meter whose answers have more segments than one window.
  struct Bench {
    static let answerBytes = 60
    static let requests: [[UInt8]] = [[0xA0], [0xA1] + [UInt8](repeating: 0x7E, count: 40), [0xA2, 1, 2]]

    let responder = CountingResponder(length: answerBytes)
    let side: DisturbedFarSide
    let world = ClockWorld(at: Instant(seconds: 1_000_000))
    let line: any Door
    let channel: HDLCChannel

    init(
      window: Int = 2, rules: HDLCRules? = nil, echoes: Bool = false,
      disturb: @escaping DisturbedFarSide.Disturbance = { [.init(bytes: $2)] }
    ) {
      let parameters = HDLCParameters(
        transmitBytes: 16, receiveBytes: 16, transmitWindow: window, receiveWindow: window)
      let station = HDLCStation(.init(parameters: parameters), responder: responder)
      let far: any FarSide = echoes ? EchoingHead(HDLCFarSide(station)) : HDLCFarSide(station)
      side = DisturbedFarSide(far, disturb)
      // On a wire the echo would take its time once more; a stream just keeps the order.
      line =
        echoes
        ? TCPStream(farSide: side, world: world, stream: RandomStream(seed: 1))
        : SerialLine(settings: .usual, farSides: [side], world: world, stream: RandomStream(seed: 1))
      var rules = rules ?? HDLCRules(firstByte: .milliseconds(400), betweenBytes: .milliseconds(50))
      rules.parameters = HDLCParameters(
        transmitBytes: 20, receiveBytes: 20, transmitWindow: window, receiveWindow: window)
      channel = HDLCChannel(door: line, rules: rules)
    }

    enum Outcome: Hashable {
      case answers([[UInt8]])
      case failed(DialogueFailure.Kind)

      var isRight: Bool {
        guard case .answers(let answers) = self else { return true }
        return answers == Self.expected
      }

      static let expected = requests.enumerated().map {
        CountingResponder.answer(number: $0 + 1, to: $1, length: answerBytes)
      }
    }

    func run() -> Outcome {
      do throws(DialogueFailure) {
        try channel.open()
        var answers: [[UInt8]] = []
        for request in Self.requests { answers.append(try channel.exchange(request)) }
        channel.close()
        return .answers(answers)
      } catch {
        return .failed(error.kind)
      }
    }
  }

  @Test("PDUs of several segments go both ways, whatever the window", arguments: 1...7)
  func undisturbed(window: Int) {
    let bench = Bench(window: window)
    #expect(bench.run() == .answers(Bench.Outcome.expected))
    #expect(bench.responder.asked == 3)
    #expect(bench.channel.remarks == ["HDLC with 1: 16/16 bytes to a frame, window \(window)/\(window)"])
  }

  /// What may happen to one run of frames on its way.
  enum Mishap: String, CaseIterable {
    case lost, doubled, late, late2, flipped, cut

    func pieces(_ bytes: [UInt8]) -> [DisturbedFarSide.Piece] {
      var flipped = bytes
      flipped[bytes.count / 2] ^= 0x10
      return switch self {
      case .lost: []
      case .doubled: [.init(bytes: bytes), .init(bytes: bytes)]
      case .late: [.init(bytes: bytes, delay: .milliseconds(420))]
      case .late2: [.init(bytes: bytes, delay: .milliseconds(900))]
      case .flipped: [.init(bytes: flipped)]
      case .cut: [.init(bytes: Array(bytes.dropLast(3)))]
      }
    }
  }

  @Test(
    "one run of frames lost, doubled, late, spoilt or cut: the same PDUs, each asked once",
    arguments: Mishap.allCases, [1, 3])
  func oneMishap(mishap: Mishap, window: Int) {
    let calm = Bench(window: window)
    _ = calm.run()
    var failures = 0
    for hit in calm.side.runs.indices {
      var run = -1
      let bench = Bench(window: window) { _, _, bytes in
        run += 1
        return run == hit ? mishap.pieces(bytes) : [.init(bytes: bytes)]
      }
      let outcome = bench.run()
      #expect(outcome.isRight, "run \(hit) \(mishap): \(outcome)")
      if case .failed = outcome { failures += 1 }
      #expect(bench.responder.asked <= 3, "run \(hit) \(mishap): a PDU was given twice")
    }
    #expect(failures == 0, "one mishap is always got over")
  }

  @Test("a mishap in every so-many runs: the same PDUs, or a typed failure", arguments: 2...5)
  func manyMishaps(every: Int) {
    for (number, mishap) in Mishap.allCases.enumerated() {
      for first in 0..<every {
        var run = -1
        let bench = Bench { _, _, bytes in
          run += 1
          let other = Mishap.allCases[(number + run / every) % Mishap.allCases.count]
          return run % every == first
            ? (first == 0 ? mishap : other).pieces(bytes) : [.init(bytes: bytes)]
        }
        #expect(bench.run().isRight, "\(mishap), every \(every) from \(first)")
      }
    }
  }

  @Test("a silent meter is a silence, after all repeats")
  func silence() {
    let bench = Bench { _, _, _ in [] }
    #expect(bench.run() == .failed(.silence))
    #expect(bench.side.runs.count == 4)
    // Each SNRM is 7E … 7E: 36 bytes at 9600 baud 8N1, and then the patience.
    #expect(bench.world.now - Instant(seconds: 1_000_000) < .seconds(2))
  }

  @Test(
    "what comes instead of an answer gives the failure its kind",
    arguments: [
      ("0102030405060708090A0B0C", DialogueFailure.Kind.unreadable),
      ("7EA01E2103" + "73C37B8180120501800601800704000000010804000000" + "01533B7E", .checksum),
      ("7EA01E210373C37A8180", .incomplete), ("7EA00721031F6BE97E", .refused),
      ("7EA0072103" + "93" + "0B017E", .checksum),
    ])
  func kinds(text: String, kind: DialogueFailure.Kind) {
    let bench = Bench { direction, _, bytes in
      direction == .answer ? [.init(bytes: hexBytes(text))] : [.init(bytes: bytes)]
    }
    #expect(bench.run() == .failed(kind))
  }

  @Test("a meter that forgot the link answers DM, and the reader says so")
  func forgotten() throws {
    let bench = Bench()
    try bench.channel.open()
    bench.world.run(until: bench.world.now + .seconds(121))
    #expect {
      _ = try bench.channel.exchange([0xC0])
    } throws: {
      ($0 as? DialogueFailure)?.kind == .refused
    }
  }

  @Test("nothing is exchanged over a link that does not stand")
  func unopened() {
    let bench = Bench()
    #expect {
      _ = try bench.channel.exchange([0xC0])
    } throws: {
      ($0 as? DialogueFailure)?.kind == .unexpected
    }
    bench.channel.close()
    #expect(bench.side.runs.isEmpty)
  }

  @Test("a head that echoes is found out by the first frame, and said", arguments: EchoRule.allCases)
  func echo(rule: EchoRule) throws {
    let rules = HDLCRules(firstByte: .milliseconds(400), betweenBytes: .milliseconds(50), echo: rule)
    let bench = Bench(rules: rules, echoes: true)
    #expect(bench.run() == .answers(Bench.Outcome.expected))
    #expect(bench.channel.remarks.contains("the head echoes") == (rule != .none))
  }

  @Test("client and server of one address: an echo is still no answer")
  func echoOfSameAddress() throws {
    let one = try #require(HDLCAddress(1))
    for rule in [EchoRule.auto, .strip] {
      let rules = HDLCRules(
        client: one, firstByte: .milliseconds(400), betweenBytes: .milliseconds(50), echo: rule)
      let bench = Bench(rules: rules, echoes: true)
      #expect(bench.run() == .answers(Bench.Outcome.expected))
    }
  }

  @Test("an answer takes its wire time and the meter's reaction, and the reader adds nothing")
  func wireTime() throws {
    let bench = Bench(window: 1)
    let began = bench.world.now
    _ = bench.run()
    let characters = bench.side.runs.reduce(0) { $0 + $1.bytes.count }
    let answers = Int64(bench.side.runs.count { $0.direction == .answer })
    let least = SerialSettings.usual.time(ofCharacters: characters) + .milliseconds(20) * answers
    let taken = bench.world.now - began
    #expect(taken >= least)
    #expect(taken.microseconds * 100 <= least.microseconds * 102)
  }
}

/// A head that gives back each byte it sends.
final class EchoingHead: FarSide {
  private let inner: any FarSide
  private var echo: [TimedBytes] = []
  init(_ inner: any FarSide) { self.inner = inner }

  func hear(_ bytes: ArraySlice<UInt8>, at instant: Instant) {
    echo.append(TimedBytes(at: instant, bytes: Array(bytes)))
    inner.hear(bytes, at: instant)
  }
  var wakes: Instant? { inner.wakes }
  func speak(at instant: Instant, into answers: inout [TimedBytes]) {
    answers += echo
    echo = []
    inner.speak(at: instant, into: &answers)
  }
}
