// A channel straight into a COSEM server with a few objects: no frames, no line, and losses where a test
// wants them.

import HeadEnd
import Units
import Wire

/// A meter of a few objects: two registers and a profile of half-hours.
final class DLMSMeterStub: COSEMObjects {
  static let start = Instant(seconds: 1_777_593_600)
  static let profile = LogicalName(1, 0, 99, 1, 0)
  static let importName = LogicalName(1, 0, 1, 8, 0)
  static let exportName = LogicalName(1, 0, 2, 8, 0)

  /// Rows of stamp and import in tenths of a Wh; a test may put null in place of either.
  var rows: [[COSEMValue]] = []
  var period: UInt32 = 1800
  var capture = [CaptureObject.clock, CaptureObject(3, importName)]
  var values: [COSEMDescriptor: COSEMValue] = [
    COSEMDescriptor(3, importName, 2): .uint32(1_234_567),
    COSEMDescriptor(3, importName, 3): .structure([.int8(-1), .enumerated(30)]),
    COSEMDescriptor(3, exportName, 2): .uint64(42),
    COSEMDescriptor(3, exportName, 3): .structure([.int8(3), .enumerated(30)]),
    COSEMDescriptor(1, LogicalName(0, 0, 42, 0, 0), 2): .octets(Array("BSP0000000000007".utf8)),
  ]

  static func stamp(_ number: Int, _ deviation: Int16? = 0) -> COSEMValue {
    var stamp = COSEMDateTime(
      start + .minutes(Int64(number) * 30), offset: .zero, sign: .utcMinusLocal, status: [])
    stamp.deviation = deviation
    return .octets(stamp.octets)
  }

  func fill(_ count: Int) {
    rows = (1...count).map { [Self.stamp($0), .uint32(UInt32($0) * 10)] }
  }

  func objects(for client: UInt8) -> [COSEMObject] {
    let names = Set(values.keys.map { COSEMDescriptor($0.classID, $0.name, 0) })
    let profile = COSEMObject(
      7, Self.profile,
      attributes: [.init(2, selectors: [1, 2]), .init(3), .init(4)])
    return names.map { COSEMObject($0.classID, $0.name, attributes: [.init(2), .init(3), .init(4)]) } + [
      profile
    ]
  }

  func get(_ item: COSEMItem, client: UInt8, at instant: Instant) throws(DataAccessResult) -> COSEMAnswer {
    if item.attribute.name == Self.profile {
      switch item.attribute.index {
      case 3: return .value(.array(capture.map(\.value)))
      case 4: return .value(.uint32(period))
      default: return .value(.array(chosen(item.selection).map { .structure($0) }))
      }
    }
    guard let value = values[item.attribute] else { throw .objectUnavailable }
    return .value(value)
  }

  private func chosen(_ selection: COSEMSelection?) -> [[COSEMValue]] {
    switch selection {
    case .range(_, let from, let to, _):
      let rule = DLMSStampRule()
      func instant(_ value: COSEMValue) -> Instant? {
        value.string.flatMap { COSEMDateTime($0) }.flatMap(rule.instant)
      }
      var last = Self.start
      return rows.filter { row in
        last = instant(row[0]) ?? (row[0] == .null ? last + .minutes(30) : last)
        return last >= instant(from) ?? .epoch && last <= instant(to) ?? .distantFuture
      }
    case .entries(let from, let to, _, _):
      return Array(rows[(Int(from) - 1)..<(to == 0 ? rows.count : min(Int(to), rows.count))])
    default: return rows
    }
  }

  func set(_ item: COSEMItem, to value: COSEMValue, client: UInt8, at: Instant) throws(DataAccessResult) {
    throw .readWriteDenied
  }

  func call(_ method: COSEMDescriptor, with value: COSEMValue?, client: UInt8, at: Instant)
    throws(DataAccessResult) -> COSEMValue?
  {
    throw .readWriteDenied
  }

  func authenticationFailed(client: UInt8, at: Instant) {}
  func challenge(for client: UInt8) -> [UInt8] { Array("0123456789ABCDEF".utf8) }
}

/// A channel with losses and changes on its way.
final class StubChannel: PDUChannel {
  let server: COSEMServer
  let client: UInt16
  var now = DLMSMeterStub.start
  var protection = MeterValue.Protection.unprotected
  var remarks: [String] = []
  /// How many exchanges there were.
  private(set) var exchanges = 0
  private(set) var opened = 0
  /// Exchanges, counted from 1, whose answer is lost with the link.
  var lost: Set<Int> = []
  /// What becomes of an answer on its way.
  var change: (Int, [UInt8]) -> [UInt8] = { $1 }

  init(_ server: COSEMServer, client: UInt16) { (self.server, self.client) = (server, client) }

  func open() throws(DialogueFailure) {
    opened += 1
    server.linkOpened(client: client, at: now)
  }

  func exchange(_ pdu: [UInt8]) throws(DialogueFailure) -> [UInt8] {
    exchanges += 1
    let answer = server.answer(pdu, client: client, server: 1, at: now) ?? []
    if lost.contains(exchanges) { throw DialogueFailure(.silence, "no byte came", at: now) }
    return change(exchanges, answer)
  }

  func close() { server.linkClosed(client: client, at: now) }
}

/// A stub, its server, a channel and a reader.
struct DLMSRig {
  static let keys = COSEMKeys(
    encryption: [UInt8](0..<16), authentication: [UInt8](0xD0...0xDF))

  let meter = DLMSMeterStub()
  let channel: StubChannel
  let reader: DLMSReader

  /// - Parameter client: 16 without security, 32 with a password, 48 with GMAC and ciphering.
  init(
    client: UInt8 = 16, maximumPDU: UInt16 = 0xFFFF, conformance: COSEMConformance = .all,
    counter: UInt32 = 1, _ change: (inout DLMSReader.Settings) -> Void = { _ in }
  ) {
    let password = Array("12345678".utf8)
    let server = COSEMServer(
      settings: COSEMServer.Settings(systemTitle: Array("BSP00007".utf8), conformance: conformance),
      clients: [
        COSEMClientEntry(address: 16),
        COSEMClientEntry(address: 32, mechanism: .low, password: password),
        COSEMClientEntry(address: 48, mechanism: .gmac, keys: Self.keys, policy: .both),
      ], objects: meter)
    channel = StubChannel(server, client: UInt16(client))
    var settings = DLMSReader.Settings()
    settings.session.maximumPDU = maximumPDU
    switch client {
    case 32: (settings.session.mechanism, settings.session.password) = (.low, password)
    case 48:
      settings.session.mechanism = .gmac
      settings.session.keys = Self.keys
      settings.session.policy = .both
      settings.session.systemTitle = Array("BSPREADR".utf8)
      settings.session.challenge = Array("ABCDEFGHIJKLMNOP".utf8)
    default: break
    }
    change(&settings)
    reader = DLMSReader(channel: channel, settings: settings, counter: counter)
  }
}
