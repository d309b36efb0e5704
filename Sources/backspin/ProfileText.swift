// A make of meter in words.

internal import MeterModel
internal import Units

enum ProfileText {
  static func rows(_ profile: Profile) -> [String] {
    var rows = ["\(profile.name): \(profile.title)"]
    func add(_ key: String, _ value: String) { rows.append("  " + columns([key, value], widths: [14])) }
    add("kind", profile.kind.rawValue)
    add("phases", "\(profile.phases), \(profile.connection.rawValue)")
    add("flow mode", profile.flow.rawValue)
    if profile.phases > 1 { add("phase sum", profile.phaseSum.rawValue) }
    for face in profile.registers {
      add(
        "register", "\(face.role.rawValue), step \(face.resolution), comes round at \(face.rollover.modulus)")
    }
    if let display = profile.display {
      add("display", "\(display.digits) digits, \(display.decimals) decimals")
    }
    add("half-hours", "export \(profile.logs.exportHalfHours), import \(profile.logs.importHalfHours)")
    add("remote", profile.remote ? "over the WAN" : "no")
    if let twin = profile.twin { add("twin", "\(twin) (has no port itself; the nearest that has one)") }
    if let map = profile.modbus { rows += modbus(map) }
    rows += ports(profile)
    for source in profile.sources { add("source", source) }
    for note in profile.notes { add("note", note) }
    return rows
  }
}
