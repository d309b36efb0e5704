// One dialogue at the bench: which reader stands at the head, and what it asks for.

internal import HeadEnd
internal import Line
internal import MeterModel
internal import Scenario
internal import Units
internal import Wire

/// A reader at a head.
final class BenchDialogue {
  private let order: BenchRead
  private let profile: Profile
  private let door: any Door
  private let due: Instant
  /// The journal's entry of the latest message.
  var latest = Cause.none
  /// When the meter began to say what its registers are; nil before it has.
  private(set) var saidAt: Instant?
  /// The last invocation counter of the meter that is known: before the dialogue, and after it.
  var meterCounter: UInt32?
  private var isReadingRegisters = true

  init(order: BenchRead, profile: Profile, door: any Door, due: Instant) {
    (self.order, self.profile, self.door, self.due) = (order, profile, door, due)
  }

  /// The meter begins to say something; true while that may be its registers.
  func meterSpeaks(at instant: Instant) -> Bool {
    if isReadingRegisters { saidAt = instant }
    return isReadingRegisters
  }

  /// Throws a `DialogueFailure`. `start` is that of the story: invocation counters grow from it.
  func read(start: Instant) throws -> MeterReading {
    switch order.port {
    case .optical: try readOptical()
    case .irda: try OpticalReader(door: door, options: options).listen()
    case .dlms, .dlmsHDLC: try readDLMS(start)
    case .modbus, .pulse: throw StoryError("\(order.port.rawValue) is no dialogue at a head")
    }
  }

  // MARK: IEC 62056-21 and infra-red

  private var options: OpticalOptions {
    var options = OpticalOptions()
    options.password = profile.optical?.programming?.passwords.first?.text
    options.zone = profile.optical?.zone == .local ? .london : .utc
    if case .d? = profile.optical?.mode { options.mode = .d }
    if let baud = profile.irda?.baud { options.listeningBauds = [baud] }
    if profile.optical?.mode == .d, let baud = profile.optical?.topBaud { options.listeningBauds = [baud] }
    options.mark = halfHourProfile?.mark == .start ? .start : .end
    return options
  }

  private func readOptical() throws -> MeterReading {
    let reader = OpticalReader(door: door, options: options)
    var reading = try reader.readout()
    isReadingRegisters = false
    guard let stretch = order.halfHours, let log = halfHourProfile else { return reading }
    let ends = stretch.ends(at: due)
    let rows = try reader.readProfile(log.address, from: ends.from, through: ends.through)
    reading.profile = rows.profile
    reading.remarks += rows.remarks.filter { !reading.remarks.contains($0) }
    return reading
  }

  private var halfHourProfile: OpticalProfile? {
    profile.optical?.profiles.first { if case .halfHours = $0.content { true } else { false } }
  }

  // MARK: DLMS

  private func readDLMS(_ start: Instant) throws -> MeterReading {
    guard let port = profile.dlms, let client = client(of: port) else {
      throw StoryError("no client of \(profile.name) may read")
    }
    guard let me = HDLCAddress(UInt16(client.address)), let server = Self.address(of: port) else {
      throw StoryError("the addresses of \(profile.name) cannot be")
    }
    let channel = HDLCChannel(door: door, rules: HDLCRules(client: me, server: server))
    let counter = UInt32(truncatingIfNeeded: (due - start).microseconds / 100_000 + 1)
    let reader = DLMSReader(
      channel: channel, settings: .init(session: session(of: client)), counter: counter,
      serverCounter: meterCounter)
    defer {
      reader.release()
      meterCounter = reader.session.serverCounter
    }
    var reading = try reader.read(registers: order.roles.compactMap(\.obis))
    isReadingRegisters = false
    if let stretch = order.halfHours, let log = port.profiles.first(where: { $0.period == 1800 }) {
      let ends = stretch.ends(at: due)
      reading.profile = try reader.profile(
        try reader.logical(log.name), from: ends.from, through: ends.through)
    }
    // How often something was said again is known when the link is closed.
    reader.release()
    reading.remarks = reader.remarks
    return reading
  }

  /// The one that the story names, or the first that may read registers.
  private func client(of port: DLMSPort) -> DLMSClient? {
    order.client.flatMap { port.client($0) } ?? port.clients.first { $0.rights != .open }
  }

  private func session(of client: DLMSClient) -> COSEMSession.Settings {
    let challenge = (0..<16).map { UInt8(truncatingIfNeeded: due.microseconds >> ($0 % 8 * 8)) ^ UInt8($0) }
    return COSEMSession.Settings(
      mechanism: client.mechanism, password: client.password, keys: client.keys, policy: client.policy,
      systemTitle: Array("BSPBENCH".utf8), challenge: challenge, maximumPDU: Self.largestPDU)
  }

  /// Our assumption: a reader with a buffer of a kilobyte, so that long answers come in blocks.
  private static let largestPDU: UInt16 = 1024

  private static func address(of port: DLMSPort) -> HDLCAddress? {
    guard let side = port.hdlc else { return nil }
    guard let physical = side.physicalAddress else { return HDLCAddress(side.logicalAddress) }
    return HDLCAddress(logical: side.logicalAddress, physical: physical, width: side.addressBytes)
  }
}
