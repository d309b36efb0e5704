// Depth "tcp": libmodbus TCP on a loopback connection, time from the door.

import CHost
import Glibc
import HeadEnd
import HostIO
import Testing
import Units

private let twoRegisters = RegisterRequest(unit: 17, function: 4, address: 0x48, count: 2)

@Suite struct TCPCarrierTests {
  @Test("an answer is read through a loopback socket, at the instant at which its last byte arrived")
  func answered() throws {
    let door = ScriptedDoor { request, _ in
      [.init(.milliseconds(40), tcpAnswer(to: request, [0x1234, 0xFEDC]))]
    }
    let carrier = TCPCarrier()
    let reader = try carrier.reader(at: door, framing: .tcp, rules: ReaderRules())
    let start = door.now
    #expect(reader.read(twoRegisters) == .success([0x1234, 0xFEDC]))
    #expect(door.now - start == .milliseconds(40))
    #expect(door.requests.count == 1)
    #expect(door.requests[0][2...] == [0, 0, 0, 6, 17, 4, 0x00, 0x48, 0x00, 0x02])
    #expect(carrier.bytesThroughDescriptors == 12 + 13)
    #expect(carrier.depth == "tcp")
  }

  @Test("a silent meter costs exactly the first-byte time-out, in the door's time only")
  func silent() throws {
    let door = ScriptedDoor { _, _ in [] }
    let reader = try TCPCarrier().reader(
      at: door, framing: .tcp, rules: ReaderRules(firstByte: .seconds(3600)))
    let start = door.now
    #expect(reader.read(twoRegisters) == .failure(.silence))
    #expect(door.now - start == .seconds(3600))
  }

  static let badAnswers: [(title: String, bytes: @Sendable ([UInt8]) -> [UInt8], meaning: ReadFailure)] = [
    ("another transaction", { change(tcpAnswer(to: $0, [1, 2]), at: 1) }, .frame(.wrongTransaction)),
    ("another function", { tcpFrame(to: $0, [3, 4, 0, 1, 0, 2]) }, .frame(.wrongFunction)),
    ("fewer registers than asked", { tcpAnswer(to: $0, [1]) }, .frame(.wrongLength)),
    ("more registers than asked", { tcpAnswer(to: $0, [1, 2, 3]) }, .frame(.wrongLength)),
    ("gateway: target silent", { tcpFrame(to: $0, [0x84, 0x0B]) }, .exception(0x0B)),
    ("an undefined exception code", { tcpFrame(to: $0, [0x84, 0x63]) }, .exception(0x63)),
    ("exception to another function", { tcpFrame(to: $0, [0x83, 2]) }, .frame(.wrongFunction)),
    ("one byte missing", { Array(tcpAnswer(to: $0, [1, 2]).dropLast()) }, .frame(.short)),
    ("half a header", { Array($0.prefix(4)) }, .frame(.short)),
  ]

  @Test("an invalid answer is a typed failure", arguments: badAnswers.indices)
  func bad(_ row: Int) throws {
    let (title, bytes, meaning) = Self.badAnswers[row]
    let door = ScriptedDoor { request, _ in [.init(.milliseconds(20), bytes(request))] }
    let reader = try TCPCarrier().reader(at: door, framing: .tcp, rules: ReaderRules())
    #expect(reader.read(twoRegisters) == .failure(meaning), "\(title)")
  }

  @Test("a late answer without flush is refused by its transaction number, and with flush never seen")
  func late() throws {
    for (flushes, second) in [
      (true, Result.success([20])), (false, .failure(.frame(.wrongTransaction))),
    ] as [(Bool, Result<[UInt16], ReadFailure>)] {
      let door = ScriptedDoor { request, number in
        let delay: TimeSpan = .milliseconds(number == 1 ? 600 : 50)
        return [.init(delay, tcpAnswer(to: request, [UInt16(number * 10)]))]
      }
      let reader = try TCPCarrier().reader(at: door, framing: .tcp, rules: ReaderRules(flushes: flushes))
      let one = RegisterRequest(unit: 1, function: 3, address: 0, count: 1)
      #expect(reader.read(one) == .failure(.silence))
      door.pass(.seconds(1))
      #expect(reader.read(one) == second)
    }
  }

  @Test("RTU is refused at depth tcp")
  func framing() {
    let door = ScriptedDoor { _, _ in [] }
    #expect(throws: CarrierError.self) {
      _ = try TCPCarrier().reader(at: door, framing: .rtu, rules: ReaderRules())
    }
  }

  @Test("no descriptor left is an error that says so")
  func exhausted() {
    chost_force_error(chost_call_accept, EMFILE, 1)
    let door = ScriptedDoor { _, _ in [] }
    #expect {
      _ = try TCPCarrier().reader(at: door, framing: .tcp, rules: ReaderRules())
    } throws: {
      ($0 as? CarrierError)?.message.contains("Too many open files") == true
    }
  }
}

private func change(_ bytes: [UInt8], at index: Int) -> [UInt8] {
  var changed = bytes
  changed[index] ^= 0xFF
  return changed
}
