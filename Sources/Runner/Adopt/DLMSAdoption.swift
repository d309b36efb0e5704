// The profile of a meter whose DLMS dialogue was recorded: how it is reached, who associated, the registers
// with their numbers, scalers and units, the profiles with their columns (IEC 62056-5-3, 62056-6-2).

internal import Line
internal import MeterModel
internal import Scenario
internal import Units
internal import Wire

/// From a recorded DLMS dialogue to a profile.
struct DLMSAdoption {
  /// A register of class 3 with its scaler.
  struct Register {
    var at: TimeSpan
    var name: LogicalName
    var value: COSEMValue
    var raw: Int64
    var scaler: ScalerUnit
    /// In whole Wh or W; nil for other units, and for fractions.
    var whole: Int128?
  }

  let trace: Trace
  let link: DLMSTalk
  let talk: COSEMTalk
  /// The last value of each attribute that was read whole.
  private(set) var values: [COSEMDescriptor: COSEMValue] = [:]
  private(set) var registers: [Register] = []
  /// What the registers of both directions held, in Wh.
  private(set) var standing: [RegisterRole: WattHours] = [:]

  /// Throws `StoryError` where nothing was read, or for a dialogue that is ciphered.
  init(_ trace: Trace, keys: COSEMKeys?) throws {
    self.trace = trace
    link = DLMSTalk(trace)
    guard !link.messages.isEmpty else { throw StoryError("nothing was read in it: no DLMS message is whole") }
    talk = try COSEMTalk(link.messages, keys: keys)
    for read in talk.reads where read.item.selection == nil { values[read.item.attribute] = read.value }
    registers = talk.reads.compactMap(register)
    for one in registers {
      guard let role = Self.role(one.name), let whole = one.whole.flatMap({ Int64(exactly: $0) }), whole >= 0
      else { continue }
      standing[role] = WattHours(whole)
    }
  }

  private func register(_ read: COSEMTalk.Read) -> Register? {
    let item = read.item.attribute
    guard item.classID == 3, item.index == 2, let number = read.value.whole, let raw = Int64(exactly: number),
      let scaler = scaler(of: 3, item.name)
    else { return nil }
    let isEnergy = scaler.unit == .wattHour || scaler.unit == .watt
    let whole = isEnergy ? scaler.number(number)?.whole(timesTenTo: 0) : nil
    return Register(at: read.at, name: item.name, value: read.value, raw: raw, scaler: scaler, whole: whole)
  }

  /// Class 5 keeps it in attribute 4, the others in 3.
  func scaler(of classID: UInt16, _ name: LogicalName) -> ScalerUnit? {
    values[COSEMDescriptor(classID, name, classID == 5 ? 4 : 3)].flatMap { ScalerUnit($0) }
  }

  /// 1-0:1.8.0*255 and 1-0:2.8.0*255.
  static func role(_ name: LogicalName) -> RegisterRole? {
    guard name.a == 1, name.d == 8, name.e == 0, name.f == 255 else { return nil }
    return [1: RegisterRole.import, 2: .export][name.c]
  }

  // MARK: Findings

  func findings(file: String, keepsSecrets: Bool) throws -> Adoption.Findings {
    guard !talk.associations.isEmpty else {
      throw StoryError("nothing was read in it: no association came about")
    }
    var found = Adoption.Findings()
    found.values = talk.reads.flatMap(adopted)
    found.registers = [RegisterRole.import, .export].compactMap { role in
      standing[role].map { (role, $0) }
    }
    found.serial = serial
    found.port = .dlms
    // A reader at the bench stands at the serial side, with a client that may read.
    found.bench = link.port == nil ? .dlms : nil
    var remarks: [String] = []
    found.profile =
      head + server(keepsSecrets, &remarks) + objects(&remarks) + OpticalAdoption.sources(file, trace)
    found.remarks = remarks + told
    return found
  }

  /// The number in 0-0:96.1.0*255, or the end of the logical device name behind its zeros.
  private var serial: String? {
    if let octets = values[COSEMDescriptor(1, LogicalName(0, 0, 96, 1, 0), 2)]?.string, !octets.isEmpty {
      return Self.text(octets)
    }
    guard let name = deviceName, name.count > 4 else { return nil }
    let digits = name.dropFirst(3).drop { $0 == "0" }
    return digits.count >= 4 ? String(digits) : nil
  }

  var deviceName: String? {
    values[COSEMDescriptor(1, LogicalName(0, 0, 42, 0, 0), 2)]?.string.map(Self.text)
  }

  private var told: [String] {
    var told: [String] = []
    if talk.unanswered > 0 {
      told.append("\(talk.unanswered) questions have no right answer and are left out")
    }
    if standing.isEmpty {
      told.append("neither 1-0:1.8.0*255 nor 1-0:2.8.0*255 was read: the registers are our assumption")
    }
    let unread = listed.subtracting(registers.map(\.name)).sorted()
    if !unread.isEmpty {
      let some = unread.prefix(5).map(\.description).joined(separator: ", ")
      told.append(
        "\(unread.count) registers of the object list were not read and are left out: \(some)"
          + (unread.count > 5 ? " …" : ""))
    }
    return told
  }

  /// Registers of the association's object list.
  private var listed: Set<LogicalName> { Set(objectList.filter { $0.classID == 3 }.map(\.name)) }

  var objectList: [COSEMObject] {
    values[COSEMDescriptor(AssociationObject.classID, AssociationObject.name, 2)]?.elements?
      .compactMap { COSEMObject($0) } ?? []
  }

  // MARK: Values

  private func adopted(_ read: COSEMTalk.Read) -> [AdoptedValue] {
    let item = read.item.attribute
    if item.classID == 7, item.index == 2 { return rows(read) }
    guard item.index == 2, item.classID != AssociationObject.classID else { return [] }
    let raw = Self.hexadecimal(read.value.encoded)
    let isSerial = item.name == LogicalName(0, 0, 96, 1, 0) || item.name == LogicalName(0, 0, 42, 0, 0)
    let name = isSerial ? Adoption.serialNumber : Self.role(item.name)?.rawValue ?? ""
    let scaler = scaler(of: item.classID, item.name)
    return [
      AdoptedValue(
        at: read.at, address: item.name.description, name: name, text: Self.text(read.value, scaler),
        unit: scaler?.unit.symbol ?? "", raw: raw)
    ]
  }

  static func text(_ value: COSEMValue, _ scaler: ScalerUnit?) -> String {
    if let whole = value.whole { return scaler?.number(whole)?.description ?? "\(whole)" }
    if case .boolean(let flag) = value { return flag ? "true" : "false" }
    if let octets = value.string {
      return octets.count == 12 ? COSEMDateTime(octets)?.text ?? text(octets) : text(octets)
    }
    return hexadecimal(value.encoded)
  }

  /// Printable ASCII as it is, else hexadecimal digits.
  static func text(_ octets: [UInt8]) -> String {
    let isPlain = !octets.isEmpty && octets.allSatisfy { (0x20...0x7E).contains($0) }
    return isPlain ? String(decoding: octets, as: UTF8.self) : hexadecimal(octets)
  }

  static func hexadecimal(_ octets: [UInt8]) -> String {
    octets.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
  }
}
