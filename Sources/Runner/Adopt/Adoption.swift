// From a recorded meter to files that the rest of this program takes: a profile (or its skeleton), the values
// as vectors, and a scenario in which such a meter shows them. What is not known is said in the files;
// nothing is made up but what is called so.

public import Line
internal import MeterModel
public import Scenario
internal import Units
public import Wire

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
  /// What `backspin meter` needs besides the meter's name to show what was read.
  public var serving: [String]

  /// What the parts of an adoption have found.
  struct Findings {
    var values: [AdoptedValue] = []
    /// The profile's text, without its comment.
    var profile = ""
    var registers: [(role: RegisterRole, value: WattHours)] = []
    /// Whether a reader can poll it in a story.
    var polls = false
    /// The port at which a story can read it at the bench; nil for none.
    var bench: MeterProtocol?
    /// The port that is served; nil for the profile's first.
    var port: MeterProtocol?
    /// Its number, where it was read.
    var serial: String?
    var remarks: [String] = []
  }

  /// - Parameters:
  ///   - name: what the meter shall be called: letters, digits, `-` and `.`.
  ///   - make: the make that somebody says it is; nil lets its registers tell.
  ///   - keys: those of a ciphered DLMS dialogue.
  ///   - library: the makes that it may be one of.
  ///   - redactor: replaces serial numbers and MPANs; nil keeps them.
  /// Throws `StoryError` for a trace of which nothing can be made.
  public init(
    _ trace: Trace, name: String, from file: String, make: String? = nil, keys: COSEMKeys? = nil,
    library: Library, redactor: Redactor?
  ) throws {
    var found: Findings
    switch trace.tongue {
    case .modbusRTU, .modbusTCP:
      found = try ModbusAdoption(trace).findings(trace, file: file, make: make, library: library)
    case .modeC: found = try OpticalAdoption(trace).findings(file: file, keepsSecrets: redactor == nil)
    case .hdlc, .wrapper:
      found = try DLMSAdoption(trace, keys: keys).findings(
        file: file, keepsSecrets: redactor == nil)
    case .irda, .pulse, .unknown:
      throw StoryError(
        "a trace of \(trace.tongue.rawValue) cannot be adopted: a meter is made of Modbus, IEC 62056-21 and DLMS"
      )
    }
    if let make, found.bench != nil || found.port != nil {
      throw StoryError("\(make): only a Modbus trace needs a make, the others tell by themselves")
    }
    guard !found.values.isEmpty else {
      throw StoryError("nothing was read in it: no question has a right answer")
    }
    if var redactor {
      redactor.learn(Self.identifiers(found))
      for index in found.values.indices { Self.redact(&found.values[index], redactor) }
      found.profile = redactor.text(found.profile)
      found.serial = found.serial.map(redactor.name)
    }
    let head = "# Adopted from \(file), recorded \(trace.origin).\n"
    files = [
      File(path: "meters/\(name).yaml", text: head + found.profile),
      File(path: "vectors.csv", text: AdoptedValue.table(found.values)),
      File(path: "\(name).yaml", text: head + Self.story(name, trace, found)),
    ]
    remarks = found.remarks
    serving = Self.serving(found)
  }

  /// Nothing flows through it, so that it stands where it stood.
  private static func serving(_ found: Findings) -> [String] {
    var words = found.port.map { ["--protocol", $0.rawValue] } ?? []
    if !found.registers.isEmpty {
      words += [
        "--set",
        found.registers.map { "\($0.role.rawValue)=\(kilowattHours($0.value))" }.joined(separator: ","),
      ]
    }
    if let serial = found.serial { words += ["--serial-number", serial] }
    return words + ["--power", "0W"]
  }

  /// Without a blank, as an option has it.
  private static func kilowattHours(_ value: WattHours) -> String { "\(value.value)Wh" }

  // MARK: Identifiers

  /// Names of values that are somebody's numbers, and texts that are valid MPANs.
  private static func identifiers(_ found: Findings) -> Identifiers {
    let values = found.values
    let serials = values.filter { $0.name == serialNumber }.map(\.text) + [found.serial].compactMap(\.self)
    let mpans = values.map(\.text).filter { (try? MPAN(parsing: $0)) != nil }
    return Identifiers(mpans: Set(mpans), serials: Set(serials.filter { !$0.isEmpty }))
  }

  static let serialNumber = "serial-number"

  /// A password of the same length that is nobody's secret.
  static func example(for password: String) -> String {
    String((0..<password.utf8.count).map { Character(UnicodeScalar(UInt8(0x31 + $0 % 9))) })
  }

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
      \(found.bench == nil ? "" : "depths: [memory]\n")site: {flow: 0 W}
      meters:
        export:
          profile: \(name)
          # A made-up supply.
          mpan: "9900000000015"

      """
    if let serial = found.serial, serial.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber) }) {
      text += "    serial: \"\(serial)\"\n"
    }
    if !found.registers.isEmpty {
      let reads = found.registers.map { "\($0.role.rawValue): \($0.value)" }.joined(separator: ", ")
      text += "    reads: {\(reads)}\n"
    }
    text += "agreement: {licensee: synthetic-sub-meter, tariff: {flat: 10 p/kWh}}\n"
    if found.polls { text += "timeline:\n  - {at: \(read), polls: export}\n" }
    if let port = found.bench, !found.registers.isEmpty {
      text += "timeline:\n  - {at: \(read), bench-reads: export, over: \(port.rawValue)}\n"
    }
    let expected =
      found.registers.isEmpty
      ? [(role: RegisterRole.import, value: WattHours.zero)] : found.registers
    text += "expect:\n"
    for (role, value) in expected {
      text += "  - {register: export, role: \(role.rawValue), value: \(value), at: \(read)}\n"
    }
    if found.bench != nil {
      for (role, _) in found.registers {
        text += "  - {read-count: export, role: \(role.rawValue), source: visit, equals: 1}\n"
      }
    }
    return text
  }
}
