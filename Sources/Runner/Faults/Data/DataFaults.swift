// What can go wrong with data between the meter's log and the settlement party (DH, and clocks as files tell
// them). Ids are stable: never renamed, never reused.

public import MeterModel
public import Units

/// All faults of data, in the catalogue's order.
public enum DataFaults {
  public static let all: [FaultDeclaration] = []

  /// The kinds of meter whose data can have a fault; nil for an id that is no fault of data.
  public static func kinds(_ id: String) -> [Profile.Kind]? {
    all.contains { $0.id == id } ? Profile.Kind.allCases : nil
  }
}
