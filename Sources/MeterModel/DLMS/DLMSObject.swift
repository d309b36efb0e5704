// The table of objects: class, name, rights, and where each gets its attributes from. The names are those of
// IEC 62056-6-1; versions and attributes those of 62056-6-2.

internal import Units
internal import Wire

/// An object and what it shows.
struct DLMSObject {
  enum Shows {
    /// Attributes that never change.
    case fixed([Int8: COSEMValue])
    case status
    case register(DLMSRegister)
    /// The last half-hour's energy, as the profile captures it.
    case interval(RegisterRole)
    case clock
    case profile(DLMSProfile)
    case eventLog
    case supply
    /// An event log of a meter that keeps three, and the averages of a phase's voltage.
    case events(EventLog)
    case averages(Int)
    /// One value, looked up when it is asked for.
    case live((Meter) -> COSEMValue)
    /// Import by time of use, a billing or daily log of it, and the daily consumption.
    case timeOfUse(Int)
    case billing(TariffStand.Trigger)
    case dailyConsumption
  }

  let object: COSEMObject
  let shows: Shows
  /// Whether a client with open rights sees it.
  var isOpen = false

  static let status = LogicalName(0, 0, 96, 10, 1)
  static let clock = LogicalName(0, 0, 1, 0, 0)
  static let eventLog = LogicalName(0, 0, 99, 98, 0)
  static let eventCode = LogicalName(0, 0, 96, 11, 0)
  static let disconnect = LogicalName(0, 0, 96, 3, 10)

  /// 1-0:C.29.0*255: energy of the profile's interval.
  static func interval(_ role: RegisterRole) -> LogicalName? {
    role.obis.map { LogicalName(1, $0.channel ?? 0, $0.quantity, 29, 0) }
  }

  static func all(of port: DLMSPort, _ meter: Meter) -> [DLMSObject] {
    var all = names(of: port, meter) + lines(of: port, meter)
    if meter.profile.clock != nil {
      all.append(
        DLMSObject(
          object: COSEMObject(
            8, clock, attributes: [.init(1), .init(2, .readWrite)] + (3...9).map { .init($0) }),
          shows: .clock, isOpen: true))
    }
    for register in port.registers {
      guard let name = LogicalName(register.name) else { continue }
      all.append(DLMSObject(object: object(3, name, 3), shows: .register(register)))
    }
    for role in intervals(of: port) {
      guard let name = interval(role) else { continue }
      all.append(DLMSObject(object: object(3, name, 3), shows: .interval(role)))
    }
    for profile in port.profiles {
      guard let name = LogicalName(profile.name) else { continue }
      all.append(DLMSObject(object: buffer(name), shows: .profile(profile)))
    }
    if port.profiles.contains(where: { $0.columns.contains(.status) }) {
      all.append(DLMSObject(object: object(1, status, 2), shows: .status))
    }
    if port.eventLogEntries > 0, !meter.eventBook.isSplit {
      all.append(DLMSObject(object: buffer(eventLog), shows: .eventLog))
    }
    return all + ofGreatBritain(port, meter) + ofTariff(port, meter)
  }

  private static func intervals(of port: DLMSPort) -> [RegisterRole] {
    RegisterRole.allCases.filter { role in
      port.profiles.contains { $0.columns.contains(.interval(role)) }
    }
  }

  /// An object whose attributes 1 to `last` can be read.
  static func object(_ classID: UInt16, version: UInt8 = 0, _ name: LogicalName, _ last: Int8)
    -> COSEMObject
  {
    COSEMObject(classID, version: version, name, attributes: (1...last).map { .init($0) })
  }

  static func buffer(_ name: LogicalName) -> COSEMObject {
    COSEMObject(
      7, version: 1, name, attributes: [.init(1), .init(2, selectors: [1, 2])] + (3...8).map { .init($0) })
  }

  /// Names and versions, readable by all.
  private static func names(of port: DLMSPort, _ meter: Meter) -> [DLMSObject] {
    let serial = COSEMValue.octets(Array(meter.serial.utf8))
    let device = DLMSNames(port: port, serial: meter.serial)
    let texts: [(LogicalName, COSEMValue)] = [
      (LogicalName(0, 0, 42, 0, 0), .octets(device.logicalDeviceName)), (LogicalName(0, 0, 96, 1, 0), serial),
      (LogicalName(1, 0, 0, 0, 0), serial),
      (LogicalName(1, 0, 0, 2, 0), .octets(Array(port.firmware.utf8))),
    ]
    return texts.map { name, value in
      DLMSObject(object: object(1, name, 2), shows: .fixed([2: value]), isOpen: true)
    }
  }

  /// How it is connected: SAP, HDLC, the switch.
  private static func lines(of port: DLMSPort, _ meter: Meter) -> [DLMSObject] {
    let device = DLMSNames(port: port, serial: meter.serial)
    let address = port.wrapper?.port ?? port.hdlc?.logicalAddress ?? 1
    let assignment = COSEMValue.structure([.uint16(address), .octets(device.logicalDeviceName)])
    var all = [
      DLMSObject(
        object: object(17, LogicalName(0, 0, 41, 0, 0), 2), shows: .fixed([2: .array([assignment])]),
        isOpen: true)
    ]
    if let hdlc = port.hdlc {
      all.append(
        DLMSObject(
          object: object(23, version: 1, LogicalName(0, 0, 22, 0, 0), 9), shows: .fixed(hdlc.attributes)))
    }
    if port.hasDisconnectControl {
      all.append(
        DLMSObject(
          object: COSEMObject(70, disconnect, attributes: (1...4).map { .init($0) }, methods: [1, 2]),
          shows: .supply))
    }
    return all
  }
}

extension DLMSHDLC {
  /// Class 23: the standard's numbers of speeds, then sizes and times.
  fileprivate var attributes: [Int8: COSEMValue] {
    let speeds = [300, 600, 1200, 2400, 4800, 9600, 19_200, 38_400, 57_600, 115_200]
    let speed = UInt8(clamping: speeds.firstIndex(of: baud) ?? 5)
    let seconds = UInt16(clamping: inactivity.microseconds / 1_000_000)
    return [
      2: .enumerated(speed), 3: .uint8(window), 4: .uint8(window), 5: .uint16(maximumInformation),
      6: .uint16(maximumInformation), 7: .uint16(25), 8: .uint16(seconds),
      9: .uint16(physicalAddress ?? logicalAddress),
    ]
  }
}
