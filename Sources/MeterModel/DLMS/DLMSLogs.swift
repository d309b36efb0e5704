// Where the rows of profiles come from: the meter's half-hours, its daily snapshots, its events.

internal import Units
internal import Wire

extension DLMSDevice {
  private typealias Column = DLMSBuffer.Column

  /// The rows of a profile now.
  func buffer(_ profile: DLMSProfile) -> DLMSBuffer {
    profile.period == 86_400 ? daily(profile) : halfHourly(profile)
  }

  private func halfHourly(_ profile: DLMSProfile) -> DLMSBuffer {
    let used = logs(of: profile)
    // All logs take their entries together; they differ only in how far back they reach.
    let kept = used.map(kept(of:)).min() ?? 0
    let count = min(kept, profile.entries ?? kept)
    let capacity = used.map(\.halfHours.capacity).min() ?? 0
    let (meter, flaws) = (meter, meter.measuring.log)
    let stamps = used.first.map { log in
      let start = log.halfHours.count - count
      return { (row: Int) in meter.told(log.halfHours[start + row].period.end) }
    }
    let stamp = stamps ?? { _ in .epoch }
    let columns = profile.columns.compactMap { column -> Column? in
      switch column {
      case .clock: return stampColumn(profile.stamp)
      case .status: return statusColumn(stamp)
      case .interval(let role):
        guard let log = used.first(where: { $0.role == role }), let name = DLMSObject.interval(role) else {
          return nil
        }
        let start = log.halfHours.count - count
        let number = self.intervalNumber
        return Column(
          captures: CaptureObject(3, name), type: number(0).tag,
          value: { row in
            let entry = log.halfHours[start + flaws.source(of: row, among: count)]
            return number(Int32(clamping: flaws.shown(WattHours(Int64(entry.energy))).value))
          }, packedOctets: 4)
      case .register(let name):
        return registerColumn(
          name,
          used.map { log in
            let start = log.standings.count - count
            return (log.role, { log.standings[start + flaws.source(of: $0, among: count)] })
          })
      }
    }
    return made(profile, columns, count, min(capacity, profile.entries ?? capacity), stamp)
  }

  /// How many of a log's newest half-hours are there (MF-02 has written over the others).
  private func kept(of log: MeterLog) -> Int {
    let (count, flaws, now) = (log.halfHours.count, meter.measuring.log, meter.ownReading)
    guard flaws.depth != nil else { return count }
    return (0..<count).prefix { flaws.keeps(log.halfHours[count - 1 - $0].period.end, at: now) }.count
  }

  private func daily(_ profile: DLMSProfile) -> DLMSBuffer {
    let used = logs(of: profile)
    let kept = used.map(\.snapshots.count).min() ?? 0
    let count = min(kept, profile.entries ?? kept)
    let capacity = used.map(\.snapshots.capacity).min() ?? 0
    let stamps = used.first.map { log in
      let start = log.snapshots.count - count
      return { [meter] (row: Int) in meter.told(log.snapshots[start + row].stamp) }
    }
    let stamp = stamps ?? { _ in .epoch }
    let columns = profile.columns.compactMap { column -> Column? in
      switch column {
      case .clock: return stampColumn(profile.stamp)
      case .status: return statusColumn(stamp)
      case .interval: return nil
      case .register(let name):
        return registerColumn(
          name,
          used.map { log in
            let start = log.snapshots.count - count
            return (log.role, { log.snapshots[start + $0].value })
          })
      }
    }
    return made(profile, columns, count, min(capacity, profile.entries ?? capacity), stamp)
  }

  /// The logs that a profile's columns are made of; the import log where it has the clock alone.
  private func logs(of profile: DLMSProfile) -> [MeterLog] {
    var roles: Set<RegisterRole> = []
    for column in profile.columns {
      switch column {
      case .clock, .status: break
      case .interval(let role): roles.insert(role)
      case .register(let name):
        guard let shown = port.registers.first(where: { $0.name == name }) else { break }
        roles.formUnion(meter.profile.roles(of: shown.quantity))
      }
    }
    if roles.isEmpty { roles = [.import] }
    return meter.logs.filter { roles.contains($0.role) }
  }

  private func stampColumn(_ stamp: DLMSProfile.Stamp) -> Column {
    stamp == .seconds
      ? Column(captures: .clock, type: .uint32, value: nil, packedOctets: 4)
      : Column(captures: .clock, type: .octets, value: nil, packedOctets: 13)
  }

  private func statusColumn(_ stamp: @escaping (Int) -> Instant) -> Column {
    let (face, adjusted) = (clockFace(), adjustments)
    return Column(
      captures: CaptureObject(1, DLMSObject.status), type: .uint8,
      value: { [unowned self] in .uint8(rowStatus(face, stamp($0), adjusted: adjusted)) }, packedOctets: 1)
  }

  private func registerColumn(_ name: OBIS, _ values: [(RegisterRole, (Int) -> WattHours)]) -> Column? {
    guard let shown = port.registers.first(where: { $0.name == name }), let logical = LogicalName(name) else {
      return nil
    }
    let roles = meter.profile.roles(of: shown.quantity)
    let parts = roles.compactMap { role in values.first { $0.0 == role }?.1 }
    guard parts.count == roles.count else { return nil }
    let value = { (row: Int) -> COSEMValue in
      let sum = shown.sum(parts.map { $0(row) }) ?? .zero
      return shown.encode(shown.steps(Int128(sum.value), thousandths: false))
    }
    let isWide = shown.width == .uint64 || shown.width == .int64
    return Column(
      captures: CaptureObject(3, logical), type: shown.encode(0).tag, value: value,
      packedOctets: isWide ? 8 : 4)
  }

  private func made(
    _ profile: DLMSProfile, _ columns: [Column], _ count: Int, _ capacity: Int,
    _ stamp: @escaping (Int) -> Instant
  ) -> DLMSBuffer {
    let face = clockFace()
    let inSeconds = profile.stamp == .seconds
    return DLMSBuffer(
      columns: columns, count: count, stamp: stamp,
      written: {
        inSeconds ? .uint32(UInt32(clamping: $0.seconds)) : .octets(face.stamp($0).octets)
      }, period: profile.period, capacity: capacity, encoding: profile.encoding,
      compressesNull: profile.compressesNull, hidesGaps: faults.hidesGaps != nil)
  }

  /// The event log: clock and code.
  func eventBuffer() -> DLMSBuffer {
    let events = Array(meter.events.suffix(port.eventLogEntries))
    let face = clockFace()
    let code = Column(
      captures: CaptureObject(1, DLMSObject.eventCode), type: .uint8,
      value: { .uint8(events[$0].code.rawValue) }, packedOctets: 1)
    return DLMSBuffer(
      columns: [stampColumn(.dateTime), code], count: events.count,
      stamp: { [meter] in meter.told(events[$0].stamp) },
      written: { .octets(face.stamp($0).octets) }, period: 0, capacity: port.eventLogEntries,
      encoding: .array,
      compressesNull: false)
  }
}
