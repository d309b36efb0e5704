import HeadEnd
import Line
import Testing
import Timeline
import Units
import Wire

@Suite("A reader's DLMS wrapper over TCP")
struct WrapperChannelTests {
  struct Bench {
    let responder = CountingResponder(length: 300)
    let side: DisturbedFarSide
    let world = ClockWorld(at: Instant(seconds: 1_000_000))
    let stream: TCPStream
    let channel: WrapperChannel

    init(disturb: @escaping DisturbedFarSide.Disturbance = { [.init(bytes: $2)] }) {
      side = DisturbedFarSide(WrapperFarSide(WrapperStation(.init(), responder: responder)), disturb)
      stream = TCPStream(
        farSide: side, world: world, latency: .milliseconds(5), stream: RandomStream(seed: 1))
      channel = WrapperChannel(door: stream, rules: WrapperRules(answer: .seconds(2)))
    }

    func ask(_ pdu: [UInt8]) -> Result<[UInt8], DialogueFailure> {
      do throws(DialogueFailure) {
        return .success(try channel.exchange(pdu))
      } catch {
        return .failure(error)
      }
    }

    func kind(_ pdu: [UInt8]) -> DialogueFailure.Kind? {
      if case .failure(let failure) = ask(pdu) { failure.kind } else { nil }
    }
  }

  static func answer(_ number: Int, to pdu: [UInt8]) -> [UInt8] {
    CountingResponder.answer(number: number, to: pdu, length: 300)
  }

  @Test("PDUs go both ways, in pieces or whole")
  func undisturbed() throws {
    let bench = Bench { _, _, bytes in bytes.map { .init(bytes: [$0], delay: .milliseconds(1)) } }
    try bench.channel.open()
    #expect(bench.ask([1, 2]) == .success(Self.answer(1, to: [1, 2])))
    #expect(bench.ask([3]) == .success(Self.answer(2, to: [3])))
    #expect(bench.channel.protection == .unprotected)
  }

  @Test(
    "what is no answer gives a failure its kind",
    arguments: [
      ("", DialogueFailure.Kind.silence), ("000100010010", .incomplete), ("7EA007", .unreadable),
      ("0001000100100000", .unreadable), ("00010002001000015A", .unexpected),
      ("00010001001100015A", .unexpected), ("00010001001000015A" + "00", .unexpected),
    ])
  func kinds(text: String, kind: DialogueFailure.Kind) throws {
    let bench = Bench { direction, _, bytes in
      [.init(bytes: direction == .answer ? hexBytes(text) : bytes)]
    }
    try bench.channel.open()
    #expect(bench.kind([1]) == kind)
    #expect(bench.kind([1]) == .unexpected, "not before it is opened again")
  }

  @Test("a late answer is not taken for that of the next request")
  func late() throws {
    let bench = Bench { direction, offset, bytes in
      [.init(bytes: bytes, delay: direction == .answer && offset == 0 ? .seconds(3) : .zero)]
    }
    try bench.channel.open()
    #expect(bench.kind([1]) == .silence)
    bench.channel.close()
    try bench.channel.open()
    #expect(bench.ask([2]) == .success(Self.answer(2, to: [2])))
  }

  @Test("a request that no wrapper holds is not sent")
  func tooLong() throws {
    let bench = Bench()
    #expect(bench.kind([1]) == .unexpected, "not open")
    try bench.channel.open()
    #expect(bench.kind([UInt8](repeating: 0, count: 65_536)) == .unexpected)
    #expect(bench.side.runs.isEmpty)
  }
}
