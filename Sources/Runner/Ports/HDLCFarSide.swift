// DLMS over HDLC, or in the TCP wrapper, as a line sees it.

public import Line
public import Units
public import Wire

/// An HDLC station at the end of a line whose characters stand as they are set from the first one on.
public final class HDLCFarSide: FarSide {
  /// Called before the meter is asked for anything, so that its world can be brought up to that instant.
  public var onVisit: ((Instant) -> Void)?
  public let settings: SerialSettings?
  private let station: HDLCStation

  public init(_ station: HDLCStation, settings: SerialSettings?) {
    (self.station, self.settings) = (station, settings)
  }

  public func hear(_ bytes: ArraySlice<UInt8>, at instant: Instant) {
    onVisit?(instant)
    station.hear(bytes, at: instant)
  }

  public var wakes: Instant? { station.wakes }

  public func speak(at instant: Instant, into answers: inout [TimedBytes]) {
    if let wakes = station.wakes, wakes <= instant { onVisit?(instant) }
    for one in station.speak(at: instant) { answers.append(TimedBytes(at: one.at, bytes: one.bytes)) }
  }
}

/// The server's side of one TCP connection with wrapped PDUs.
public final class WrapperFarSide: FarSide {
  /// Called before the meter is asked for anything, so that its world can be brought up to that instant.
  public var onVisit: ((Instant) -> Void)?
  private let station: WrapperStation

  public init(_ station: WrapperStation) { self.station = station }

  public func hear(_ bytes: ArraySlice<UInt8>, at instant: Instant) {
    onVisit?(instant)
    station.hear(bytes, at: instant)
  }

  public var wakes: Instant? { station.wakes }

  public func speak(at instant: Instant, into answers: inout [TimedBytes]) {
    for one in station.speak(at: instant) { answers.append(TimedBytes(at: one.at, bytes: one.bytes)) }
  }
}
