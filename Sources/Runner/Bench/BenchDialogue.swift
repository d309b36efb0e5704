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

  init(order: BenchRead, profile: Profile, door: any Door, due: Instant) {
    (self.order, self.profile, self.door, self.due) = (order, profile, door, due)
  }

  /// Throws a `DialogueFailure`. `start` is that of the story: invocation counters grow from it.
  func read(start: Instant) throws -> MeterReading {
    switch order.port {
    case .optical: try readOptical()
    case .irda: try OpticalReader(door: door, options: options).listen()
    case .dlms, .dlmsHDLC: try readDLMS(start)
    case .modbus, .pulse: MeterReading()
    }
  }

  private var options: OpticalOptions {
    var options = OpticalOptions()
    options.password = profile.optical?.programming?.passwords.first?.text
    options.zone = profile.optical?.zone == .local ? .london : .utc
    if case .d? = profile.optical?.mode { options.mode = .d }
    if let baud = profile.irda?.baud { options.listeningBauds = [baud] }
    if profile.optical?.mode == .d, let baud = profile.optical?.topBaud { options.listeningBauds = [baud] }
    return options
  }

  private func readOptical() throws -> MeterReading {
    let reader = OpticalReader(door: door, options: options)
    var reading = try reader.readout()
    guard let stretch = order.halfHours, let log = halfHourProfile else { return reading }
    let ends = stretch.ends(at: due)
    reading.profile = try reader.readProfile(log, from: ends.from, through: ends.through).profile
    return reading
  }

  private var halfHourProfile: String? {
    profile.optical?.profiles.first { if case .halfHours = $0.content { true } else { false } }?.address
  }

  private func readDLMS(_ start: Instant) throws -> MeterReading {
    guard let port = profile.dlms, let client = port.clients.first(where: { $0.rights != .open }) else {
      throw StoryError("no client of \(profile.name) may read")
    }
    let title: [UInt8] = Array("BSPBENCH".utf8)
    let challenge = (0..<16).map { UInt8(truncatingIfNeeded: due.microseconds >> ($0 % 8 * 8)) ^ UInt8($0) }
    let session = COSEMSession.Settings(
      mechanism: client.mechanism, password: client.password, keys: client.keys, policy: client.policy,
      systemTitle: title, challenge: challenge)
    let counter = UInt32(truncatingIfNeeded: (due - start).microseconds / 100_000 + 1)
    guard let me = HDLCAddress(UInt16(client.address)), let server = Self.address(of: port) else {
      throw StoryError("the addresses of \(profile.name) cannot be")
    }
    let channel = HDLCChannel(door: door, rules: HDLCRules(client: me, server: server))
    let reader = DLMSReader(channel: channel, settings: .init(session: session), counter: counter)
    defer { reader.release() }
    let wanted: [OBIS] = order.roles.compactMap(\.obis)
    guard let stretch = order.halfHours, let log = port.profiles.first(where: { $0.period == 1800 }) else {
      return try reader.read(registers: wanted)
    }
    let ends = stretch.ends(at: due)
    return try reader.read(registers: wanted, profile: log.name, from: ends.from, through: ends.through)
  }

  private static func address(of port: DLMSPort) -> HDLCAddress? {
    guard let side = port.hdlc else { return nil }
    guard let physical = side.physicalAddress else { return HDLCAddress(side.logicalAddress) }
    return HDLCAddress(logical: side.logicalAddress, physical: physical, width: side.addressBytes)
  }
}
