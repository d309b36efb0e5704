// Ids of the catalogue that nothing injects yet. Whoever builds one takes its row out; a test holds that each
// id of the catalogue is either declared or stands here.

internal import Units

/// What is not built yet.
public enum FaultsNotBuilt {
  public static let table: [(id: String, title: String)] =
    measurement + registers + clock + memory + display + protocols + people

  public static func title(of id: String) -> String? { table.first { $0.id == id }?.title }

  private static let measurement = [
    (id: "ME-01", title: "Gain error"),
    (id: "ME-03", title: "Worn backstop"),
    (id: "ME-06", title: "Creep"),
    (id: "ME-07", title: "Switched-load interference"),
    (id: "ME-08", title: "DC component saturates the transformer"),
    (id: "ME-10", title: "Wrong transformer ratio"),
    (id: "ME-11", title: "A phase without voltage"),
    (id: "ME-12", title: "Volts and amps of different phases"),
    (id: "ME-13", title: "Neutral lost"),
    (id: "ME-15", title: "Vector sum where phases were expected"),
    (id: "ME-16", title: "Wrong netting window"),
    (id: "ME-17", title: "Magnet or tilt"),
    (id: "ME-18", title: "Neutral anti-tamper registers too much"),
    (id: "ME-19", title: "Wrong disc constant"),
    (id: "ME-20", title: "Temperature or ageing drift"),
    (id: "ME-21", title: "Stuck disc"),
  ]

  private static let registers = [
    (id: "RG-01", title: "Rollover"),
    (id: "RG-02", title: "Backwards through zero"),
    (id: "RG-05", title: "Bit flip"),
    (id: "RG-06", title: "Import and export registers swapped"),
    (id: "RG-07", title: "Tariff register does not move"),
    (id: "RG-08", title: "Decimal point wrong"),
    (id: "RG-09", title: "Remainder lost"),
    (id: "RG-10", title: "Counter overflows early"),
  ]

  private static let clock = [
    (id: "CK-02", title: "Clock steps when it is set"),
    (id: "CK-03", title: "Clock battery flat"),
    (id: "CK-06", title: "Leap day missed"),
    (id: "CK-08", title: "Wrong slot length"),
  ]

  private static let memory = [
    (id: "MF-01", title: "Save lost at power failure"),
    (id: "MF-02", title: "Log overwritten"),
    (id: "MF-03", title: "Log pointer corrupt"),
    (id: "MF-04", title: "Memory error flagged"),
    (id: "MF-05", title: "Watchdog resets"),
    (id: "MF-06", title: "Firmware update changes scaling"),
    (id: "MF-07", title: "Power given as energy"),
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

}
