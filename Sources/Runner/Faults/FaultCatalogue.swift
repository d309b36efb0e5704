// Every fault that this program can inject, of whatever room: one list, by id.

internal import Line
public import MeterModel
internal import Truth
public import Units

/// The faults there are, and who can have them.
public enum FaultCatalogue {
  /// Sorted by group as the catalogue has them, then by id.
  public static let all: [FaultDeclaration] = {
    let lists = [
      SiteFaults.all, MeterFaults.all, PortFaults.all, LineFaults.all, ReaderFaults.all, DataFaults.all,
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
    let rooms = [MeterFaults.kinds(id), PortFaults.kinds(id), DataFaults.kinds(id)]
    if let kinds = rooms.compactMap(\.self).first { return kinds }
    guard let fault = declaration(id) else { return [] }
    switch fault.layer {
    // Smart meters alone are read over a WAN; a line has meters with a port.
    case .wan: return [.smets1, .smets2]
    case .line: return [.electronic, .smets1, .smets2, .modbus]
    default: return Profile.Kind.allCases
    }
  }
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
