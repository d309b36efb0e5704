// Ids of the catalogue that nothing injects yet: none. A new id that is not built stands here until it is; a
// test holds that each id of the catalogue is either declared or stands here.

internal import Units

/// What is not built yet.
public enum FaultsNotBuilt {
  public static let table: [(id: String, title: String)] = []

  public static func title(of id: String) -> String? { table.first { $0.id == id }?.title }
}
