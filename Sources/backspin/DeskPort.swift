// Which of a meter's ports is served: the one that was asked for, or the first that suits the place.

internal import Line
internal import MeterModel
internal import Runner
internal import Units

enum DeskPort {
  /// The words of `--protocol`.
  static let words = MeterProtocol.allCases.map(\.rawValue)

  /// The port of a place. Throws what a person should know where there is none.
  static func choose(
    for meters: [LiveMeter], asked: MeterProtocol?, at place: DeskPlace.Wanted
  ) throws -> MeterProtocol {
    let isStream = place.isStream
    guard meters.count == 1, let live = meters.first else { return try shared(meters, asked) }
    let profile = live.meter.profile
    let there = profile.protocols(asStream: isStream)
    guard let asked else {
      guard let first = there.first else { throw Failure(refusal(of: profile)) }
      return first
    }
    guard there.contains(asked) else {
      let known = there.map(\.rawValue).joined(separator: ", ")
      let place = isStream ? "over TCP" : "on a serial line"
      throw Failure(
        there.isEmpty
          ? refusal(of: profile)
          : "\(profile.name) does not speak \(asked.rawValue) \(place); it speaks \(known)")
    }
    return asked
  }

  /// Whether a port says what it has without being asked: pulses, infra-red messages, the push of mode D.
  static func speaksByItself(_ port: MeterProtocol, of profile: Profile) -> Bool {
    switch port {
    case .pulse, .irda: true
    case .optical: profile.optical?.mode == .d
    case .modbus, .dlms, .dlmsHDLC: false
    }
  }

  /// Many meters share a line by their unit numbers, which Modbus alone has.
  private static func shared(_ meters: [LiveMeter], _ asked: MeterProtocol?) throws -> MeterProtocol {
    if let asked, asked != .modbus {
      throw Failure("many meters on one line are read over Modbus, not \(asked.rawValue)")
    }
    guard let other = meters.first(where: { $0.answering == nil }) else { return .modbus }
    throw Failure(
      other.hasPort
        ? "\(other.meter.profile.name) has no Modbus port: many meters on one line are read over Modbus"
        : refusal(of: other.meter.profile))
  }

  private static func refusal(of profile: Profile) -> String {
    let twin = profile.twin.map { "; its nearest electronic twin, \($0), has one" } ?? ""
    return
      "\(profile.name) has no port to serve\(twin). Without --serial and --tcp it can be driven and read "
      + "over standard input"
  }

  /// How a serial line stands before a word is said, or at the given speed where the dialogue leaves it free.
  static func settings(_ port: MeterProtocol, of profile: Profile, baud: Int?) throws -> SerialSettings {
    guard let usual = MeterPorts.settings(port, of: profile) else {
      throw Failure("\(profile.name) has no \(port.rawValue) port on a serial line")
    }
    guard let baud else { return usual }
    guard port == .dlms || port == .dlmsHDLC else {
      throw Failure("--baud does not go with \(port.rawValue): \(usual) is how such a line begins")
    }
    return try SerialSettings(baud: baud)
  }
}

/// A connection with nobody at its end.
final class SilentFarSide: FarSide {
  func hear(_ bytes: ArraySlice<UInt8>, at: Instant) {}
  var wakes: Instant? { nil }
  func speak(at: Instant, into answers: inout [TimedBytes]) {}
}
