// Every fault that this program can inject, of whatever room: one list, by id.

internal import HeadEnd
internal import Line
public import MeterModel
internal import Truth
public import Units

/// The faults there are, and who can have them.
public enum FaultCatalogue {
  /// Sorted by group as the catalogue has them, then by id.
  public static let all: [FaultDeclaration] = {
    let lists = [
      SiteFaults.all, MeterFaults.all, PortFaults.all, LineFaults.all,
      HeadEndFaults.all, ReaderFaults.all, DataFaults.all,
      LifeFaults.all,
    ]
    let order = Dictionary(
      FaultGroup.allCases.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    func place(_ fault: FaultDeclaration) -> Int { fault.group.flatMap { order[$0] } ?? order.count }
    return lists.flatMap(\.self).sorted { (place($0), $0.id) < (place($1), $1.id) }
  }()

  public static func declaration(_ id: String) -> FaultDeclaration? { all.first { $0.id == id } }

  /// The kinds of meter that a fault can befall, or whose readers and data it can befall: every kind where
  /// its room knows no limit. One source: each fault's own `kinds`.
  public static func kinds(_ id: String) -> [Profile.Kind] {
    let rooms = [MeterFaults.kinds(id), PortFaults.kinds(id), DataFaults.kinds(id), ReaderFaults.kinds(id)]
    if let kinds = rooms.compactMap(\.self).first { return kinds }
    guard let fault = declaration(id) else { return [] }
    if let kinds = narrower[id] { return kinds }
    switch fault.layer {
    // Smart meters alone are read over a WAN; a line has meters with a port.
    case .wan: return [.smets1, .smets2]
    case .line: return [.electronic, .modbus]
    default: return Profile.Kind.allCases
    }
  }

  /// Faults of lines and of the WAN that fewer kinds can have.
  private static let narrower: [String: [Profile.Kind]] = [
    // A speed that is agreed, a head that echoes and 7E1 are those of IEC 62056-21; a bus of two wires is
    // Modbus's.
    "CL-04": [.electronic], "CL-05": [.electronic], "CL-07": [.electronic], "CL-06": [.modbus],
    // A SMETS2 meter is in the DCC, whoever supplies.
    "WN-03": [.smets1],
  ]
}

extension Profile.Kind {
  /// The catalogue's letter: F disc, E static and not smart, S1, S2, M on Modbus.
  public var letter: String {
    switch self {
    case .analogue: "F"
    case .electronic: "E"
    case .smets1: "S1"
    case .smets2: "S2"
    case .modbus: "M"
    }
  }
}
