// What a meter that keeps the logs of SMETS2 has more at a DLMS port, under the names of GBCS: three event
// logs (0-0:99.98.0, .1 and .4) with GBCS's codes and stamps in seconds, the averages of the voltage with
// their thresholds and counters, the load limit's counter, the export MPAN. Real ones say it inside GBCS
// messages; that they would say it here is a convention of this bench.

internal import Units
internal import Wire

extension DLMSObject {
  /// The names of GBCS.
  enum Name {
    static let exportMPAN = LogicalName(1, 0, 0, 0, 2)
    static let loadLimitCount = LogicalName(0, 0, 94, 44, 42)
    static let alertCode = LogicalName(0, 0, 96, 11, 0)
    static let detail = LogicalName(0, 0, 96, 11, 1)

    static func log(_ log: EventLog) -> LogicalName {
      switch log {
      case .events: LogicalName(0, 0, 99, 98, 0)
      case .security: LogicalName(0, 0, 99, 98, 1)
      case .power: LogicalName(0, 0, 99, 98, 4)
      }
    }

    /// Phases 1, 2, 3 have 32, 52, 72.
    static func voltage(_ phase: Int, _ quantity: UInt8, _ last: UInt8 = 4) -> LogicalName {
      LogicalName(1, 0, UInt8(12 + 20 * phase), quantity, 0, last)
    }
  }

  /// Objects that only a meter with such logs has.
  static func ofGreatBritain(_ port: DLMSPort, _ meter: Meter) -> [DLMSObject] {
    var all: [DLMSObject] = []
    if port.eventLogEntries > 0, meter.eventBook.isSplit {
      all += EventLog.allCases.filter { meter.eventBook.capacity($0) > 0 }.map { log in
        DLMSObject(object: buffer(Name.log(log)), shows: .events(log))
      }
    }
    if meter.profile.remote, meter.profile.hasExportRegister {
      all.append(live(1, Name.exportMPAN) { .octets(Array(($0.exportMPAN ?? "").utf8)) })
    }
    guard meter.watchesVoltage else { return all }
    all.append(live(3, Name.loadLimitCount) { .uint32($0.loadLimitCount) })
    for phase in 1...meter.profile.phases {
      all.append(DLMSObject(object: buffer(Name.voltage(phase, 24, 255)), shows: .averages(phase)))
      all += voltage(of: phase)
    }
    return all
  }

  private static func voltage(of phase: Int) -> [DLMSObject] {
    [
      live(1, Name.voltage(phase, 35)) {
        .uint32(UInt32(clamping: ($0.voltageLimits?.averageOver ?? 0) / 1000))
      },
      live(1, Name.voltage(phase, 31)) {
        .uint32(UInt32(clamping: ($0.voltageLimits?.averageUnder ?? 0) / 1000))
      },
      live(3, Name.voltage(phase, 36)) { .uint32($0.voltageCounters(phase: phase).over) },
      live(3, Name.voltage(phase, 32)) { .uint32($0.voltageCounters(phase: phase).under) },
    ]
  }

  /// One value that is looked up when it is asked for; a register (class 3) counts (unit 255).
  private static func live(
    _ classID: UInt16, _ name: LogicalName, _ value: @escaping (Meter) -> COSEMValue
  ) -> DLMSObject {
    DLMSObject(object: object(classID, name, classID == 3 ? 3 : 2), shows: .live(value))
  }
}

extension DLMSDevice {
  /// Attribute 2 or 3 of a value that is looked up.
  func liveValue(_ value: (Meter) -> COSEMValue, _ index: Int8) throws(DataAccessResult) -> COSEMValue {
    switch index {
    case 2: return value(meter)
    case 3: return ScalerUnit(scaler: 0, unit: COSEMUnit(rawValue: 255)).value
    default: throw .readWriteDenied
    }
  }

  /// An event log by GBCS: seconds, code, and in the power event log 32 bits more. What has no code is not
  /// told here.
  func eventBuffer(_ log: EventLog) -> DLMSBuffer {
    let events = (meter.events(in: log) ?? []).filter { $0.alert != nil }
    var columns = [
      DLMSBuffer.Column(captures: .clock, type: .uint32, value: nil, packedOctets: 4),
      DLMSBuffer.Column(
        captures: CaptureObject(1, DLMSObject.Name.alertCode), type: .uint16,
        value: { .uint16(events[$0].alert ?? 0) }, packedOctets: 2),
    ]
    if log == .power {
      columns.append(
        DLMSBuffer.Column(
          captures: CaptureObject(1, DLMSObject.Name.detail), type: .uint32,
          value: { .uint32(events[$0].detail) }, packedOctets: 4))
    }
    return buffer(columns, of: events.map(\.stamp), period: 0, capacity: meter.eventBook.capacity(log))
  }

  /// The averages of a phase, in tenths of a volt (the scale is our assumption).
  func averageBuffer(_ phase: Int) -> DLMSBuffer {
    let averages = meter.averageVoltages(
      phase: phase, from: Instant(microseconds: .min), through: .distantFuture)
    let column = DLMSBuffer.Column(
      captures: CaptureObject(1, DLMSObject.Name.voltage(phase, 24, 255)), type: .uint32,
      value: { .uint32(UInt32(clamping: averages[$0].decivolts)) }, packedOctets: 4)
    let period = (meter.voltageLimits?.averagePeriod.microseconds ?? 0) / 1_000_000
    return buffer(
      [DLMSBuffer.Column(captures: .clock, type: .uint32, value: nil, packedOctets: 4), column],
      of: averages.map(\.stamp), period: UInt32(clamping: period),
      capacity: meter.profile.voltageQuality?.entries ?? 0)
  }

  private func buffer(
    _ columns: [DLMSBuffer.Column], of stamps: [Instant], period: UInt32, capacity: Int
  ) -> DLMSBuffer {
    DLMSBuffer(
      columns: columns, count: stamps.count, stamp: { stamps[$0] },
      written: { .uint32(UInt32(clamping: $0.seconds)) }, period: period, capacity: capacity,
      encoding: .array, compressesNull: false)
  }
}
