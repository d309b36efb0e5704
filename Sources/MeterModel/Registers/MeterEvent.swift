// What a meter notes of itself. The small numbers are those of common European companion profiles to DLMS
// (our choice for GB meters at an open port); above 127 they are ours. The alert codes are GBCS's, and so is
// the log each goes into, as a published handbook of a SMETS2 meter lists them (Aclara SGM1400, appendix A).

public import Units

/// An entry of an event log.
public struct MeterEvent: Hashable, Sendable {
  public enum Code: UInt8, Hashable, Sendable, CaseIterable {
    /// The supply of the meter went, and came back; `detail` says after how many seconds.
    case powerDown = 1
    case powerUp = 2
    /// The clock was set: what it said before.
    case clockWas = 4
    /// The clock was set: what it says now.
    case clockSet = 5
    /// What the clock says is not to be trusted.
    case clockInvalid = 6
    /// A check over non-volatile memory failed.
    case memoryError = 14
    /// The watchdog reset the processor.
    case watchdog = 15
    /// Another firmware is at work.
    case firmwareActivated = 18
    /// A strong magnetic field.
    case strongField = 42
    /// A password, or an answer to a challenge, was wrong.
    case authenticationFailed = 46
    /// The supply was disconnected, and connected again.
    case supplyDisconnected = 62
    case supplyConnected = 63
    /// The supply is armed: a press of the button closes it.
    case supplyArmed = 128
    /// More was drawn than the load limit lets be drawn; `detail` is the count of such times.
    case loadLimitExceeded = 129
    /// For that the supply was disabled, then armed; and enabled again once the restoration period was over.
    case loadLimitOpened = 130
    case loadLimitRestored = 131
    /// A clock was not set: the time that was wanted lay outside the tolerance, or more than 10 s away.
    case clockRefused = 132
    case clockTooFar = 133
    /// Somebody else holds its keys from now on.
    case credentialsUpdated = 134
    /// A billing data log has a new row.
    case billingLogUpdated = 135
    /// An average of the voltage above, or below, its threshold, and the first that is not; `detail` is the
    /// average in tenths of a volt.
    case averageOver = 140
    case averageOverEnded = 141
    case averageUnder = 142
    case averageUnderEnded = 143
    /// The voltage beyond a threshold for its period, and back for as long; `detail` is the voltage then.
    case extremeOver = 144
    case extremeOverEnded = 145
    case swell = 146
    case swellEnded = 147
    case extremeUnder = 148
    case extremeUnderEnded = 149
    case sag = 150
    case sagEnded = 151
  }

  /// By the meter's own clock.
  public var stamp: Instant
  public var code: Code
  /// 1, 2, 3; 0 where it is of no phase, or of the only one.
  public var phase: UInt8
  /// What GBCS calls other information (32 bits in a power event log); what it says is our assumption.
  public var detail: UInt32

  public init(stamp: Instant, code: Code, phase: UInt8 = 0, detail: UInt32 = 0) {
    (self.stamp, self.code, self.phase, self.detail) = (stamp, code, phase, detail)
  }

  /// An outage from this on is told apart: 8F36 (GBCS use case ECS80).
  public static let longOutage: UInt32 = 180

  /// The GBCS alert or event code; nil for what has none.
  public var alert: UInt16? {
    if code == .powerUp, detail >= Self.longOutage { return 0x8F36 }
    return code.alert.map { code.isOfVoltage ? $0 + UInt16(phase) : $0 }
  }
}

extension MeterEvent.Code {
  /// GBCS's code, of voltage that of all phases: those of phases 1 to 3 follow it.
  var alert: UInt16? { Self.alerts[self] }

  /// Whether it has a code for each phase.
  var isOfVoltage: Bool { rawValue >= Self.averageOver.rawValue }

  /// The log it goes into where a meter keeps three.
  public var log: EventLog {
    if isOfVoltage { return .power }
    switch self {
    case .powerDown, .powerUp, .supplyDisconnected, .supplyConnected, .supplyArmed, .loadLimitExceeded,
      .loadLimitOpened, .loadLimitRestored:
      return .power
    case .firmwareActivated, .strongField, .authenticationFailed, .clockRefused, .clockTooFar,
      .credentialsUpdated:
      return .security
    default: return .events
    }
  }

  /// GBCS has no code for a clock as it was, a clock that lost its time, and a supply that somebody disabled
  /// or enabled; of those the log is our assumption.
  private static let alerts: [MeterEvent.Code: UInt16] = [
    .powerDown: 0x8F57, .powerUp: 0x8F35, .clockSet: 0x8145, .memoryError: 0x81AE, .watchdog: 0x81B3,
    .firmwareActivated: 0x8F43, .strongField: 0x8F75, .authenticationFailed: 0x8F53, .supplyArmed: 0x8F32,
    .loadLimitExceeded: 0x8F01, .loadLimitOpened: 0x8F33, .loadLimitRestored: 0x8F34,
    .clockRefused: 0x81C6, .clockTooFar: 0x8F0C, .credentialsUpdated: 0x8F70,
    .billingLogUpdated: 0x8F0A,
    .averageOver: 0x8002, .averageOverEnded: 0x8085, .averageUnder: 0x8006, .averageUnderEnded: 0x8089,
    .extremeOver: 0x8020, .extremeOverEnded: 0x808D, .swell: 0x8024, .swellEnded: 0x8091,
    .extremeUnder: 0x8028, .extremeUnderEnded: 0x8095, .sag: 0x802C, .sagEnded: 0x8099,
  ]

  /// For people.
  public var words: String { Self.names[self] ?? "event" }

  private static let names: [MeterEvent.Code: String] = [
    .powerDown: "supply interrupted", .powerUp: "supply restored", .clockWas: "clock adjusted: before",
    .clockSet: "clock adjusted: after", .clockInvalid: "clock lost its time",
    .memoryError: "non-volatile memory error", .watchdog: "watchdog reset",
    .firmwareActivated: "firmware version changed", .strongField: "strong magnetic field",
    .authenticationFailed: "failed authentication", .supplyDisconnected: "supply disabled",
    .supplyConnected: "supply enabled", .supplyArmed: "supply armed",
    .loadLimitExceeded: "import above the load limit",
    .loadLimitOpened: "supply disabled then armed: load limit",
    .loadLimitRestored: "supply enabled after the load limit's restoration period",
    .clockRefused: "clock not adjusted: outside tolerance",
    .clockTooFar: "clock not adjusted: more than 10 seconds", .credentialsUpdated: "credentials updated",
    .billingLogUpdated: "billing log updated",
    .averageOver: "average voltage above its threshold", .averageOverEnded: "average voltage no more above",
    .averageUnder: "average voltage below its threshold",
    .averageUnderEnded: "average voltage no more below", .extremeOver: "extreme over-voltage",
    .extremeOverEnded: "extreme over-voltage ended", .swell: "voltage swell",
    .swellEnded: "voltage swell ended", .extremeUnder: "extreme under-voltage",
    .extremeUnderEnded: "extreme under-voltage ended", .sag: "voltage sag", .sagEnded: "voltage sag ended",
  ]
}

extension MeterEvent {
  /// As somebody reads it from a log: the stamp, the code where there is one, and what it means.
  public var words: String {
    let number = alert.map { UInt16Text.hexadecimal($0) + " " } ?? ""
    let place = phase > 0 ? " on phase \(phase)" : ""
    return "\(stamp) \(number)\(code.words)\(alert == 0x8F36 ? ", outage of 3 minutes or more" : "")\(place)"
  }
}

/// Codes as people write them.
enum UInt16Text {
  static func hexadecimal(_ code: UInt16) -> String {
    let digits = String(code, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(4 - digits.count, 0)) + digits
  }
}
