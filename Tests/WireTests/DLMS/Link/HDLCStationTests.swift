import Testing
import Units
import Wire

@Suite("HDLC, the meter's end")
struct HDLCStationTests {
  static let request = LLC.command + [0xC0, 0x01]

  static func i(_ send: UInt8, _ receive: UInt8, poll: Bool = true) -> HDLCControl {
    .information(receive: receive, send: send, poll: poll)
  }

  static func rr(_ receive: UInt8) -> HDLCControl { .receiveReady(receive: receive, poll: true) }

  @Test("a disconnected meter answers DM to all but SNRM, and nothing to UI")
  func disconnected() throws {
    let bench = LinkBench()
    for control in [Self.i(0, 0), Self.rr(0), .disconnect(poll: true), .undefined(0x19)] {
      #expect(try bench.say(control).map(\.control) == [.disconnectedMode(poll: true)])
    }
    #expect(try bench.say(.unnumberedInformation(poll: true), Self.request).isEmpty)
    #expect(bench.responder.told.isEmpty)
  }

  @Test("SNRM connects with the smaller of both ends' sizes, a second one anew")
  func connecting() throws {
    let own = HDLCParameters(transmitBytes: 256, receiveBytes: 300, transmitWindow: 2, receiveWindow: 3)
    let bench = LinkBench(.init(parameters: own))
    #expect(try bench.connect() == HDLCParameters())
    let asked = HDLCParameters(transmitBytes: 1024, receiveBytes: 1024, transmitWindow: 7, receiveWindow: 7)
    #expect(try bench.connect(asked) == own)
    #expect(bench.responder.told == [.opened(16), .closed(16), .opened(16)])
    #expect(
      try bench.say(.setNormalResponseMode(poll: true), [0x81, 0x80]).map(\.control) == [
        .disconnectedMode(poll: true)
      ])
    #expect(bench.faults == [.parameters])
  }

  @Test("the answer comes from the address that was called, in its width, after the reaction time")
  func addressing() throws {
    let two = try #require(HDLCAddress(logical: 1, physical: 17))
    let four = try #require(HDLCAddress(logical: 1, physical: 17, width: 4))
    for server in [HDLCAddress.managementDevice, two, four] {
      let bench = LinkBench(server: server)
      let frame = HDLCFrame(to: server, from: bench.client, .setNormalResponseMode(poll: true))
      bench.station.hear(try frame.encoded()[...], at: Instant(seconds: 5))
      let said = bench.station.speak(at: Instant(seconds: 5))
      #expect(said.map(\.at) == [Instant(seconds: 5) + .milliseconds(20)])
      #expect(bench.station.speak(at: Instant(seconds: 6)).isEmpty, "said once")
      bench.now = Instant(seconds: 7)
      let again = try bench.say(Self.rr(0))
      #expect(again.map(\.destination) == [bench.client] && again.map(\.source) == [server])
    }
  }

  @Test("a frame for nobody, for another, for all or of no client is not answered")
  func foreign() throws {
    let strangers = [
      HDLCAddress(0), HDLCAddress(2), HDLCAddress(0x7F), HDLCAddress(logical: 1, physical: 18),
      HDLCAddress(logical: 1, physical: 0x7F), HDLCAddress(logical: 1, physical: 0x7E),
      HDLCAddress(logical: 0x3FFF, physical: 17), HDLCAddress(logical: 1, physical: 0x3FFF),
    ]
    #expect(!strangers.contains(nil))
    let bench = LinkBench()
    for server in strangers.compactMap({ $0 }) {
      #expect(try bench.say(.setNormalResponseMode(poll: true), to: server).isEmpty)
    }
    for client in [HDLCAddress(0), HDLCAddress(logical: 16, physical: 1)].compactMap({ $0 }) {
      #expect(try bench.say(.setNormalResponseMode(poll: true), from: client).isEmpty)
    }
    #expect(bench.responder.told.isEmpty)
  }

  @Test("a PDU is answered, and a repeat of its frame gets the same answer without a second asking")
  func exactlyOnce() throws {
    var count: UInt8 = 0
    let bench = LinkBench { _ in
      count += 1
      return [0xC4, count]
    }
    _ = try bench.connect()
    let first = try bench.say(Self.i(0, 0), Self.request)
    #expect(first.map(\.control) == [Self.i(0, 1)])
    #expect(first.map(\.information) == [LLC.response + [0xC4, 1]])
    #expect(try bench.say(Self.i(0, 0), Self.request) == first, "the answer was lost: the same frame again")
    #expect(try bench.say(Self.rr(0)) == first, "a poll asks for it again")
    #expect(try bench.say(Self.i(1, 1), Self.request).map(\.information) == [LLC.response + [0xC4, 2]])
    #expect(bench.responder.pdus == [[0xC0, 0x01], [0xC0, 0x01]])
    #expect(try bench.say(Self.rr(2)).map(\.control) == [Self.rr(2)], "all taken: nothing more to say")
  }

  @Test("a request in segments is put together, with RR for each window")
  func segmentsIn() throws {
    let bench = LinkBench(.init(parameters: HDLCParameters(receiveWindow: 2)))
    _ = try bench.connect(HDLCParameters(transmitWindow: 2))
    #expect(try bench.say(Self.i(0, 0, poll: false), isSegmented: true, LLC.command + [1]).isEmpty)
    #expect(try bench.say(Self.i(1, 0), isSegmented: true, [2]).map(\.control) == [Self.rr(2)])
    #expect(try bench.say(Self.i(3, 0), isSegmented: true, [9]).map(\.control) == [Self.rr(2)], "out of turn")
    #expect(try bench.say(Self.i(1, 0), isSegmented: true, [2]).map(\.control) == [Self.rr(2)], "a repeat")
    #expect(try bench.say(Self.i(2, 0), [3]).map(\.information) == [LLC.response + [1, 2, 3]])
    #expect(bench.responder.pdus == [[1, 2, 3]])
  }

  @Test("a long answer goes out by windows, and what a poll says was lost goes out again")
  func segmentsOut() throws {
    let long = (0..<20).map { UInt8($0) }
    let bench = LinkBench(.init(parameters: HDLCParameters(transmitBytes: 5, transmitWindow: 3))) { _ in long
    }
    _ = try bench.connect(HDLCParameters(receiveBytes: 100, receiveWindow: 5))
    let first = try bench.say(Self.i(0, 0), Self.request)
    #expect(first.map(\.control) == [Self.i(0, 1, poll: false), Self.i(1, 1, poll: false), Self.i(2, 1)])
    #expect(first.map(\.isSegmented) == [true, true, true])
    #expect(first.flatMap(\.information) == LLC.response + long[..<12])
    let second = try bench.say(Self.rr(1))
    #expect(second.map(\.control) == [Self.i(1, 1, poll: false), Self.i(2, 1, poll: false), Self.i(3, 1)])
    let third = try bench.say(Self.rr(4))
    #expect(third.map(\.control) == [Self.i(4, 1)])
    #expect(third.map(\.isSegmented) == [false])
    #expect(third.flatMap(\.information) == Array(long[17...]))
    #expect(try bench.say(Self.rr(5)).map(\.control) == [Self.rr(1)])
  }

  @Test("RNR holds new information back until RR")
  func notReady() throws {
    let bench = LinkBench { _ in [1, 2, 3, 4] }
    _ = try bench.connect(HDLCParameters(receiveBytes: 4))
    #expect(try bench.say(Self.i(0, 0), Self.request).count == 1)
    #expect(try bench.say(.receiveNotReady(receive: 1, poll: true)).map(\.control) == [Self.rr(1)])
    #expect(try bench.say(Self.rr(1)).map(\.information) == [[2, 3, 4]])
  }

  @Test("numbers that acknowledge what was never sent, too long and unknown frames are rejected")
  func rejecting() throws {
    let cases: [(HDLCControl, [UInt8], [UInt8])] = [
      (Self.rr(3), [], [0x71, 0x00, 0x08]), (Self.i(0, 1), Self.request, [0x30, 0x00, 0x08]),
      (Self.i(0, 0), [UInt8](repeating: 0, count: 129), [0x10, 0x00, 0x04]),
      (.undefined(0x19), [], [0x19, 0x00, 0x01]),
    ]
    for (control, information, reasons) in cases {
      let bench = LinkBench()
      _ = try bench.connect()
      let answer = try bench.say(control, information)
      #expect(answer.map(\.control) == [.frameReject(poll: true)])
      #expect(answer.map(\.information) == [reasons])
      #expect(try bench.say(Self.rr(0)) == answer, "until SNRM or DISC the same again")
      #expect(bench.responder.pdus.isEmpty)
      #expect(try bench.connect() == HDLCParameters())
      #expect(try bench.say(Self.rr(0)).map(\.control) == [Self.rr(0)])
    }
  }

  @Test("a PDU without the client's LLC reaches no application")
  func llc() throws {
    let bench = LinkBench()
    _ = try bench.connect()
    #expect(try bench.say(Self.i(0, 0), LLC.response + [0xC0]).map(\.control) == [Self.rr(1)])
    #expect(bench.faults == [.llc])
    #expect(bench.responder.pdus.isEmpty)
  }

  @Test("without a poll nothing is answered")
  func unpolled() throws {
    let bench = LinkBench()
    #expect(try bench.say(.setNormalResponseMode(poll: false)).isEmpty)
    #expect(try bench.say(.disconnect(poll: false)).isEmpty)
    _ = try bench.connect()
    #expect(try bench.say(.receiveReady(receive: 0, poll: false)).isEmpty)
    #expect(try bench.say(Self.i(0, 0, poll: false), Self.request).isEmpty)
    #expect(try bench.say(Self.rr(0)).map(\.information) == [LLC.response + [0xC0, 0x01]])
  }

  @Test("UI reaches the application; only a poll to one meter alone lets it answer")
  func unnumbered() throws {
    let bench = LinkBench()
    _ = try bench.connect()
    let all = try #require(HDLCAddress(0x7F))
    let ui = HDLCControl.unnumberedInformation(poll: true)
    #expect(try bench.say(ui, Self.request).map(\.information) == [LLC.response + [0xC0, 0x01]])
    #expect(try bench.say(.unnumberedInformation(poll: false), Self.request).isEmpty)
    #expect(try bench.say(ui, Self.request, to: all).isEmpty)
    #expect(bench.responder.pdus.count == 3)
  }

  @Test("after the inactivity time the link is gone, and the next frame gets DM")
  func inactivity() throws {
    let bench = LinkBench()
    _ = try bench.connect()
    let connected = bench.now
    #expect(bench.station.wakes == connected + .seconds(120))
    bench.now = connected + .seconds(119)
    #expect(try bench.say(Self.rr(0)).map(\.control) == [Self.rr(0)])
    bench.now = bench.now + .seconds(120)
    #expect(try bench.say(Self.rr(0)).map(\.control) == [.disconnectedMode(poll: true)])
    #expect(bench.responder.told == [.opened(16), .closed(16)])
    #expect(bench.station.wakes == nil)
  }

  @Test("another client is told DM, unless it connects: then the link is its own")
  func otherClient() throws {
    let bench = LinkBench()
    let other = try #require(HDLCAddress(1))
    _ = try bench.connect()
    #expect(try bench.say(Self.rr(0), from: other).map(\.control) == [.disconnectedMode(poll: true)])
    #expect(
      try bench.say(.disconnect(poll: true), from: other).map(\.control) == [.disconnectedMode(poll: true)])
    #expect(try bench.say(Self.rr(0)).map(\.control) == [Self.rr(0)], "the first client's link stands")
    #expect(try bench.say(.setNormalResponseMode(poll: true), from: other).count == 1)
    #expect(bench.responder.told == [.opened(16), .closed(16), .opened(1)])
    #expect(try bench.say(Self.rr(0)).map(\.control) == [.disconnectedMode(poll: true)])
  }

  @Test("a silence breaks a frame off, and the next frame is heard")
  func silence() throws {
    let bench = LinkBench()
    let snrm = try HDLCFrame(to: bench.server, from: bench.client, .setNormalResponseMode(poll: true))
      .encoded()
    #expect(bench.hear(Array(snrm.prefix(5))).isEmpty)
    #expect(bench.station.wakes == bench.now + .milliseconds(200))
    bench.now = bench.now + .milliseconds(200)
    #expect(bench.spoken().isEmpty)
    #expect(bench.faults == [.cutShort(received: 4)])
    #expect(bench.hear(snrm).map(\.control) == [.unnumberedAcknowledge(poll: true)])
  }

  @Test("DISC ends the link with UA")
  func disconnecting() throws {
    let bench = LinkBench()
    _ = try bench.connect()
    #expect(try bench.say(.disconnect(poll: true)).map(\.control) == [.unnumberedAcknowledge(poll: true)])
    #expect(bench.responder.told == [.opened(16), .closed(16)])
    #expect(try bench.say(.disconnect(poll: true)).map(\.control) == [.disconnectedMode(poll: true)])
  }
}
