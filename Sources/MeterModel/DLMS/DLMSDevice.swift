// The logical device behind a DLMS port: which objects there are, with which rights, and what each attribute
// shows of the meter (IEC 62056-6-1 names, 62056-6-2 classes). It frames nothing and waits for nothing.

internal import Timeline
public import Units
public import Wire

/// A meter as its DLMS side sees it.
public final class DLMSDevice: COSEMObjects {
  public let meter: Meter
  public let port: DLMSPort
  /// Faults of this port that are present.
  var faults = DLMSPresentFaults()
  private let table: [DLMSObject]
  private var byName: [LogicalName: [Int]] = [:]
  private let challenges: RandomStream
  private var challengesGiven: UInt64 = 0

  /// A port without objections on the meter's profile; what could not be shown is left out.
  public init(meter: Meter, port: DLMSPort) {
    (self.meter, self.port) = (meter, port)
    challenges = meter.stream.stream("dlms-challenge")
    table = DLMSObject.all(of: port, meter)
    for (place, one) in table.enumerated() { byName[one.object.name, default: []].append(place) }
  }

  public var logicalDeviceName: [UInt8] { DLMSNames(port: port, serial: meter.serial).logicalDeviceName }
  /// 8 octets.
  public var systemTitle: [UInt8] { DLMSNames(port: port, serial: meter.serial).systemTitle }

  // MARK: COSEMObjects

  public func objects(for client: UInt8) -> [COSEMObject] {
    guard let rights = port.client(client)?.rights else { return [] }
    return table.filter { $0.isOpen || rights != .open }.map { one in
      guard rights != .management else { return one.object }
      var object = one.object
      object.methods = []
      for place in object.attributes.indices where object.attributes[place].access == .readWrite {
        object.attributes[place].access = .read
      }
      return object
    }
  }

  public func get(_ item: COSEMItem, client: UInt8, at instant: Instant) throws(DataAccessResult)
    -> COSEMAnswer
  {
    let object = try shown(item.attribute)
    if item.attribute.index == 1 { return .value(.octets(item.attribute.name.octets)) }
    switch object.shows {
    case .fixed(let values):
      guard let value = values[item.attribute.index] else { throw .readWriteDenied }
      return .value(value)
    case .status: return .value(.uint8(rowStatus(clockFace(), meter.told(meter.clock(at: instant)))))
    case .register(let register): return .value(try value(of: register, item.attribute.index))
    case .interval(let role): return .value(try intervalValue(role, item.attribute.index))
    case .clock: return .value(try clockValue(item.attribute.index, at: instant))
    case .profile(let profile): return try answer(item, from: buffer(profile))
    case .eventLog: return try answer(item, from: eventBuffer())
    case .supply: return .value(try supplyValue(item.attribute.index))
    case .events(let log): return try answer(item, from: eventBuffer(log))
    case .averages(let phase): return try answer(item, from: averageBuffer(phase))
    case .timeOfUse(let number): return .value(try timeOfUseValue(number, item.attribute.index))
    case .billing(let trigger): return try answer(item, from: billingBuffer(trigger))
    case .dailyConsumption: return try answer(item, from: dailyConsumptionBuffer())
    case .live(let value): return .value(try liveValue(value, item.attribute.index))
    }
  }

  public func set(_ item: COSEMItem, to value: COSEMValue, client: UInt8, at instant: Instant)
    throws(DataAccessResult)
  {
    guard case .clock = try shown(item.attribute).shows, item.attribute.index == 2 else {
      throw .readWriteDenied
    }
    guard let octets = value.string, let stamp = COSEMDateTime(octets) else { throw .typeUnmatched }
    guard let reading = DLMSClockFace(port.clock).instant(stamp, latest: false) else { throw .scopeViolated }
    guard meter.setClock(to: reading) else { throw .hardwareFault }
  }

  /// Class 70: 1 remote_disconnect, 2 remote_reconnect, each with the integer 0.
  public func call(_ method: COSEMDescriptor, with value: COSEMValue?, client: UInt8, at instant: Instant)
    throws(DataAccessResult) -> COSEMValue?
  {
    guard case .supply = try shown(method).shows, let state = Self.switching[method.index] else {
      throw .readWriteDenied
    }
    guard value == .int8(0) else { throw .typeUnmatched }
    meter.setSupply(state)
    return nil
  }

  private static let switching: [Int8: SupplyState] = [1: .disconnected, 2: .connected]

  /// Attributes of class 70: output_state, control_state, control_mode.
  private func supplyValue(_ index: Int8) throws(DataAccessResult) -> COSEMValue {
    switch index {
    case 2: return .boolean(meter.supply == .connected)
    case 3: return .enumerated(meter.supply.rawValue)
    case 4: return .enumerated(4)
    default: throw .readWriteDenied
    }
  }

  public func authenticationFailed(client: UInt8, at instant: Instant) {
    meter.note(.authenticationFailed, at: meter.clock(at: instant))
  }

  public func challenge(for client: UInt8) -> [UInt8] {
    defer { challengesGiven += 1 }
    let stream = challenges.stream("client-\(client)")
    return [challengesGiven * 2, challengesGiven * 2 + 1].flatMap { draw in
      let bits = stream.bits(draw)
      return [56, 48, 40, 32, 24, 16, 8, 0].map { UInt8(truncatingIfNeeded: bits >> $0) }
    }
  }

  private func shown(_ named: COSEMDescriptor) throws(DataAccessResult) -> DLMSObject {
    let places = byName[named.name] ?? []
    guard let place = places.first(where: { table[$0].object.classID == named.classID }) else {
      throw .objectUndefined
    }
    return table[place]
  }
}
