// The ports of one meter, whoever stands at them: the engines that answer, and a far side for each port and
// place. A live meter and a meter of a story have the same.

public import Line
public import MeterModel
public import Units
internal import Wire

/// The ports of a meter, beside Modbus.
public final class MeterPorts {
  public let meter: Meter
  /// Its answers over IEC 62056-21; nil for a meter without such a port.
  public let optical: OpticalAnswering?
  /// What it says in infra-red; nil for a meter without such a port.
  public let infraRed: IrDAAnswering?
  /// Its world's time at an instant of the line, where the two differ; nil where they are one.
  public var worldTime: ((Instant) -> Instant)?
  /// Called before the meter is asked for anything, so that its world can be brought up to that instant.
  public var onVisit: ((Instant) -> Void)?

  public init(_ meter: Meter) {
    self.meter = meter
    optical = meter.profile.optical.map { OpticalAnswering(meter: meter, port: $0) }
    infraRed = meter.profile.irda.map {
      IrDAAnswering(meter: meter, port: $0, poweredSince: meter.now)
    }
  }

  /// How a serial line with this port stands before a word is said; nil for a port that has no serial side.
  public static func settings(_ port: MeterProtocol, of profile: Profile) -> SerialSettings? {
    switch port {
    case .modbus: nil
    case .optical:
      profile.optical.flatMap { ModeCUART(baud: $0.mode == .d ? $0.topBaud : ModeCSpeed.start).settings }
    case .dlms, .dlmsHDLC: profile.dlms?.hdlc.flatMap { try? SerialSettings(baud: $0.baud) }
    case .irda: profile.irda.flatMap { try? SerialSettings(baud: $0.baud) }
    case .pulse: profile.pulse.flatMap { _ in try? SerialSettings(baud: 300) }
    }
  }

  /// A far side for one line or connection; nil where the meter has no such port there. Faults of the port's
  /// answers befall the latest one.
  public func farSide(
    _ port: MeterProtocol, asStream isStream: Bool, baud: Int? = nil, at start: Instant
  ) -> (any FarSide)? {
    switch port {
    case .modbus: nil
    case .optical: opticalSide(at: start)
    case .pulse: pulseSide(asStream: isStream, at: start)
    case .irda: infraRedSide(at: start)
    case .dlms, .dlmsHDLC: nil
    }
  }

  private func infraRedSide(at start: Instant) -> (any FarSide)? {
    guard let infraRed else { return nil }
    let station = infraRed.makeStation(at: start)
    station.worldTime = worldTime
    let far = IrDAFarSide(station)
    far.onVisit = onVisit
    return far
  }

  private func opticalSide(at start: Instant) -> (any FarSide)? {
    guard let optical else { return nil }
    let before = optical.station?.defects
    let station = optical.makeStation(at: start)
    station.worldTime = worldTime
    if let before { station.defects = before }
    let far = OpticalFarSide(station)
    far.onVisit = onVisit
    return far
  }

  private func pulseSide(asStream isStream: Bool, at start: Instant) -> (any FarSide)? {
    guard let output = meter.watchPulses() else { return nil }
    let settings = isStream ? nil : Self.settings(.pulse, of: meter.profile)
    let far = PulseFarSide(output, settings: settings, at: start, worldTime: worldTime)
    far.onVisit = onVisit
    return far
  }
}

// MARK: Faults

extension MeterPorts {
  /// Begins a fault of a port's answers. False for a fault that is none of theirs, or of a port that is not
  /// there.
  public func begin(_ setting: FaultSetting) throws(FaultRefusal) -> Bool {
    guard OpticalFaults.kinds(setting.id) != nil, let optical else { return false }
    try optical.begin(setting)
    return true
  }

  /// False if the fault was not present.
  public func end(_ id: String) -> Bool { optical?.end(id) ?? false }
}
