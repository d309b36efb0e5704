// The meters of one line for `backspin meter --bus`: a list, one meter a row, in the words that stories use.
//   - {profile: eastron-sdm230, unit: 1, power: -2 kW, faults: [ME-14]}
//   - {profile: eastron-sdm120, unit: 2, reads: {import: 10 kWh}, faults: [{fault: PR-05, with: {unit: 9}}]}

public import MeterModel
public import Units

/// A file of meters on one line.
public struct BusFile: Hashable, Sendable {
  /// One meter of the line.
  public struct Row: Hashable, Sendable {
    public var profile: Profile
    /// Its number on the line, 1…247.
    public var unit: UInt8
    /// A constant power of its own, import positive; nil for that of all.
    public var power: Power?
    /// What its registers start with; those that are not named start at zero.
    public var reads: [RegisterRole: WattHours]
    /// Faults of the meter itself, from the start.
    public var faults: [FaultSetting]
  }

  /// At least one; no two have one unit.
  public var rows: [Row]

  /// Reads a file. Throws `Diagnostics`.
  public init(_ path: String, library: Library, faults: [FaultDeclaration]) throws {
    let text: String
    do {
      text = try library.reader.text(of: path)
    } catch {
      let start = Position(file: path, line: 1, column: 1)
      throw Diagnostics([Diagnostic(code: "BS-SCN-15", at: start, message: "cannot read the bus: \(error)")])
    }
    do {
      try self.init(try Node.parse(text, file: path), library: library, faults: faults)
    } catch let one as Diagnostic {
      throw Diagnostics([one])
    }
  }

  private init(_ node: Node, library: Library, faults: [FaultDeclaration]) throws {
    var problems = Collector()
    rows = []
    for item in try node.list("the meters of a bus") {
      guard let row = try problems.attempt({ try Row(item, library: library, faults: faults) }) else {
        continue
      }
      if rows.contains(where: { $0.unit == row.unit }) {
        problems.add(
          item.diagnostic(
            "BS-SCN-37", "two meters of this line are unit \(row.unit)", help: "give one another"))
      }
      rows.append(row)
    }
    try problems.finish()
    guard !rows.isEmpty else { throw node.diagnostic("BS-SCN-39", "a bus without meters") }
  }
}

extension BusFile.Row {
  fileprivate init(_ node: Node, library: Library, faults known: [FaultDeclaration]) throws {
    var problems = Collector()
    var fields = try Fields(node, of: "a meter of the bus")
    let profileNode = try problems.attempt { try fields.required("profile") }
    let unitNode = try problems.attempt { try fields.required("unit") }
    let (powerNode, readsNode) = (fields.optional("power"), fields.optional("reads"))
    let faultsNode = fields.optional("faults")
    try problems.attempt { [fields] in try fields.finish() }
    let profile = try problems.read(profileNode) { try Self.profile($0, library) }
    let unit = try problems.read(unitNode) { UInt8(try $0.whole("the Modbus unit", in: 1...247)) }
    power = try problems.read(powerNode) { try $0.quantity("the power", Power.self) }
    faults =
      try problems.read(faultsNode) { try $0.items("the faults").map { try Self.fault($0, known) } } ?? []
    guard let profile, let unit else {
      try problems.finish()
      throw node.diagnostic("BS-SCN-05", "a meter of the bus has a profile and a unit")
    }
    (self.profile, self.unit) = (profile, unit)
    reads = try problems.read(readsNode) { try MeterSetup.reads($0, of: profile) } ?? [:]
    try problems.finish()
  }

  private static func profile(_ node: Node, _ library: Library) throws -> Profile {
    let profile = try library.profile(node)
    guard profile.modbus != nil else {
      throw node.diagnostic(
        "BS-SCN-42", "\(profile.name) has no serial port, so it is on no line",
        help: profile.twin.map { "its electronic twin is \($0)" } ?? "take a Modbus profile")
    }
    return profile
  }

  private static func fault(_ node: Node, _ known: [FaultDeclaration]) throws -> FaultSetting {
    guard case .map = node.content else { return try FaultSetting(node, with: nil, among: known) }
    var fields = try Fields(node, of: "a fault")
    let (id, parameters) = (try fields.required("fault"), fields.optional("with"))
    try fields.finish()
    return try FaultSetting(id, with: parameters, among: known)
  }
}
