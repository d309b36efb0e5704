// What a SMETS2 meter counts of import at a DLMS port: registers by time of use under the rates of IEC
// 62056-6-1, the billing data logs (0-0:98.1.0 by calendar, 98.1.2 by change), the daily read log (98.1.9)
// and the daily consumption (99.1.3) under the names of GBCS, with its capacities. GBCS packs a row's
// registers otherwise, encrypted, and real meters say it inside its messages: that it is said here, a column
// for each register, is a convention of this bench.

internal import Units
internal import Wire

extension DLMSObject.Name {
  static let billingByCalendar = LogicalName(0, 0, 98, 1, 0)
  static let billingByChange = LogicalName(0, 0, 98, 1, 2)
  static let dailyReads = LogicalName(0, 0, 98, 1, 9)
  static let dailyConsumption = LogicalName(0, 0, 99, 1, 3)
  static let importRegister = LogicalName(1, 0, 1, 8, 0)

  /// Import of a time of use.
  static func timeOfUse(_ number: Int) -> LogicalName { LogicalName(1, 0, 1, 8, UInt8(clamping: number)) }

  /// The register monitor of the blocks of a time of use (GBCS: Tariff Threshold Matrix Blocks TOU1…8).
  static func blocks(_ time: Int) -> LogicalName { LogicalName(0, 0, 16, 1, UInt8(clamping: 10 + time)) }
}

extension DLMSObject {
  /// Objects of a SMETS2 meter that has a tariff and the logs of SMETS2; those that the port names itself are
  /// left to it.
  static func ofTariff(_ port: DLMSPort, _ meter: Meter) -> [DLMSObject] {
    guard meter.profile.kind == .smets2, meter.tariff != nil, meter.eventBook.isSplit else { return [] }
    var all = (1...meter.profile.timeOfUseRegisters).map { number in
      DLMSObject(object: object(3, Name.timeOfUse(number), 3), shows: .timeOfUse(number))
    }
    let logs: [(LogicalName, TariffStand.Trigger)] = [
      (Name.billingByCalendar, .calendar), (Name.billingByChange, .tariff), (Name.dailyReads, .midnight),
    ]
    all += logs.map { DLMSObject(object: buffer($0), shows: .billing($1)) }
    all.append(DLMSObject(object: buffer(Name.dailyConsumption), shows: .dailyConsumption))
    let named = Set(
      port.registers.compactMap { LogicalName($0.name) } + port.profiles.compactMap { LogicalName($0.name) })
    return all.filter { !named.contains($0.object.name) }
  }
}

extension DLMSDevice {
  /// A register by time of use: value, and Wh.
  func timeOfUseValue(_ number: Int, _ index: Int8) throws(DataAccessResult) -> COSEMValue {
    switch index {
    case 2: return Self.wattHours(meter.tariffStand?.register(number) ?? .zero)
    case 3: return ScalerUnit(scaler: 0, unit: .wattHour).value
    default: throw .readWriteDenied
    }
  }

  /// A log of rows of import: the clock, the register, each time of use, then four blocks of each of eight.
  func billingBuffer(_ trigger: TariffStand.Trigger) -> DLMSBuffer {
    let rows = meter.readBilling(trigger, from: Instant(microseconds: .min), through: .distantFuture)
    var columns = [
      DLMSBuffer.Column(captures: .clock, type: .uint32, value: nil, packedOctets: 4),
      Self.column(DLMSObject.Name.importRegister) { rows[$0].total },
    ]
    for number in 1...meter.profile.timeOfUseRegisters {
      columns.append(Self.column(DLMSObject.Name.timeOfUse(number)) { rows[$0].register(number) })
    }
    for time in 1...MeterTariff.timesWithBlocks {
      for block in 1...MeterTariff.blocks {
        columns.append(
          Self.column(DLMSObject.Name.blocks(time), 21, UInt16(block)) { rows[$0].block(block, time: time) })
      }
    }
    let capacity = trigger == .midnight ? TariffBook.dailyRows : TariffBook.billingRows
    return Self.buffer(columns, of: rows.map(\.stamp), capacity: capacity)
  }

  func dailyConsumptionBuffer() -> DLMSBuffer {
    let rows = meter.readDailyConsumption(from: Instant(microseconds: .min), through: .distantFuture)
    let columns = [
      DLMSBuffer.Column(captures: .clock, type: .uint32, value: nil, packedOctets: 4),
      Self.column(DLMSObject.Name.dailyConsumption, 1) { rows[$0].energy },
    ]
    return Self.buffer(columns, of: rows.map(\.stamp), capacity: TariffBook.consumptionRows)
  }

  private static func column(
    _ name: LogicalName, _ classID: UInt16 = 3, _ place: UInt16 = 0, _ energy: @escaping (Int) -> WattHours
  ) -> DLMSBuffer.Column {
    DLMSBuffer.Column(
      captures: CaptureObject(classID, name, dataIndex: place), type: .uint32,
      value: { wattHours(energy($0)) }, packedOctets: 4)
  }

  private static func wattHours(_ energy: WattHours) -> COSEMValue {
    .uint32(UInt32(truncatingIfNeeded: energy.value))
  }

  private static func buffer(
    _ columns: [DLMSBuffer.Column], of stamps: [Instant], capacity: Int
  ) -> DLMSBuffer {
    DLMSBuffer(
      columns: columns, count: stamps.count, stamp: { stamps[$0] },
      written: { .uint32(UInt32(clamping: $0.seconds)) }, period: 0, capacity: capacity, encoding: .array,
      compressesNull: false)
  }
}
