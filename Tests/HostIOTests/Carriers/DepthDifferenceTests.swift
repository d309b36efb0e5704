// libmodbus and our own reader must give the same verdict on the same bytes at the same instants, or a
// story's verdict would depend on its depth. Answers are drawn by seed: good, damaged, cut, late, in pieces,
// of other units and functions; each dialogue has several requests, with and without flush, so that what is
// left over counts.

import HeadEnd
import HostIO
import Line
import Testing
import Timeline
import Units

@Suite struct DepthDifferenceTests {
  @Test("depths memory and pty agree on every dialogue", arguments: [true, false])
  func rtu(flushes: Bool) throws { try compare(.rtu, PtyCarrier(), flushes: flushes, dialogues: 1500) }

  @Test("depths memory and tcp agree on every dialogue", arguments: [true, false])
  func tcp(flushes: Bool) throws { try compare(.tcp, TCPCarrier(), flushes: flushes, dialogues: 1500) }

  static let oddRequests = [
    RegisterRequest(unit: 248, function: 4, address: 0, count: 1),
    RegisterRequest(unit: 255, function: 4, address: 0, count: 1),
    RegisterRequest(unit: 1, function: 4, address: 0, count: 126),
    RegisterRequest(unit: 1, function: 2, address: 0, count: 1),
    RegisterRequest(unit: 1, function: 6, address: 0, count: 1),
    RegisterRequest(unit: 1, function: 3, address: 0, count: 0),
    RegisterRequest(unit: 0, function: 3, address: 0, count: 1),
    RegisterRequest(unit: 247, function: 3, address: 0xFFFF, count: 125),
  ]

  @Test("an odd request is sent or refused alike at every depth", arguments: oddRequests)
  func odd(_ request: RegisterRequest) throws {
    for (framing, carrier) in [(.rtu, PtyCarrier()), (.tcp, TCPCarrier())] as [(Framing, any Carrier)] {
      var seen: [(result: Result<[UInt16], ReadFailure>, sent: [[UInt8]], spent: TimeSpan)] = []
      for one in [MemoryCarrier(), carrier] as [any Carrier] {
        let door = ScriptedDoor { sent, _ in
          let answer = [sent[framing == .rtu ? 1 : 7], 0]
          let frame = framing == .rtu ? withChecksum([sent[0]] + answer) : tcpFrame(to: sent, answer)
          return [.init(.milliseconds(10), frame)]
        }
        let start = door.now
        let reader = try one.reader(at: door, framing: framing, rules: ReaderRules())
        seen.append((reader.read(request), door.requests, door.now - start))
      }
      #expect(seen[0] == seen[1], "\(framing)")
    }
  }

  private func compare(_ framing: Framing, _ carrier: any Carrier, flushes: Bool, dialogues: Int) throws {
    var seen: Set<String> = []
    for number in 0..<dialogues {
      let dialogue = Dialogue(number: number, framing: framing, flushes: flushes)
      let memory = try dialogue.run(MemoryCarrier())
      let kernel = try dialogue.run(carrier)
      for (ours, theirs) in zip(memory, kernel) {
        #expect(ours == theirs, "dialogue \(number), \(framing), flushes \(flushes)")
        seen.insert(ours.kind)
      }
      if memory != kernel { return }
    }
    // The draw must reach every verdict, or agreement says nothing of it.
    var wanted: Set<String> = ["success", "silence", "exception", "short", "wrongFunction", "wrongLength"]
    wanted.formUnion(framing == .rtu ? ["checksum", "wrongUnit"] : ["wrongTransaction"])
    #expect(seen.isSuperset(of: wanted), "only \(seen.sorted())")
    #expect(carrier.bytesThroughDescriptors > dialogues * 8)
  }
}

/// A few requests one after another, and what comes of them.
private struct Dialogue {
  let number: Int
  let framing: Framing
  let flushes: Bool

  /// One request's outcome: the verdict, and when the reader was done.
  struct Step: Hashable {
    var result: Result<[UInt16], ReadFailure>
    var done: TimeSpan

    var kind: String {
      switch result {
      case .success: "success"
      case .failure(.silence): "silence"
      case .failure(.exception): "exception"
      case .failure(.frame(let fault)): fault.rawValue
      case .failure(.port): "port"
      }
    }
  }

  func run(_ carrier: any Carrier) throws -> [Step] {
    var draw = Draw(RandomStream(seed: 7).stream("dialogue \(number)"))
    // 0 between bytes: the whole answer must come within the first-byte time-out.
    let between: TimeSpan = draw.oneIn(5) ? .zero : .milliseconds(50)
    let rules = ReaderRules(firstByte: .milliseconds(100), betweenBytes: between, flushes: flushes)
    let door = ScriptedDoor { [draw] request, ordinal in
      Answer(framing: framing, request: request, draw: draw.sub(ordinal)).arrivals
    }
    let reader = try carrier.reader(at: door, framing: framing, rules: rules)
    let start = door.now
    return (0..<5).map { _ in
      let request = RegisterRequest(
        unit: UInt8(1 + draw.below(3)), function: draw.oneIn(2) ? 3 : 4, address: UInt16(draw.below(400)),
        count: UInt16(draw.oneIn(20) ? 125 : 1 + draw.below(4)))
      let result = reader.read(request)
      let step = Step(result: result, done: door.now - start)
      door.pass(.milliseconds(Int64(draw.below(80))))
      return step
    }
  }
}

/// What comes back for one request.
private struct Answer {
  let framing: Framing
  let request: [UInt8]
  var draw: Draw

  var arrivals: [ScriptedDoor.Arrival] {
    var draw = draw
    var bytes = frame(&draw)
    if draw.oneIn(4) { damage(&bytes, &draw) }
    if draw.oneIn(10) { bytes += (0..<draw.below(6)).map { _ in UInt8(draw.below(256)) } }
    if draw.oneIn(12) { bytes = [] }
    // Also exactly at a time-out, and after it.
    var at = TimeSpan.milliseconds([1, 20, 99, 100, 101, 140][draw.below(6)])
    guard draw.oneIn(3) else { return bytes.isEmpty ? [] : [.init(at, bytes)] }
    var pieces: [ScriptedDoor.Arrival] = []
    while !bytes.isEmpty {
      let count = 1 + draw.below(min(bytes.count, 6))
      pieces.append(.init(at, Array(bytes.prefix(count))))
      bytes.removeFirst(count)
      at = at + .milliseconds([0, 1, 10, 49, 50, 51][draw.below(6)])
    }
    return pieces
  }

  private func frame(_ draw: inout Draw) -> [UInt8] {
    let head = framing == .rtu ? 1 : 7
    let unit = draw.oneIn(8) ? UInt8(draw.below(4)) : request[head - 1]
    let function =
      draw.oneIn(8)
      ? UInt8([1, 3, 4, 5, 6, 16, 17, 22, 23, 0x83, 0x84, 0x90, 0x2B][draw.below(13)]) : request[head]
    var body: [UInt8]
    switch draw.below(8) {
    case 0: body = [request[head] | 0x80, UInt8([0, 1, 2, 3, 4, 6, 10, 11, 12, 0x63][draw.below(10)])]
    case 1: body = [function] + (0..<draw.below(9)).map { _ in UInt8(draw.below(256)) }
    default:
      let asked = Int(request[head + 3]) << 8 | Int(request[head + 4])
      let count = draw.oneIn(8) ? draw.below(6) : asked
      body =
        [function, UInt8(truncatingIfNeeded: 2 * count)] + (0..<2 * count).map { _ in UInt8(draw.below(256)) }
      if draw.oneIn(10) { body[1] = UInt8(draw.below(256)) }
    }
    if framing == .rtu { return withChecksum([unit] + body) }
    var frame = tcpFrame(to: request, body)
    if draw.oneIn(12) { frame[draw.below(6)] ^= UInt8(1 << draw.below(8)) }
    if draw.oneIn(12) { (frame[2], frame[3]) = (UInt8(draw.below(2)), UInt8(draw.below(2))) }
    return frame
  }

  private func damage(_ bytes: inout [UInt8], _ draw: inout Draw) {
    switch draw.below(4) {
    case 0: bytes[draw.below(bytes.count)] ^= UInt8(1 << draw.below(8))
    case 1: bytes.removeLast(1 + draw.below(bytes.count))
    case 2: bytes.remove(at: draw.below(bytes.count))
    default: bytes.insert(UInt8(draw.below(256)), at: draw.below(bytes.count))
    }
  }
}

/// Draws one after another from a stream.
private struct Draw {
  private let stream: RandomStream
  private var index: UInt64 = 0

  init(_ stream: RandomStream) { self.stream = stream }

  func sub(_ ordinal: Int) -> Draw { Draw(stream.stream("answer \(ordinal)")) }

  mutating func below(_ limit: Int) -> Int {
    index += 1
    return Int(stream.whole(index, in: 0...Int64(limit - 1)))
  }

  mutating func oneIn(_ count: Int) -> Bool { below(count) == 0 }
}
