// A meter of which a story only states facts: nothing emulates it. What a settlement party knows of it comes
// from a profile, or is given flag by flag.
//
//   meters:
//     export:
//       given: {registers: {export: 6 digits}, half-hourly: true, remote: true, phases: 1, kind: SMETS1}
//       mpan: "9900000000015"

public import Settlement

/// A meter that is only known, by the name the story gives it.
public struct GivenMeter: Hashable, Sendable {
  public var name: String
  public var details: MeterDetails
  /// As written, for the settlement rules to judge (R-MPAN-01).
  public var mpan: String?
  public var at: Position

  public init(name: String, details: MeterDetails, mpan: String? = nil, at: Position = .nowhere) {
    (self.name, self.details, self.mpan, self.at) = (name, details, mpan, at)
  }
}

extension GivenMeter {
  /// A meter of a profile in a story that emulates none.
  init(_ setup: MeterSetup) {
    self.init(name: setup.name, details: MeterDetails(setup), mpan: setup.mpan, at: setup.at)
  }

  /// One entry of `meters:` with `given:`.
  init(_ entry: Node.Entry, isAlone: Bool) throws {
    var fields = try Fields(entry.value, of: "a meter")
    name = try Node(.scalar(entry.key), style: .plain, at: entry.keyAt, source: entry.value.source)
      .identifier("a meter's name")
    at = entry.keyAt
    mpan = try fields.optional("mpan")?.text("the MPAN")
    let serial = try fields.optional("serial")?.serial() ?? entry.key.uppercased()
    let uses = try fields.optional("uses").map(MeterSetup.uses)
    var given = try Fields(try fields.required("given"), of: "what is given of a meter")
    details = try MeterDetails(flags: &given, serial: serial)
    try given.finish()
    details.uses =
      uses
      ?? MeterSetup.usualUses(of: entry.key, hasExportRegister: details.hasExportRegister, isAlone: isAlone)
    try fields.finish()
  }
}
