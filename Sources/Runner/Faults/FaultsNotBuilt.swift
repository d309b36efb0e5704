// Ids of the catalogue that nothing injects yet. Whoever builds one takes its row out; a test holds that each
// id of the catalogue is either declared or stands here.

internal import Units

/// What is not built yet.
public enum FaultsNotBuilt {
  public static let table: [(id: String, title: String)] = energyFlow

  public static func title(of id: String) -> String? { table.first { $0.id == id }?.title }

  private static let energyFlow = [
    (id: "EF-01", title: "Battery exports what was bought at night"),
    (id: "EF-02", title: "Inverter clips, or an export limit acts"),
    (id: "EF-03", title: "Export limiter fails open"),
    (id: "EF-04", title: "Snow on the panels"),
    (id: "EF-05", title: "Soiling or growing shade"),
    (id: "EF-06", title: "String or inverter out of order"),
    (id: "EF-07", title: "Extension that nobody declared"),
    (id: "EF-08", title: "Trips on over-voltage"),
    (id: "EF-09", title: "Second generator behind the meter"),
    (id: "EF-10", title: "Neighbour on the same supply"),
    (id: "EF-11", title: "Curtailment or loss of supply"),
  ]
}
