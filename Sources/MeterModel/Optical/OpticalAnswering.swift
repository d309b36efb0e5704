// A meter behind its optical port: the values that its dialogue asks for, from its registers, logs and clock,
// written as the make of meter writes them. It frames nothing and waits for nothing.

public import Units
public import Wire

/// Answers what a `ModeCStation` asks of one meter.
public final class OpticalAnswering: ModeCSource {
  public let meter: Meter
  public let port: OpticalPort
  /// The dialogue in front of it; faults of messages are its.
  public private(set) var station: ModeCStation?
  /// What F.F and the status word show besides what the meter itself knows.
  public var errorFlags: UInt64 = 0
  public var statusFlags: UInt64 = 0
  public var powerFails = 0

  /// Texts that were written to the meter, by address.
  var notes: [String: String] = [:]
  /// What the event log P.98 holds, oldest first: the meter's own time, and status bits.
  var events: [(stamp: Instant, status: UInt8)] = []
  /// Billing resets that readers wrote, oldest first.
  var resets: [(stamp: Instant, values: [RegisterRole: WattHours])] = []
  var confusion: RegisterConfusion?

  /// As many events as the log holds: our assumption.
  static let mostEvents = 100

  public init(meter: Meter, port: OpticalPort) { (self.meter, self.port) = (meter, port) }

  /// The dialogue of this meter, idle from `start` on. One for each meter.
  public func makeStation(at start: Instant) -> ModeCStation {
    let made = ModeCStation(manners: port.manners(serial: meter.serial), source: self, at: start)
    station = made
    return made
  }

  public var seed: String? {
    switch port.programming?.seed {
    case nil, .none?: nil
    case .serial?: meter.serial
    case .text(let text)?: text
    }
  }

  public func readout(option: UInt8, at instant: Instant) -> [UInt8]? {
    let wanted = String(decoding: [option], as: UTF8.self)
    guard let list = port.lists.first(where: { $0.option == wanted }) else { return nil }
    let visit = OpticalVisit(self, at: instant)
    var text = ""
    for (index, line) in (confusion?.bend(list.lines) ?? list.lines).enumerated() {
      text += visit.text(of: line)
      let ends = (index + 1) % max(port.layout.setsPerLine, 1) == 0 || index + 1 == list.lines.count
      if ends { text += "\r\n" }
    }
    if !text.isEmpty, !text.hasSuffix("\r\n") { text += "\r\n" }
    return Array(text.utf8)
  }

  /// The zone that its stamps are in: one that calls its local time UTC knows no other (CK-04).
  var zone: OpticalPort.Zone { meter.callsLocalUTC ? .utc : port.zone }

  /// Enters an event into the log, by the meter's clock.
  public func record(status: UInt8, at instant: Instant) {
    events.append((meter.clock(at: instant), status))
    if events.count > Self.mostEvents { events.removeFirst() }
  }
}
