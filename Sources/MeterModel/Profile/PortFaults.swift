// The faults of answers over a port, whatever the port speaks. One id may be had by several protocols, each
// with parameters of its own; the catalogue lists it once, with all of them.

public import Units

/// Faults of answers: Modbus, IEC 62056-21 and DLMS.
public enum PortFaults {
  /// Each id once.
  public static let all: [FaultDeclaration] = {
    var merged: [FaultDeclaration] = []
    for one in ModbusFaults.all + OpticalFaults.all + DLMSFaults.all {
      guard let place = merged.firstIndex(where: { $0.id == one.id }) else {
        merged.append(one)
        continue
      }
      let known = Set(merged[place].parameters.map(\.name))
      merged[place].parameters += one.parameters.filter { !known.contains($0.name) }
    }
    return merged
  }()

  /// The kinds of meter that can have one; nil for an id that is none of these.
  public static func kinds(_ id: String) -> [Profile.Kind]? {
    let found = [ModbusFaults.kinds(id), OpticalFaults.kinds(id), DLMSFaults.kinds(id)].compactMap(\.self)
    guard !found.isEmpty else { return nil }
    return Profile.Kind.allCases.filter { kind in found.contains { $0.contains(kind) } }
  }
}
