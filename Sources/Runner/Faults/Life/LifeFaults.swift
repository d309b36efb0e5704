// What happens in the life of a contract and is told wrongly, late or twice, or not at all (LE). Ids are
// stable: never renamed, never reused.

public import Units

/// All faults of life events, in the catalogue's order.
public enum LifeFaults {
  public static let all: [FaultDeclaration] = []
}
