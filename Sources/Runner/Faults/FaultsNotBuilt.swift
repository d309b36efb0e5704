// Ids of the catalogue that nothing injects yet. Whoever builds one takes its row out; a test holds that each
// id of the catalogue is either declared or stands here.

internal import Units

/// What is not built yet.
public enum FaultsNotBuilt {
  public static let table: [(id: String, title: String)] =
    measurement + registers + clock + memory + protocols + wan + data + life

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
    (id: "CK-05", title: "Summer time handled in the meter"),
    (id: "CK-06", title: "Leap day missed"),
    (id: "CK-07", title: "End stamps read as starts"),
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
