// The faults of answers over a port, whatever the port speaks. One id may be had by several protocols; it is
// declared once, and the catalogue lists it once.

public import Units

/// Faults of answers: Modbus, IEC 62056-21 and DLMS.
public enum PortFaults {
  /// Each id once.
  public static let all: [FaultDeclaration] = {
    var known: Set<String> = []
    return (ModbusFaults.all + OpticalFaults.all + DLMSFaults.all).filter { known.insert($0.id).inserted }
  }()

  /// The kinds of meter that can have one; nil for an id that is none of these.
  public static func kinds(_ id: String) -> [Profile.Kind]? {
    let found = [ModbusFaults.kinds(id), OpticalFaults.kinds(id), DLMSFaults.kinds(id)].compactMap(\.self)
    guard !found.isEmpty else { return nil }
    return Profile.Kind.allCases.filter { kind in found.contains { $0.contains(kind) } }
  }
}
