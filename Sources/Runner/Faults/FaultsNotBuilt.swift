// Ids of the catalogue that nothing injects yet. Whoever builds one takes its row out; a test holds that each
// id of the catalogue is either declared or stands here.

internal import Units

/// What is not built yet.
public enum FaultsNotBuilt {
  public static let table: [(id: String, title: String)] =
    registers + clock + display + protocols + wan + people + data + life

  public static func title(of id: String) -> String? { table.first { $0.id == id }?.title }

  private static let registers = [
    (id: "RG-10", title: "Counter overflows early"),
  ]

  private static let clock = [
    (id: "CK-05", title: "Summer time handled in the meter"),
    (id: "CK-07", title: "End stamps read as starts"),
  ]

  private static let display = [
    (id: "DP-01", title: "Dead segment"),
    (id: "DP-02", title: "Blank display"),
    (id: "DP-03", title: "Half-turned drum"),
    (id: "DP-04", title: "Pointer misaligned"),
    (id: "DP-05", title: "Value frozen while shown"),
  ]

  private static let protocols = [
    (id: "PR-01", title: "Word order or number form mixed up"),
    (id: "PR-02", title: "Register address off by one"),
    (id: "PR-03", title: "Torn read of a counter"),
    (id: "PR-04", title: "Exceptions and busy answers"),
  ]

  private static let wan = [
    (id: "WN-02", title: "Catch-up out of order or doubled"),
    (id: "WN-04", title: "Partial day"),
    (id: "WN-05", title: "Data of another meter"),
    (id: "WN-06", title: "Gaps filled with zeros"),
    (id: "WN-07", title: "Gaps filled with unflagged estimates"),
  ]

  private static let people = [
    (id: "HR-01", title: "Adjacent digits transposed"),
    (id: "HR-02", title: "Red digit included, or leading zero lost"),
    (id: "HR-03", title: "Dial misread"),
    (id: "HR-04", title: "Import register read for export"),
    (id: "HR-05", title: "Generation meter read for export"),
    (id: "HR-06", title: "Reading guessed or rounded"),
    (id: "HR-07", title: "Wrong date"),
    (id: "HR-08", title: "Old or foreign photograph"),
    (id: "HR-09", title: "Deliberate inflation"),
  ]

  private static let data = [
    (id: "DH-01", title: "Zeros left out of the file"),
    (id: "DH-02", title: "Artefacts of binary fractions"),
    (id: "DH-03", title: "Local stamps across the clock change"),
    (id: "DH-04", title: "Wrong column or separators"),
    (id: "DH-05", title: "Each slot truncated"),
    (id: "DH-06", title: "Day and month mixed up"),
    (id: "DH-07", title: "Old version overwrites new"),
    (id: "DH-08", title: "Midnight in the wrong day"),
  ]

  private static let life = [
    (id: "LE-01", title: "Meter exchange"),
    (id: "LE-02", title: "Meter exchange that nobody reported"),
    (id: "LE-03", title: "Export MPAN live before or after the meter"),
    (id: "LE-04", title: "Switch inside a day"),
    (id: "LE-05", title: "Feed-in tariff still paid"),
    (id: "LE-06", title: "House vacant"),
  ]
}
