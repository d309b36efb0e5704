// Registers and other single objects: value, scaler and unit make an exact decimal number.

public import Units
public import Wire

extension DLMSReader {
  /// Classes whose value is attribute 2 with a scaler and unit: register, extended register. A demand
  /// register keeps them elsewhere.
  private static let scalerAttribute: [UInt16: Int8] = [3: 3, 4: 3, 5: 4]

  /// The registers of these names, each with its unit, in order.
  public func registers(_ names: [LogicalName], classID: UInt16 = 3) throws(DialogueFailure) -> [MeterValue] {
    let wanted = names.flatMap { name -> [COSEMDescriptor] in
      let scaler = COSEMDescriptor(classID, name, Self.scalerAttribute[classID] ?? 3)
      return scalers[scaler] == nil
        ? [COSEMDescriptor(classID, name, 2), scaler]
        : [COSEMDescriptor(classID, name, 2)]
    }
    let results = try get(wanted)
    guard results.count == wanted.count else {
      throw failure(.unexpected, "fewer results than were asked for")
    }
    var values: [COSEMDescriptor: COSEMValue] = [:]
    for (item, result) in zip(wanted, results) {
      switch result {
      case .data(let value): values[item] = value
      case .error(let error): throw failure(error, of: item)
      }
    }
    var read: [MeterValue] = []
    for name in names {
      let descriptor = COSEMDescriptor(classID, name, Self.scalerAttribute[classID] ?? 3)
      if let given = values[descriptor] { scalers[descriptor] = try scaler(given, descriptor) }
      guard let raw = values[COSEMDescriptor(classID, name, 2)], let scaler = scalers[descriptor] else {
        throw failure(.absent, "\(name) gave no value")
      }
      read.append(try value(raw, scaler, address: name.description))
    }
    return read
  }

  /// One register.
  public func register(_ name: LogicalName, classID: UInt16 = 3) throws(DialogueFailure) -> MeterValue {
    guard let value = try registers([name], classID: classID).first else {
      throw failure(.absent, "\(name) gave no value")
    }
    return value
  }

  func scaler(_ value: COSEMValue, _ of: COSEMDescriptor) throws(DialogueFailure) -> ScalerUnit {
    guard let scaler = ScalerUnit(value) else { throw failure(.unreadable, "\(of): no scaler and unit") }
    return scaler
  }

  /// A number with its unit. Data that is no number is no value of a register.
  func value(_ raw: COSEMValue, _ scaler: ScalerUnit, address: String) throws(DialogueFailure) -> MeterValue {
    guard let whole = raw.whole, let number = scaler.number(whole) else {
      throw failure(.unreadable, "\(address): \(raw.tag) is no number")
    }
    return MeterValue(
      address: address, text: number.description, number: number, unit: scaler.unit.symbol,
      protection: protection)
  }

  /// What has no scaler: a number as it is, a text, or octets in hexadecimal digits.
  func value(plain raw: COSEMValue, address: String) -> MeterValue {
    if let whole = raw.whole {
      let number = DecimalText(mantissa: whole, decimals: 0)
      return MeterValue(address: address, text: number.description, number: number, protection: protection)
    }
    let octets = raw.string ?? raw.encoded
    return MeterValue(address: address, text: Self.text(octets), protection: protection)
  }

  /// Printable ASCII as it is, else hexadecimal digits.
  static func text(_ octets: [UInt8]) -> String {
    if !octets.isEmpty, octets.allSatisfy({ (0x20...0x7E).contains($0) }) {
      return String(decoding: octets, as: UTF8.self)
    }
    return octets.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: true) }.joined()
  }

  /// The objects that the meter lists for this client.
  public func objectList() throws(DialogueFailure) -> [COSEMObject] {
    let list = try get(AssociationObject.classID, AssociationObject.name, 2)
    guard let elements = list.elements else { throw failure(.unreadable, "the object list is no array") }
    let objects = elements.compactMap { COSEMObject($0) }
    guard objects.count == elements.count else {
      throw failure(.unreadable, "an element of the object list has another shape")
    }
    return objects
  }

  /// The logical device name.
  public func identity() throws(DialogueFailure) -> String {
    Self.text(try get(1, LogicalName(0, 0, 42, 0, 0), 2).string ?? [])
  }

  /// The meter's clock, and what it is in UTC where that can be told.
  public func clock() throws(DialogueFailure) -> (stamp: COSEMDateTime, instant: Instant?) {
    let value = try get(8, CaptureObject.clock.name, 2)
    guard let octets = value.string, let stamp = COSEMDateTime(octets) else {
      throw failure(.unreadable, "the clock is no date-time")
    }
    return (stamp, settings.stamps.instant(stamp))
  }

  /// One read of a meter: its name, registers (nil: all that it lists), and a profile's rows.
  public func read(
    registers names: [OBIS]? = nil, profile: OBIS? = nil, from: Instant? = nil, through: Instant? = nil
  ) throws(DialogueFailure) -> MeterReading {
    if session.state != .associated { try associate() }
    var reading = MeterReading(identity: try identity())
    if let names {
      reading.values = try registers(try names.map { (name) throws(DialogueFailure) in try logical(name) })
    } else {
      let listed = try objectList().filter { $0.classID == 3 }
      reading.values = try registers(listed.map(\.name))
    }
    if let profile {
      reading.profile = try self.profile(try logical(profile), from: from, through: through)
    }
    reading.remarks = remarks
    return reading
  }

  /// A short code is electricity on channel 0, of now: 1.8.0 is 1-0:1.8.0*255.
  public func logical(_ code: OBIS) throws(DialogueFailure) -> LogicalName {
    LogicalName(
      code.medium ?? 1, code.channel ?? 0, code.quantity, code.processing, code.rate,
      code.billingPeriod ?? 255)
  }
}
