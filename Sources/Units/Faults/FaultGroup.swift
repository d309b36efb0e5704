// The groups of the catalogue: where an id belongs, and how many each has. Ids beyond that number are this
// bench's own.

/// A group of the catalogue of faults: the two letters before the number.
public enum FaultGroup: String, Hashable, Sendable, CaseIterable {
  case energyFlow = "EF"
  case measurement = "ME"
  case register = "RG"
  case clock = "CK"
  case memory = "MF"
  case display = "DP"
  case line = "CL"
  case protocolAnswer = "PR"
  case wan = "WN"
  case person = "HR"
  case data = "DH"
  case lifeEvent = "LE"

  /// The group of an id such as `ME-14`; nil for letters that are none.
  public init?(of id: String) { self.init(rawValue: String(id.prefix(2))) }

  public var title: String {
    switch self {
    case .energyFlow: "Energy flow"
    case .measurement: "Measurement"
    case .register: "Registers"
    case .clock: "Clock"
    case .memory: "Memory and firmware"
    case .display: "Display and optical front"
    case .line: "Line: serial, optical, RS-485"
    case .protocolAnswer: "Protocol"
    case .wan: "WAN and head-end"
    case .person: "People who read meters"
    case .data: "Data handling"
    case .lifeEvent: "Life events"
    }
  }

  /// How many the catalogue has.
  public var size: Int {
    switch self {
    case .energyFlow: 11
    case .measurement: 22
    case .register: 12
    case .clock: 8
    case .memory: 7
    case .display: 6
    case .line: 9
    case .protocolAnswer: 10
    case .wan: 7
    case .person: 9
    case .data: 8
    case .lifeEvent: 6
    }
  }

  /// The ids of the catalogue in its order.
  public var ids: [String] { (1...size).map { "\(rawValue)-\($0 < 10 ? "0" : "")\($0)" } }

  public static let catalogue: [String] = allCases.flatMap(\.ids)
}
