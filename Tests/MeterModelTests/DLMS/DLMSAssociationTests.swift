// Who gets in and who does not, counters, blocks: a meter's server asked by a session, with everything that a
// client can do wrong.

import MeterModel
import Testing
import Units
import Wire

@Suite("Associating with a meter over DLMS")
struct DLMSAssociationTests {
  static func bench(client: UInt16, _ change: (inout DLMSPort) -> Void = { _ in }) -> DLMSBench {
    var port = DLMSFixture.port()
    change(&port)
    return DLMSBench(Fixture.fit(DLMSDeviceTests.profile(port)), port, client: client)
  }

  @Test("each of three clients gets in by his own mechanism", arguments: [16, 32, 48] as [UInt16])
  func mechanisms(_ client: UInt16) throws {
    let bench = Self.bench(client: client)
    try bench.associate()
    #expect(bench.session.state == .associated)
    #expect(bench.answering.server.state(of: UInt8(client)) == .associated)
    #expect(try bench.value(1, LogicalName(0, 0, 42, 0, 0)) != nil)
  }

  @Test("general ciphering works as ciphering by service does")
  func general() throws {
    var settings = DLMSBench.settings(48)
    settings.usesGeneralCiphering = true
    let port = DLMSFixture.port()
    let bench = DLMSBench(Fixture.fit(DLMSDeviceTests.profile(port)), port, client: 48, settings)
    try bench.associate()
    #expect(try bench.value(3, DLMSDeviceTests.importName) == .uint32(0))
    #expect(bench.received.first == 0xDB)
  }

  @Test("a wrong password, key, mechanism, title, context or client is told apart")
  func refusals() throws {
    var wrong = DLMSBench.settings(32)
    wrong.password = Array("87654321".utf8)
    let other = COSEMKeys(
      encryption: [UInt8](repeating: 1, count: 16), authentication: [UInt8](repeating: 2, count: 16))
    var wrongKeys = DLMSBench.settings(48)
    wrongKeys.keys = other
    let cases: [(UInt16, COSEMSession.Settings, COSEMSession.Fault)] = [
      (32, wrong, .authentication("authentication failure")),
      (32, COSEMSession.Settings(), .authentication("authentication mechanism required")),
      (48, wrongKeys, .authentication("authentication failure")),
      (16, DLMSBench.settings(48), .rejected("application context not supported")),
      (48, DLMSBench.settings(32), .rejected("application context not supported")),
      (77, COSEMSession.Settings(), .rejected("no reason given")),
    ]
    for (client, settings, fault) in cases {
      let port = DLMSFixture.port()
      let bench = DLMSBench(Fixture.fit(DLMSDeviceTests.profile(port)), port, client: client, settings)
      #expect(throws: fault) { try bench.associate() }
      #expect(bench.answering.server.state(of: UInt8(client)) == .idle)
    }
  }

  @Test("a wrong answer to the challenge ends the association and is noted")
  func wrongChallenge() throws {
    let bench = Self.bench(client: 48)
    try bench.session.takeAssociation(bench.exchange(bench.session.associationRequest()))
    let method = COSEMDescriptor(15, AssociationObject.name, 1)
    let answer = try bench.ask { .action($0, method, .octets([UInt8](repeating: 0x10, count: 17))) }
    guard case .action(_, let result) = answer else { return #expect(Bool(false)) }
    #expect(result.result == .readWriteDenied)
    #expect(bench.answering.server.state(of: 48) == .idle)
    #expect(bench.answering.meter.events.map(\.code) == [.authenticationFailed])
  }

  @Test("before the challenge is answered nothing else is served")
  func early() throws {
    let bench = Self.bench(client: 48)
    try bench.session.takeAssociation(bench.exchange(bench.session.associationRequest()))
    #expect(throws: COSEMSession.Fault.refused("service not allowed, operation not possible")) {
      try bench.ask { .get($0, COSEMItem(COSEMDescriptor(3, DLMSDeviceTests.importName, 2))) }
    }
  }

  @Test("three wrong passwords lock the server, and time opens it")
  func lockOut() throws {
    let bench = Self.bench(client: 32) { ($0.lockOutAfter, $0.lockOutTime) = (3, .minutes(5)) }
    let right = bench.session.settings
    var wrong = right
    wrong.password = [0]
    bench.session = COSEMSession(wrong)
    for _ in 0..<3 {
      #expect(throws: COSEMSession.Fault.self) { try bench.associate() }
    }
    bench.session = COSEMSession(right)
    #expect(throws: COSEMSession.Fault.authentication("authentication failure")) { try bench.associate() }
    bench.at = bench.at + .minutes(5)
    #expect(throws: Never.self) { try bench.associate() }
  }

  @Test("a counter that repeats or goes back is refused with the one expected, and the reader can go on")
  func counters() throws {
    let bench = Self.bench(client: 48)
    try bench.associate()
    let asked = bench.session.request {
      .get($0, COSEMItem(COSEMDescriptor(3, DLMSDeviceTests.importName, 2)))
    }
    _ = bench.exchange(asked.octets)
    let used = try #require(bench.answering.server.received[48])
    // The very same message again.
    let again = bench.exchange(asked.octets)
    #expect(again.starts(with: [0xD8, 1, 6]))
    #expect(again.suffix(4).reduce(UInt32(0)) { $0 << 8 | UInt32($1) } == used + 1)
    // A whole new association with counters that were used.
    bench.session = COSEMSession(DLMSBench.settings(48), counter: 1)
    #expect(throws: COSEMSession.Fault.counter(expected: used + 1)) { try bench.associate() }
    let (grows, goesBack) = (bench.session.raiseCounter(to: used + 1), bench.session.raiseCounter(to: 1))
    #expect(grows && !goesBack)
    #expect(throws: Never.self) { try bench.associate() }
  }

  @Test("everybody may read the counter of a client with keys")
  func counterObject() throws {
    let manager = Self.bench(client: 48)
    try manager.associate()
    let used = try #require(manager.answering.server.received[48])
    var session = COSEMSession(COSEMSession.Settings())
    let pdu = session.associationRequest()
    try session.takeAssociation(
      manager.answering.answer(pdu, client: 16, server: 1, at: manager.at) ?? [])
    let asked = session.request { .get($0, COSEMItem(COSEMDescriptor(1, AssociationObject.counter(0), 2))) }
    let answer = manager.answering.answer(asked.octets, client: 16, server: 1, at: manager.at) ?? []
    #expect(
      try session.response(answer, to: asked.request) == .get(asked.request.invokeID, .data(.uint32(used))))
  }

  @Test("the session refuses an answer whose counter does not grow, and one that is in clear")
  func meterCounter() throws {
    let bench = Self.bench(client: 48)
    try bench.associate()
    let item = COSEMItem(COSEMDescriptor(3, DLMSDeviceTests.importName, 2))
    let first = bench.session.request { .get($0, item) }
    let answer = bench.exchange(first.octets)
    _ = try bench.session.response(answer, to: first.request)
    #expect(throws: COSEMSession.Fault.self) { try bench.session.response(answer, to: first.request) }
    let plain = COSEMResponse.get(first.request.invokeID, .data(.uint32(9))).encoded
    #expect(
      throws: COSEMSession.Fault.security("the answer came unprotected, or with another protection")
    ) { try bench.session.response(plain, to: first.request) }
  }

  @Test(
    "a block asked for again is sent again where the make does so, and ends the transfer elsewhere",
    arguments: [true, false])
  func repeatedBlock(_ repeats: Bool) throws {
    let bench = Self.bench(client: 32) { ($0.repeatsBlocks, $0.maximumPDU) = (repeats, 200) }
    var settings = bench.session.settings
    settings.maximumPDU = 128
    bench.session = COSEMSession(settings)
    try bench.associate()
    let list = COSEMItem(COSEMDescriptor(15, AssociationObject.name, 2))
    guard case .getBlock(let id, let one) = try bench.ask({ .get($0, list) }),
      case .getBlock(_, let two) = try bench.ask({ _ in .getNext(id, 1) })
    else { return #expect(Bool(false)) }
    #expect([one.number, two.number] == [1, 2])
    #expect(bench.received.count <= 128)
    // Block 2 was lost on its way: block 1 is the last that came.
    switch try bench.ask({ _ in .getNext(id, 1) }) {
    case .getBlock(_, let again): #expect(repeats && again == two)
    case .getBlockError(_, _, let error): #expect(!repeats && error == .blockNumberInvalid)
    default: #expect(Bool(false))
    }
    guard !repeats else { return }
    guard case .getBlockError(_, _, .noLongGet) = try bench.ask({ _ in .getNext(id, 2) }) else {
      return #expect(Bool(false))
    }
  }

  @Test("without block transfer a long answer is refused, and lists without lists")
  func withoutAbilities() throws {
    let bench = Self.bench(client: 32) { $0.conformance = [.get] }
    var settings = bench.session.settings
    settings.maximumPDU = 128
    bench.session = COSEMSession(settings)
    try bench.associate()
    #expect(bench.session.conformance == [.get])
    #expect(throws: COSEMSession.Fault.refused("service not allowed, PDU too long")) {
      try bench.ask { .get($0, COSEMItem(COSEMDescriptor(15, AssociationObject.name, 2))) }
    }
    #expect(throws: COSEMSession.Fault.refused("service unknown, service not supported")) {
      try bench.ask { .getList($0, [COSEMItem(COSEMDescriptor(3, DLMSDeviceTests.importName, 2))]) }
    }
  }

  @Test("SET and ACTION in blocks and lists end as they would in one message")
  func blocksAndLists() throws {
    let bench = Self.bench(client: 48)
    try bench.associate()
    let item = COSEMItem(COSEMDescriptor(8, DLMSClockTests.clock, 2))
    let stamp = COSEMDateTime(Fixture.start, offset: .zero, sign: .utcMinusLocal, status: [])
    let octets = COSEMValue.octets(stamp.octets).encoded
    let first = try bench.ask {
      .setFirstBlock($0, item, COSEMBlock(isLast: false, number: 1, octets: Array(octets.prefix(5))))
    }
    guard case .setBlock(let id, 1) = first else { return #expect(Bool(false)) }
    let rest = COSEMBlock(isLast: true, number: 2, octets: Array(octets.dropFirst(5)))
    #expect(try bench.ask { _ in .setBlock(id, rest) } == .setLastBlock(id, .success, 2))
    guard case .setLastBlock(_, .noLongSet, 2) = try bench.ask({ _ in .setBlock(id, rest) }) else {
      return #expect(Bool(false))
    }
    let other = COSEMItem(COSEMDescriptor(3, DLMSDeviceTests.importName, 2))
    guard
      case .setList(_, let results) = try bench.ask({
        .setList($0, [item, other], [.octets(stamp.octets), .uint32(1)])
      })
    else { return #expect(Bool(false)) }
    #expect(results == [.success, .readWriteDenied])
    let method = COSEMDescriptor(70, LogicalName(0, 0, 96, 3, 10), 1)
    guard
      case .actionList(_, let done) = try bench.ask({
        .actionList($0, [method, method], [.int8(0), .int8(0)])
      })
    else { return #expect(Bool(false)) }
    #expect(done.map(\.result) == [.success, .success])
    #expect(bench.answering.meter.supply == .disconnected)
    let connect = COSEMDescriptor(70, method.name, 2)
    let block = COSEMBlock(isLast: true, number: 1, octets: COSEMValue.int8(0).encoded)
    guard case .action(_, let one) = try bench.ask({ .actionFirstBlock($0, connect, block) }) else {
      return #expect(Bool(false))
    }
    #expect(one.result == .success)
    #expect(bench.answering.meter.supply == .connected)
  }

  @Test("release ends the association; a new link has none")
  func release() throws {
    for client: UInt16 in [32, 48] {
      let bench = Self.bench(client: client)
      try bench.associate()
      #expect(COSEMSession.isRelease(bench.exchange(bench.session.releaseRequest())))
      #expect(bench.answering.server.state(of: UInt8(client)) == .idle)
      try bench.associate()
      bench.answering.linkOpened(client: client, at: bench.at)
      #expect(bench.answering.server.state(of: UInt8(client)) == .idle)
    }
  }

  @Test("any octets at all are answered or passed over, and never trap")
  func rubbish() throws {
    let bench = Self.bench(client: 32)
    try bench.associate()
    let frames = [
      bench.sent, [0xC0, 1, 0xC1], [0x60, 0x84, 0xFF, 0xFF, 0xFF, 0xFF], [0xDB, 0xFF], [0xC8, 5, 0x30],
    ]
    for frame in frames {
      for length in 0...frame.count {
        for flip in stride(from: 0, to: length * 8, by: 3) {
          var octets = Array(frame.prefix(length))
          octets[flip / 8] ^= 1 << UInt8(flip % 8)
          _ = bench.answering.answer(octets, client: 32, server: 1, at: bench.at)
        }
      }
    }
    #expect(bench.answering.answer([], client: 32, server: 1, at: bench.at) == nil)
    #expect(bench.answering.answer([0xC0], client: 32, server: 2, at: bench.at) == nil)
    #expect(bench.answering.answer([0x99], client: 32, server: 1, at: bench.at) == [0xD8, 2, 2])
  }
}
