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
  /// Its DLMS answers over HDLC and in the wrapper; nil where it has no such side.
  public let hdlc: DLMSAnswering?
  public let wrapper: DLMSAnswering?
  /// Its world's time at an instant of the line, where the two differ; nil where they are one.
  public var worldTime: ((Instant) -> Instant)? { didSet { tellServers() } }
  /// Called before the meter is asked for anything, so that its world can be brought up to that instant.
  public var onVisit: ((Instant) -> Void)?

  public init(_ meter: Meter) {
    self.meter = meter
    let profile = meter.profile
    optical = profile.optical.map { OpticalAnswering(meter: meter, port: $0) }
    infraRed = profile.irda.map { IrDAAnswering(meter: meter, port: $0, poweredSince: meter.now) }
    hdlc = profile.dlms.flatMap { port in
      port.hdlc.map { DLMSAnswering(meter: meter, port: port, address: $0.logicalAddress) }
    }
    wrapper = profile.dlms.flatMap { port in
      port.wrapper.map { DLMSAnswering(meter: meter, port: port, address: $0.port) }
    }
    // Faults of its messages can begin before anybody stands there.
    _ = optical?.makeStation(at: meter.now)
  }

  private func tellServers() {
    for one in [hdlc, wrapper] { one?.worldTime = worldTime }
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

  /// A far side for one line or connection; nil where the meter has no such port there. Faults of an optical
  /// port's messages befall the latest one.
  public func farSide(
    _ port: MeterProtocol, asStream isStream: Bool, settings: SerialSettings? = nil, at start: Instant
  ) -> (any FarSide)? {
    switch port {
    case .modbus: nil
    case .optical: opticalSide(at: start)
    case .irda: infraRedSide(at: start)
    case .pulse: pulseSide(asStream: isStream, at: start)
    case .dlms where isStream: wrapperSide()
    case .dlms, .dlmsHDLC:
      hdlcSide(isStream ? nil : settings ?? Self.settings(port, of: meter.profile))
    }
  }

  private func opticalSide(at start: Instant) -> (any FarSide)? {
    guard let optical else { return nil }
    let before = optical.station?.defects
    let station = optical.makeStation(at: start)
    station.worldTime = worldTime
    if let before { station.defects = before }
    let far = OpticalFarSide(station, hdlc: optical.port.mode == .e ? hdlcStation : nil)
    far.onVisit = onVisit
    return far
  }

  private func infraRedSide(at start: Instant) -> (any FarSide)? {
    guard let infraRed else { return nil }
    let station = infraRed.makeStation(at: start)
    station.worldTime = worldTime
    let far = IrDAFarSide(station)
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

  private func hdlcSide(_ settings: SerialSettings?) -> (any FarSide)? {
    guard let station = hdlcStation else { return nil }
    let far = HDLCFarSide(station, settings: settings)
    far.onVisit = onVisit
    return far
  }

  private func wrapperSide() -> (any FarSide)? {
    guard let wrapper, let port = wrapper.port.wrapper else { return nil }
    let far = WrapperFarSide(WrapperStation(.init(logicalDevices: [port.port]), responder: wrapper))
    far.onVisit = onVisit
    return far
  }

  private var hdlcStation: HDLCStation? {
    guard let hdlc, let side = hdlc.port.hdlc else { return nil }
    let most = Int(side.maximumInformation)
    let parameters = HDLCParameters(
      transmitBytes: most, receiveBytes: most, transmitWindow: Int(side.window),
      receiveWindow: Int(side.window))
    var settings = HDLCStation.Settings(logicalDevices: [side.logicalAddress], parameters: parameters)
    if let physical = side.physicalAddress { settings.physicalDevice = physical }
    // Zero is never.
    settings.inactivity = side.inactivity == .zero ? .days(36_500) : side.inactivity
    return HDLCStation(settings, responder: hdlc)
  }
}

// MARK: Faults

extension MeterPorts {
  /// Begins a fault of a port's answers. `port` is the one that is served, where one id means something at
  /// several. False for a fault that is none of theirs, or of a port that is not there.
  public func begin(_ setting: FaultSetting, at port: MeterProtocol? = nil) throws(FaultRefusal) -> Bool {
    let isDLMS = port == .dlms || port == .dlmsHDLC
    if OpticalFaults.kinds(setting.id) != nil, let optical, !isDLMS || DLMSFaults.kinds(setting.id) == nil {
      try optical.begin(setting)
      return true
    }
    guard DLMSFaults.kinds(setting.id) != nil, hdlc != nil || wrapper != nil else { return false }
    for one in [hdlc, wrapper] { try one?.begin(setting) }
    return true
  }

  /// `port`: that alone; nil: wherever it is. False if the fault was not present.
  public func end(_ id: String, at port: MeterProtocol? = nil) -> Bool {
    let isDLMS = port == .dlms || port == .dlmsHDLC
    var ended: [Bool?] = []
    if !isDLMS { ended.append(optical?.end(id)) }
    if isDLMS || port == nil { ended += [hdlc?.end(id), wrapper?.end(id)] }
    return ended.contains(true)
  }
}
