// What a meter shows over DLMS, asked by a client's session.

import MeterModel
import Testing
import Units
import Wire

@Suite("A meter over DLMS")
struct DLMSDeviceTests {
  static let importName = LogicalName(1, 0, 1, 8, 0)
  static let exportName = LogicalName(1, 0, 2, 8, 0)
  static let halfHours = LogicalName(1, 0, 99, 1, 0)

  static func profile(_ port: DLMSPort) -> Profile {
    var profile = Fixture.smets2()
    profile.dlms = port
    return profile
  }

  static func bench(
    client: UInt16 = 32, hours: Int64 = 0, _ change: (inout DLMSPort) -> Void = { _ in }
  ) throws -> DLMSBench {
    var port = DLMSFixture.port()
    change(&port)
    #expect(port.objections(on: Fixture.smets2()) == [])
    let meter = Fixture.fit(
      profile(port), reads: [.import: WattHours(12_345_678), .export: WattHours(2_345_678)])
    if hours > 0 { meter.hold(2000, for: .hours(hours)) }
    let bench = DLMSBench(meter, port, client: client)
    try bench.associate()
    return bench
  }

  @Test("registers, scaler and unit; power has a direction; net is import less export")
  func registers() throws {
    let bench = try Self.bench(hours: 1)
    // 12 345 678 Wh + 2000 W for an hour.
    #expect(try bench.value(3, Self.importName) == .uint32(12_347_678))
    #expect(try bench.value(3, Self.importName, 3) == .structure([.int8(0), .enumerated(30)]))
    #expect(try bench.value(3, Self.exportName) == .uint32(2_345_678))
    #expect(try bench.value(3, LogicalName(1, 0, 16, 8, 0)) == .int64(10_002_000))
    #expect(try bench.value(3, LogicalName(1, 0, 1, 7, 0)) == .uint32(2000))
    #expect(try bench.value(3, LogicalName(1, 0, 1, 7, 0), 3) == .structure([.int8(0), .enumerated(27)]))
  }

  @Test(
    "a scaler moves the last digit, and what is below it is cut",
    arguments: [
      (3, .uint32, .uint32(12_345)), (-1, .uint64, .uint64(123_456_780)), (0, .int32, .int32(12_345_678)),
      // 123 456 780 000 does not fit 32 bits: less 28 × 2^32 it is 3 197 695 712.
      (-4, .uint32, .uint32(3_197_695_712)),
    ] as [(Int8, DLMSRegister.Width, COSEMValue)])
  func scalers(_ scaler: Int8, _ width: DLMSRegister.Width, _ expected: COSEMValue) throws {
    let bench = try Self.bench { port in
      (port.registers[0].scaler, port.registers[0].width) = (scaler, width)
    }
    #expect(try bench.value(3, Self.importName) == expected)
    #expect(try bench.value(3, Self.importName, 3) == .structure([.int8(scaler), .enumerated(30)]))
  }

  @Test("names: logical device name of 16 characters, serial, firmware, system title")
  func names() throws {
    let bench = try Self.bench()
    #expect(try bench.value(1, LogicalName(0, 0, 42, 0, 0)) == .octets(Array("BSP00000000000M1".utf8)))
    #expect(try bench.value(1, LogicalName(0, 0, 96, 1, 0)) == .octets(Array("M1".utf8)))
    #expect(try bench.value(1, LogicalName(1, 0, 0, 2, 0)) == .octets(Array("1.0".utf8)))
    #expect(bench.answering.device.systemTitle == Array("BSP".utf8) + [0, 0, 0, 0, 1])
  }

  @Test("what is not there, of another class, or not for this client is told apart")
  func refusals() throws {
    let bench = try Self.bench()
    #expect(try bench.get(3, LogicalName(1, 0, 9, 8, 0), 2) == .error(.objectUndefined))
    #expect(try bench.get(4, Self.importName, 2) == .error(.classInconsistent))
    #expect(try bench.get(3, Self.importName, 9) == .error(.readWriteDenied))
    let open = try Self.bench(client: 16)
    #expect(try open.get(3, Self.importName, 2) == .error(.objectUndefined))
    #expect(try open.value(1, LogicalName(0, 0, 42, 0, 0)) != nil)
    let range = COSEMSelection.entries(from: 1, to: 1, firstColumn: 1, lastColumn: 0)
    #expect(try bench.get(3, Self.importName, 2, range) == .error(.scopeViolated))
  }

  @Test("the object list holds each object that can be read, with its rights")
  func objectList() throws {
    let bench = try Self.bench(client: 48)
    let list = try #require(try bench.value(15, AssociationObject.name)?.elements)
    let objects = list.compactMap { COSEMObject($0) }
    #expect(objects.count == list.count)
    for object in objects {
      for attribute in object.attributes where attribute.access.reads {
        guard case .data = try bench.get(object.classID, object.name, attribute.index) else {
          Issue.record("\(object.name) \(attribute.index) is listed and cannot be read")
          continue
        }
      }
    }
    #expect(objects.map(\.name).contains(LogicalName(0, 0, 43, 1, 0)))
    #expect(try bench.value(15, AssociationObject.name, 8) == .enumerated(2))
  }

  private static let supply = LogicalName(0, 0, 96, 3, 10)

  private static func act(_ bench: DLMSBench, _ method: Int8, _ value: COSEMValue = .int8(0)) throws
    -> DataAccessResult?
  {
    let answer = try bench.ask { .action($0, COSEMDescriptor(70, supply, method), value) }
    guard case .action(_, let result) = answer else { return nil }
    return result.result
  }

  @Test("the switch opens and closes as commanded: behind an open one nothing flows, nor is counted")
  func disconnect() throws {
    let bench = try Self.bench(client: 48)
    func state() throws -> [COSEMValue?] { try (2...4).map { try bench.value(70, Self.supply, $0) } }
    let closed: [COSEMValue?] = [.boolean(true), .enumerated(1), .enumerated(4)]
    #expect(try state() == closed)
    let before = bench.answering.meter.shown(.import)
    #expect(try Self.act(bench, 1) == .success)
    #expect(try state() == [.boolean(false), .enumerated(0), .enumerated(4)])
    #expect(bench.answering.meter.power.l1 == .zero)
    bench.answering.meter.hold(2000, for: .hours(1))
    #expect(bench.answering.meter.shown(.import) == before)
    #expect(bench.answering.meter.power.l1 == .zero)
    #expect(try Self.act(bench, 1) == .success)
    #expect(try Self.act(bench, 2) == .success)
    #expect(try state() == closed)
    bench.answering.meter.hold(2000, for: .hours(1))
    #expect(bench.answering.meter.shown(.import) == before.map { $0 + WattHours(2000) })
    // Each change once: what changes nothing is no event.
    #expect(bench.answering.meter.events.map(\.code) == [.supplyDisconnected, .supplyConnected])
  }

  @Test("a wrong argument, another method, and a client that may only read move no switch")
  func disconnectRefused() throws {
    let bench = try Self.bench(client: 48)
    #expect(try Self.act(bench, 1, .uint32(0)) == .typeUnmatched)
    #expect(try Self.act(bench, 3) == .readWriteDenied)
    #expect(try Self.act(Self.bench(client: 32), 1) == .readWriteDenied)
    #expect(bench.answering.meter.supply == .connected)
  }

  @Test("half-hours by range: both ends are in, as a log read of 24 hours gives 49")
  func range() throws {
    let bench = try Self.bench(hours: 30)
    let from = COSEMDateTime(Fixture.start + .hours(1), offset: .zero, sign: .utcMinusLocal, status: [])
    let to = COSEMDateTime(Fixture.start + .hours(25), offset: .zero, sign: .utcMinusLocal, status: [])
    let selection = COSEMSelection.range(
      by: .clock, from: .octets(from.octets), to: .octets(to.octets), columns: [])
    guard case .data(let rows) = try bench.get(7, Self.halfHours, 2, selection) else {
      return #expect(Bool(false))
    }
    #expect(rows.elements?.count == 49)
    #expect(try bench.value(7, Self.halfHours, 4) == .uint32(1800))
    #expect(try bench.value(7, Self.halfHours, 6) == CaptureObject.clock.value)
    #expect(try bench.value(7, Self.halfHours, 7) == .uint32(60))
    #expect(try bench.value(7, Self.halfHours, 8) == .uint32(4464))
    #expect(
      rows.elements?.first
        == .structure([.octets(from.octets), .uint8(0), .uint32(1000), .uint32(0)]))
    #expect(rows.elements?.last?.elements?.first == .octets(to.octets))
  }

  @Test(
    "half-hours by entry: numbers from 1, and 0 for the last; columns alike",
    arguments: [
      (1, 2, 1, 0, 2, 4), (3, 0, 1, 0, 2, 4), (1, 100, 1, 2, 4, 2), (5, 9, 1, 0, 0, 4), (2, 2, 3, 3, 1, 1),
    ] as [(UInt32, UInt32, UInt16, UInt16, Int, Int)])
  func entries(
    _ from: UInt32, _ to: UInt32, _ first: UInt16, _ last: UInt16, _ rows: Int, _ columns: Int
  ) throws {
    let bench = try Self.bench(hours: 2)
    let selection = COSEMSelection.entries(from: from, to: to, firstColumn: first, lastColumn: last)
    guard case .data(let value) = try bench.get(7, Self.halfHours, 2, selection) else {
      return #expect(Bool(false))
    }
    #expect(value.elements?.count == rows)
    #expect(value.elements?.first?.elements?.count ?? columns == columns)
  }

  @Test("a selection that cannot be is refused by its own word")
  func wrongSelections() throws {
    let bench = try Self.bench(hours: 1)
    let clock = COSEMValue.octets(
      COSEMDateTime(Fixture.start, offset: .zero, sign: .utcMinusLocal, status: []).octets)
    let cases: [(COSEMSelection, DataAccessResult)] = [
      (.entries(from: 0, to: 1, firstColumn: 1, lastColumn: 0), .scopeViolated),
      (.entries(from: 3, to: 2, firstColumn: 1, lastColumn: 0), .scopeViolated),
      (.range(by: CaptureObject(3, Self.importName), from: clock, to: clock, columns: []), .scopeViolated),
      (.range(by: .clock, from: .uint8(1), to: clock, columns: []), .typeUnmatched),
      (
        .range(by: .clock, from: clock, to: clock, columns: [CaptureObject(3, LogicalName(1, 0, 9, 8, 0))]),
        .scopeViolated
      ),
      (.other(1, .null), .typeUnmatched),
    ]
    for (selection, result) in cases {
      #expect(try bench.get(7, Self.halfHours, 2, selection) == .error(result))
    }
  }

  @Test("registers captured at each half-hour stand as they stood, resets and all")
  func standings() throws {
    let bench = try Self.bench { $0.profiles[0].columns = [.clock, .register(DLMSFixture.importRegister)] }
    let meter = bench.answering.meter
    meter.hold(2000, for: .hours(1))
    meter.set(.import, to: WattHours(5))
    meter.hold(2000, for: .hours(1))
    let rows = try #require(try bench.value(7, Self.halfHours)?.elements)
    // 1 kWh each half-hour; 5 Wh after the reset.
    #expect(
      rows.map { $0.elements?.last }
        == [12_346_678, 12_347_678, 1005, 2005].map { COSEMValue.uint32($0) })
  }

  @Test("daily snapshots are the registers at UTC midnight")
  func snapshots() throws {
    let bench = try Self.bench(hours: 50)
    let rows = try #require(try bench.value(7, LogicalName(1, 0, 99, 2, 0))?.elements)
    // 48 kWh a day.
    #expect(
      rows.map { $0.elements?.dropFirst().first } == [.uint32(12_393_678), .uint32(12_441_678)])
  }

  @Test("a compact array holds the rows that an array holds")
  func compact() throws {
    let plain = try Self.bench(hours: 5)
    let packed = try Self.bench(hours: 5) { $0.profiles[0].encoding = .compactArray }
    let rows = try #require(try plain.value(7, Self.halfHours))
    guard case .compactArray(let type, let packedRows) = try packed.value(7, Self.halfHours) else {
      return #expect(Bool(false))
    }
    #expect(type == .structure([.plain(.octets), .plain(.uint8), .plain(.uint32), .plain(.uint32)]))
    #expect(.array(packedRows) == rows)
  }

  @Test("null-data stands where a reader knows the value, and a gap has its stamp")
  func nulls() throws {
    let bench = try Self.bench(hours: 1) { $0.profiles[0].compressesNull = true }
    let meter = bench.answering.meter
    meter.setClock(to: meter.now + .hours(3))
    meter.hold(1000, for: .minutes(30))
    let rows = try #require(try bench.value(7, Self.halfHours)?.elements).map { $0.elements ?? [] }
    try #require(rows.count == 4)
    #expect(rows[0].allSatisfy { $0 != .null })
    #expect(rows[1] == [.null, .null, .null, .null])
    // The half-hour that was cut off had just begun: its own stamp, status 20 (clock adjusted), 0 Wh.
    #expect(rows[2] == [.null, .uint8(0x20), .uint32(0), .null])
    // Three hours on, 500 Wh; adjusted too.
    let stamp = COSEMDateTime(
      Fixture.start + .hours(4) + .minutes(30), offset: .zero, sign: .utcMinusLocal, status: [])
    #expect(rows[3] == [.octets(stamp.octets), .null, .uint32(500), .null])
  }
}
