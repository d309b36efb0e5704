// A one-way infra-red port as a line sees it: it speaks at its period and hears nothing.

public import Line
public import Units
public import Wire

/// An infra-red port at the end of a line.
public final class IrDAFarSide: FarSide {
  /// Called before a message is made, so that the meter's world can be brought up to that instant.
  public var onVisit: ((Instant) -> Void)?
  private let station: IrDAStation
  private var said: [(at: Instant, bytes: [UInt8])] = []

  public init(_ station: IrDAStation) { self.station = station }

  public func hear(_ bytes: ArraySlice<UInt8>, at instant: Instant) {}

  public var wakes: Instant? { station.wakes }

  public func speak(at instant: Instant, into answers: inout [TimedBytes]) {
    guard let wakes = station.wakes, wakes <= instant else { return }
    onVisit?(instant)
    said.removeAll(keepingCapacity: true)
    station.speak(at: instant, into: &said)
    for one in said { answers.append(TimedBytes(at: one.at, bytes: one.bytes)) }
  }

  public var settings: SerialSettings? { station.uart.settings }
}
