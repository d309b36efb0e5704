// From a recorded meter to files that the rest of this program takes: a profile (or its skeleton), the values
// as vectors, and a scenario in which such a meter shows them. What is not known is said in the files;
// nothing is made up but what is called so.

public import Line
internal import MeterModel
public import Scenario
internal import Units

/// What a trace becomes.
public struct Adoption {
  /// A file to be written, by its path in the folder of the adoption.
  public struct File: Hashable, Sendable {
    public var path: String
    public var text: String
  }

  public var files: [File]
  /// What a person must look at.
  public var remarks: [String]

  /// What the parts of an adoption have found.
  struct Findings {
    var values: [AdoptedValue] = []
    /// The profile's text, without its comment.
    var profile = ""
    var registers: [(role: RegisterRole, value: WattHours)] = []
    /// Whether a reader can poll it in a story.
    var polls = false
    var remarks: [String] = []
  }

  /// - Parameters:
  ///   - name: what the meter shall be called: letters, digits, `-` and `.`.
  ///   - make: the make that somebody says it is; nil lets its registers tell.
  ///   - library: the makes that it may be one of.
  ///   - redactor: replaces serial numbers and MPANs; nil keeps them.
  /// Throws `StoryError` for a trace of which nothing can be made.
  public init(
    _ trace: Trace, name: String, from file: String, make: String? = nil, library: Library,
    redactor: Redactor?
  ) throws {
    var found: Findings
    switch trace.tongue {
    case .modbusRTU, .modbusTCP:
      found = try ModbusAdoption(trace).findings(trace, file: file, make: make, library: library)
    case .modeC, .hdlc, .wrapper, .irda, .pulse, .unknown:
      throw StoryError(
        "a trace of \(trace.tongue.rawValue) cannot be adopted: of Modbus ones a meter can be made")
    }
    guard !found.values.isEmpty else {
      throw StoryError("nothing was read in it: no question has a right answer")
    }
    if var redactor {
      redactor.learn(Self.identifiers(found.values))
      for index in found.values.indices { Self.redact(&found.values[index], redactor) }
      found.profile = redactor.text(found.profile)
    }
    let head = "# Adopted from \(file), recorded \(trace.origin).\n"
    files = [
      File(path: "meters/\(name).yaml", text: head + found.profile),
      File(path: "vectors.csv", text: AdoptedValue.table(found.values)),
      File(path: "\(name).yaml", text: head + Self.story(name, trace, found)),
    ]
    remarks = found.remarks
  }

  // MARK: Identifiers

  /// Names of values that are somebody's numbers, and texts that are valid MPANs.
  private static func identifiers(_ values: [AdoptedValue]) -> Identifiers {
    let serials = values.filter { $0.name == serialNumber }.map(\.text)
    let mpans = values.map(\.text).filter { (try? MPAN(parsing: $0)) != nil }
    return Identifiers(mpans: Set(mpans), serials: Set(serials))
  }

  static let serialNumber = "serial-number"

  /// The raw bytes of a number that is replaced would tell it all the same.
  private static func redact(_ value: inout AdoptedValue, _ redactor: Redactor) {
    let masked = value.name == serialNumber ? redactor.name(value.text) : redactor.text(value.text)
    guard masked != value.text else { return }
    (value.text, value.raw) = (masked, "")
  }

  // MARK: The story

  private static func story(_ name: String, _ trace: Trace, _ found: Findings) -> String {
    let start = Instant(seconds: floorDivide(trace.origin.seconds, 60) * 60)
    let read = start + .minutes(30)
    var text = """
      id: adopted-\(name)
      title: A meter shows what \(name) showed when it was recorded
      tags: [adopted]
      from: \(start)
      until: \(start + .hours(1))
      site: {flow: 0 W}
      meters:
        export:
          profile: \(name)
          # A made-up supply.
          mpan: "9900000000015"

      """
    if !found.registers.isEmpty {
      let reads = found.registers.map { "\($0.role.rawValue): \($0.value)" }.joined(separator: ", ")
      text += "    reads: {\(reads)}\n"
    }
    text += "agreement: {licensee: synthetic-sub-meter, tariff: {flat: 10 p/kWh}}\n"
    if found.polls { text += "timeline:\n  - {at: \(read), polls: export}\n" }
    let expected =
      found.registers.isEmpty
      ? [(role: RegisterRole.import, value: WattHours.zero)] : found.registers
    text += "expect:\n"
    for (role, value) in expected {
      text += "  - {register: export, role: \(role.rawValue), value: \(value), at: \(read)}\n"
    }
    return text
  }
}
