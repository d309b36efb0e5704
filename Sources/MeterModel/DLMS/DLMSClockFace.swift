// The clock as DLMS shows it: the meter's own time in UTC or London time, its deviation written by one of the
// two readings of the standard, or not at all (IEC 62056-6-2, class 8 and section 4.1.6.1).

internal import Units
internal import Wire

/// Turns instants of the meter's clock into date-times and back.
struct DLMSClockFace {
  private let clock: DLMSClock

  init(_ clock: DLMSClock) { self.clock = clock }

  func offset(at instant: Instant) -> TimeSpan {
    clock.zone == .london ? LondonClock.offset(at: instant) : .zero
  }

  var sign: COSEMDateTime.Sign? {
    switch clock.deviation {
    case .utcMinusLocal: .utcMinusLocal
    case .localMinusUTC: .localMinusUTC
    case .unspecified: nil
    }
  }

  func stamp(_ instant: Instant) -> COSEMDateTime {
    let offset = offset(at: instant)
    let status: COSEMDateTime.Status =
      !clock.statesStatus ? .unspecified : offset > .zero ? .summerTime : []
    return COSEMDateTime(instant, offset: offset, sign: sign, status: status)
  }

  /// The instant that a date-time from outside means: by its deviation, else by the clock's own zone. In the
  /// hour that comes twice the first, or the last, is meant.
  func instant(_ stamp: COSEMDateTime, latest: Bool) -> Instant? {
    if let instant = stamp.instant(sign ?? .utcMinusLocal) { return instant }
    guard let local = stamp.asUTC else { return nil }
    guard clock.zone == .london else { return local }
    let candidates = [TimeSpan.hours(1), .zero].map { local - $0 }.filter { $0 + offset(at: $0) == local }
    // An hour that there is not: as if the clock had not gone forward yet.
    return (latest ? candidates.last : candidates.first) ?? local
  }
}

extension DLMSDevice {
  /// The clock that its stamps are written by. One that calls its local time UTC has no deviation (CK-04):
  /// what `told` makes of an instant is all that it knows.
  func clockFace() -> DLMSClockFace {
    var clock = port.clock
    if meter.callsLocalUTC { clock.zone = .utc }
    return DLMSClockFace(clock)
  }

  /// Attributes of class 8.
  func clockValue(_ index: Int8, at instant: Instant) throws(DataAccessResult) -> COSEMValue {
    let stamp = clockFace().stamp(meter.told(meter.clock(at: instant)))
    let isLondon = port.clock.zone == .london
    switch index {
    case 2: return .octets(stamp.octets)
    case 3: return .int16(0)
    case 4: return .uint8(stamp.status.rawValue)
    // Last Sunday of March and October, 01:00 UTC: 01:00 and 02:00 of the clock that is left.
    case 5: return .octets([0xFF, 0xFF, 3, 0xFE, 7, 1, 0, 0, 0, 0x80, 0, 0])
    case 6: return .octets([0xFF, 0xFF, 10, 0xFE, 7, 2, 0, 0, 0, 0x80, 0, 0x80])
    case 7: return .int8(isLondon ? 60 : 0)
    case 8: return .boolean(isLondon)
    // An internal crystal.
    case 9: return .enumerated(1)
    default: throw .readWriteDenied
    }
  }

  /// Status of a profile's row: 08 summer time in force, 20 clock adjusted in the half-hour before the stamp
  /// (the bits of common European companion profiles; our choice for a GB meter).
  func rowStatus(_ face: DLMSClockFace, _ stamp: Instant, adjusted: [Instant]? = nil) -> UInt8 {
    let summer: UInt8 = face.offset(at: stamp) > .zero ? 0x08 : 0
    let wasAdjusted = (adjusted ?? adjustments).contains { $0 < stamp && stamp - $0 <= HalfHour.length }
    return summer | (wasAdjusted ? 0x20 : 0)
  }

  /// What the clock said as it was set: before, and after.
  var adjustments: [Instant] {
    meter.events.filter { $0.code == .clockWas || $0.code == .clockSet }.map { meter.told($0.stamp) }
  }
}
