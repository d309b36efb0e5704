// A meter's optical port as a line sees it: the dialogue of IEC 62056-21, and HDLC in its place after a mode
// E acknowledgement (IEC 62056-21:2002, annex E; IEC 62056-46:2002, annex E) until the link is gone.

public import Line
public import Units
public import Wire

/// An optical port at the end of a line.
public final class OpticalFarSide: FarSide {
  /// Called before the meter is asked for anything, so that its world can be brought up to that instant.
  public var onVisit: ((Instant) -> Void)?

  private let station: ModeCStation
  /// What takes the line over in mode E; nil for a port that has no such mode.
  private let hdlc: HDLCStation?
  /// When the hand-over is given up, unless a link stands.
  private var handOverEnds: Instant?
  private var hadLink = false
  private var said: [(at: Instant, bytes: [UInt8])] = []

  public init(_ station: ModeCStation, hdlc: HDLCStation? = nil) {
    (self.station, self.hdlc) = (station, hdlc)
  }

  public func hear(_ bytes: ArraySlice<UInt8>, at instant: Instant) {
    onVisit?(instant)
    guard station.isHandedOver, let hdlc else {
      return station.hear(station.uart.isBinary ? bytes : bytes.map { $0 & 0x7F }[...], at: instant)
    }
    hdlc.hear(bytes, at: instant)
  }

  public func abandon(at instant: Instant) {
    hdlc?.drop(at: instant)
    (handOverEnds, hadLink) = (nil, false)
    station.abandon(at: instant)
  }

  public var wakes: Instant? {
    let own = station.wakes
    guard station.isHandedOver, let hdlc else { return own }
    return [own, hdlc.wakes, hdlc.isConnected ? nil : handOverEnds].compactMap { $0 }.min()
  }

  public func speak(at instant: Instant, into answers: inout [TimedBytes]) {
    if let wakes = station.wakes, wakes <= instant { onVisit?(instant) }
    said.removeAll(keepingCapacity: true)
    station.speak(at: instant, into: &said)
    for one in said { answers.append(TimedBytes(at: one.at, bytes: one.bytes)) }
    if let hdlc { attend(hdlc, at: instant, into: &answers) }
  }

  public var settings: SerialSettings? { station.uart.settings }

  /// Lets HDLC speak, and takes the line back from it when its link has gone, or never came.
  private func attend(_ hdlc: HDLCStation, at instant: Instant, into answers: inout [TimedBytes]) {
    guard station.isHandedOver else {
      (handOverEnds, hadLink) = (nil, false)
      return
    }
    let limit = handOverEnds ?? instant + station.manners.inactivity
    handOverEnds = limit
    var end = instant
    for one in hdlc.speak(at: instant) {
      answers.append(TimedBytes(at: one.at, bytes: one.bytes))
      end = max(end, one.at + (settings?.time(ofCharacters: one.bytes.count) ?? .zero))
    }
    if hdlc.isConnected { hadLink = true }
    let isGone = !hdlc.isConnected && (hadLink || limit <= instant)
    guard isGone else { return }
    hdlc.drop(at: instant)
    (handOverEnds, hadLink) = (nil, false)
    station.resume(at: end)
  }
}

extension ModeCUART {
  /// As a line's settings; nil for a speed that no UART has.
  var settings: SerialSettings? {
    try? SerialSettings(baud: baud, dataBits: isBinary ? 8 : 7, parity: isBinary ? .none : .even)
  }
}
