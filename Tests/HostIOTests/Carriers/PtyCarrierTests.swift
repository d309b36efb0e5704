// Depth "pty": libmodbus RTU on a kernel pseudo-terminal, time from the door.

import CHost
import Foundation
import HeadEnd
import HostIO
import Line
import Testing
import Units

private let twoRegisters = RegisterRequest(unit: 1, function: 4, address: 0x48, count: 2)

@Suite struct PtyCarrierTests {
  @Test("our test frames carry the checksum of the specification's own example")
  func checksum() {
    // "MODBUS over Serial Line" V1.02, 6.2.2: the frame 02 07 has CRC 1241 hex, sent 41 12.
    #expect(withChecksum([0x02, 0x07]) == [0x02, 0x07, 0x41, 0x12])
  }

  @Test("libmodbus' select reaches ours in this program")
  func interposed() { #expect(chost_select_is_ours() == 1) }

  @Test("an answer is read through the kernel, at the instant at which its last byte arrived")
  func answered() throws {
    let door = ScriptedDoor { _, _ in [.init(.milliseconds(40), rtuAnswer([0x1234, 0xFEDC]))] }
    let carrier = PtyCarrier()
    let reader = try carrier.reader(at: door, framing: .rtu, rules: ReaderRules())
    let start = door.now
    #expect(reader.read(twoRegisters) == .success([0x1234, 0xFEDC]))
    #expect(door.now - start == .milliseconds(40))
    #expect(door.requests == [withChecksum([0x01, 0x04, 0x00, 0x48, 0x00, 0x02])])
    #expect(carrier.bytesThroughDescriptors == 8 + 9)
    #expect(carrier.depth == "pty")
  }

  @Test("holding registers are asked for with function 3")
  func holding() throws {
    let door = ScriptedDoor { _, _ in [.init(.milliseconds(1), rtuAnswer(function: 3, [7]))] }
    let reader = try PtyCarrier().reader(at: door, framing: .rtu, rules: ReaderRules())
    #expect(reader.read(RegisterRequest(unit: 1, function: 3, address: 0, count: 1)) == .success([7]))
    #expect(door.requests[0][1] == 3)
  }

  @Test("a silent meter costs exactly the first-byte time-out, in the door's time only")
  func silent() throws {
    let door = ScriptedDoor { _, _ in [] }
    let rules = ReaderRules(firstByte: .seconds(3600))
    let reader = try PtyCarrier().reader(at: door, framing: .rtu, rules: rules)
    let start = door.now
    #expect(reader.read(twoRegisters) == .failure(.silence))
    #expect(door.now - start == .seconds(3600))
  }

  @Test("bytes may come one by one as long as no pause exceeds the rule")
  func slowBytes() throws {
    let door = ScriptedDoor { _, _ in
      rtuAnswer([1, 2]).enumerated().map { .init(.milliseconds(400 * Int64($0.offset + 1)), [$0.element]) }
    }
    let rules = ReaderRules(firstByte: .milliseconds(400), betweenBytes: .milliseconds(400))
    let reader = try PtyCarrier().reader(at: door, framing: .rtu, rules: rules)
    let start = door.now
    #expect(reader.read(twoRegisters) == .success([1, 2]))
    #expect(door.now - start == .milliseconds(3600))
  }

  @Test("a pause longer than the rule inside an answer makes it a short frame")
  func pause() throws {
    let answer = rtuAnswer([1, 2])
    let door = ScriptedDoor { _, _ in
      [.init(.milliseconds(10), Array(answer[..<4])), .init(.milliseconds(530), Array(answer[4...]))]
    }
    let reader = try PtyCarrier().reader(at: door, framing: .rtu, rules: ReaderRules())
    let start = door.now
    #expect(reader.read(twoRegisters) == .failure(.frame(.short)))
    #expect(door.now - start == .milliseconds(510))
  }

  static let badAnswers: [(title: String, bytes: [UInt8], meaning: ReadFailure)] = [
    ("checksum wrong", Array(rtuAnswer([1, 2]).dropLast()) + [0], .frame(.checksum)),
    ("another unit's answer", rtuAnswer(unit: 2, [1, 2]), .frame(.wrongUnit)),
    ("another function's answer", rtuAnswer(function: 3, [1, 2]), .frame(.wrongFunction)),
    ("fewer registers than asked", rtuAnswer([1]), .frame(.wrongLength)),
    ("more registers than asked", rtuAnswer([1, 2, 3]), .frame(.wrongLength)),
    ("exception 2", withChecksum([1, 0x84, 2]), .exception(2)),
    ("exception 0x0B", withChecksum([1, 0x84, 0x0B]), .exception(0x0B)),
    ("an exception code nobody defined", withChecksum([1, 0x84, 0x63]), .exception(0x63)),
    ("exception to another function", withChecksum([1, 0x83, 2]), .frame(.wrongFunction)),
    ("exception with a wrong checksum", [1, 0x84, 2, 0, 0], .frame(.checksum)),
    ("one byte missing", Array(rtuAnswer([1, 2]).dropLast()), .frame(.short)),
    ("one byte only", [1], .frame(.short)),
  ]

  @Test("an invalid answer is a typed failure", arguments: badAnswers.indices)
  func bad(_ row: Int) throws {
    let (_, bytes, meaning) = Self.badAnswers[row]
    let door = ScriptedDoor { _, _ in [.init(.milliseconds(20), bytes)] }
    let reader = try PtyCarrier().reader(at: door, framing: .rtu, rules: ReaderRules())
    #expect(reader.read(twoRegisters) == .failure(meaning), "\(Self.badAnswers[row].title)")
  }

  @Test("with flush a late answer is dropped; without, it is taken for the next request's")
  func late() throws {
    for (flushes, second) in [(true, [20, 20]), (false, [10, 10])] as [(Bool, [UInt16])] {
      let door = ScriptedDoor { _, number in
        // The first answer comes 100 ms after the reader gave up, the others in time.
        let value = UInt16(number * 10)
        return [.init(.milliseconds(number == 1 ? 600 : 50), rtuAnswer([value, value]))]
      }
      let reader = try PtyCarrier().reader(at: door, framing: .rtu, rules: ReaderRules(flushes: flushes))
      #expect(reader.read(twoRegisters) == .failure(.silence))
      door.pass(.seconds(1))
      #expect(reader.read(twoRegisters) == .success(second))
    }
  }

  @Test("bytes left over from a broken answer poison the next one only when nobody flushes")
  func leftOver() throws {
    for (flushes, second) in [(true, Result.success([3, 4])), (false, .failure(.frame(.wrongUnit)))]
      as [(Bool, Result<[UInt16], ReadFailure>)]
    {
      let door = ScriptedDoor { _, number in
        [.init(.milliseconds(5), number == 1 ? rtuAnswer([9, 9]) + [0xFF, 0xEE] : rtuAnswer([3, 4]))]
      }
      let reader = try PtyCarrier().reader(at: door, framing: .rtu, rules: ReaderRules(flushes: flushes))
      #expect(reader.read(twoRegisters) == .success([9, 9]))
      #expect(reader.read(twoRegisters) == second)
    }
  }

  @Test("a flood larger than a terminal's queue arrives whole and in order")
  func flood() throws {
    // 24 kB of other units' answers before ours: without flush each read consumes one frame.
    let strange = rtuAnswer(unit: 9, [1, 2])
    let frames = 2_700
    let door = ScriptedDoor { _, number in
      let flood = [[UInt8]](repeating: strange, count: frames).flatMap { $0 }
      return number == 1 ? [.init(.milliseconds(1), flood + rtuAnswer([5, 6]))] : []
    }
    let carrier = PtyCarrier()
    let reader = try carrier.reader(at: door, framing: .rtu, rules: ReaderRules(flushes: false))
    for _ in 0..<frames { #expect(reader.read(twoRegisters) == .failure(.frame(.wrongUnit))) }
    #expect(reader.read(twoRegisters) == .success([5, 6]))
    #expect(carrier.bytesThroughDescriptors == (frames + 1) * (8 + 9))
  }

  @Test("a read within the wait of another gives both their own answers")
  func nested() throws {
    let carrier = PtyCarrier()
    let innerDoor = ScriptedDoor { _, _ in [.init(.milliseconds(1), rtuAnswer([7, 8]))] }
    let inner = try carrier.reader(at: innerDoor, framing: .rtu, rules: ReaderRules())
    let outerDoor = ScriptedDoor { _, _ in [.init(.milliseconds(1), rtuAnswer([1, 2]))] }
    let outer = try carrier.reader(at: outerDoor, framing: .rtu, rules: ReaderRules())
    var seen: Result<[UInt16], ReadFailure>?
    outerDoor.whileWaiting = { if seen == nil { seen = inner.read(twoRegisters) } }
    #expect(outer.read(twoRegisters) == .success([1, 2]))
    #expect(seen == .success([7, 8]))
  }

  @Test("worlds on parallel threads do not disturb each other")
  func parallel() throws {
    let outcomes = onThreads(6) { reads(ofWorld: $0, count: 200) }
    for (world, outcome) in outcomes.enumerated() {
      var expected: [[UInt16]] = []
      for number in 0..<200 { expected.append(number % 4 == 3 ? [] : [UInt16(world), UInt16(number)]) }
      #expect(outcome == expected)
    }
  }

  @Test("no pseudo-terminal left is an error that says what to do")
  func exhausted() {
    for (error, part) in [(ENOSPC, "kernel.pty.max"), (EMFILE, "ulimit")] {
      chost_force_error(chost_call_pty, error, 1)
      let door = ScriptedDoor { _, _ in [] }
      #expect {
        _ = try PtyCarrier().reader(at: door, framing: .rtu, rules: ReaderRules())
      } throws: {
        ($0 as? CarrierError)?.message.contains(part) == true
      }
    }
  }

  @Test("a lost descriptor is a port failure, and stays one")
  func lost() throws {
    let door = ScriptedDoor { _, _ in [.init(.milliseconds(1), rtuAnswer([1, 2]))] }
    let reader = try PtyCarrier().reader(at: door, framing: .rtu, rules: ReaderRules())
    chost_force_error(chost_call_write, EIO, 1)
    let first = reader.read(twoRegisters)
    guard case .failure(.port(let word)) = first else {
      Issue.record("\(first)")
      return
    }
    #expect(word.contains("Input/output error"))
    #expect(reader.read(twoRegisters) == first)
  }

  @Test("Modbus TCP is refused at depth pty")
  func framing() {
    let door = ScriptedDoor { _, _ in [] }
    #expect(throws: CarrierError.self) {
      _ = try PtyCarrier().reader(at: door, framing: .tcp, rules: ReaderRules())
    }
  }

  @Test("descriptors are given back")
  func givenBack() throws {
    // More readers, one after another, than libmodbus could hold at once (1024 descriptors).
    for _ in 0..<600 {
      let door = ScriptedDoor { _, _ in [] }
      _ = try PtyCarrier().reader(at: door, framing: .rtu, rules: ReaderRules())
    }
  }
}

/// Every fourth request finds a silent meter; the others give the world's number and the request's.
private func reads(ofWorld world: Int, count: Int) -> [[UInt16]] {
  let door = ScriptedDoor { _, number in
    number % 4 == 0 ? [] : [.init(.milliseconds(30), rtuAnswer([UInt16(world), UInt16(number - 1)]))]
  }
  guard let reader = try? PtyCarrier().reader(at: door, framing: .rtu, rules: ReaderRules()) else {
    return []
  }
  return (0..<count).map { _ in (try? reader.read(twoRegisters).get()) ?? [] }
}
