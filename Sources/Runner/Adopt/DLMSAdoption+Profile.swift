// The text of an adopted DLMS profile. A register is bound to what a meter counts where that shows just what
// was read; any other stands as a constant, with its own scaler and unit.

internal import Line
internal import MeterModel
internal import Scenario
internal import Units
internal import Wire

extension DLMSAdoption {
  var roles: [RegisterRole] {
    let read = [RegisterRole.import, .export].filter { standing[$0] != nil }
    return read.isEmpty ? [.import] : read
  }

  var head: String {
    let plain = (flag + " " + (firmware ?? "")).filter { $0 != "\"" && $0 != "\\" }
    let rows = roles.map { "  - {role: \($0.rawValue), resolution: 1 Wh, width: u32}\n" }
    let logs = roles.map { "\($0.rawValue): 4464" }.joined(separator: ", ")
    let clock = hasClock ? "clock: {drift: 0 ppm}\n" : ""
    let kept =
      logged.isEmpty
      ? "" : "logs: {half-hours: {\(logs)}, daily-snapshots: {\(logs.replacing("4464", with: "93"))}}\n"
    return "title: \"Adopted DLMS meter \(plain) (skeleton)\"\nmaker: \(flag)\nkind: electronic\nphases: 1\n"
      + "flow: \(roles.contains(.export) ? "bidirectional" : "import-only")\nregisters:\n" + rows.joined()
      + kept + clock
  }

  /// The FLAG code that the logical device name begins with.
  private var flag: String {
    let letters = (deviceName ?? link.identification?.maker ?? "").prefix(3).uppercased()
    let isCode = letters.utf8.count == 3 && letters.utf8.allSatisfy { (65...90).contains($0) }
    return isCode ? letters : "BSP"
  }

  private var firmware: String? {
    values[COSEMDescriptor(1, LogicalName(1, 0, 0, 2, 0), 2)]?.string.map(Self.text)
  }

  private var hasClock: Bool {
    !logged.isEmpty || talk.reads.contains { $0.item.attribute.classID == 8 }
      || objectList.contains { $0.classID == 8 }
  }

  // MARK: Server

  func server(_ keepsSecrets: Bool, _ remarks: inout [String]) -> String {
    var text = "dlms:\n  flag: \(flag)\n"
    if let firmware { text += "  firmware: \(OpticalLineGuess.quoted(firmware))\n" }
    text += link.port.map { "  wrapper: {port: \(max($0, 1))}\n" } ?? "  hdlc: \(hdlc)\n"
    if let most = talk.maximumPDU, most == 0 || most >= 64 { text += "  maximum-pdu: \(most)\n" }
    text += "  clients:\n"
    var seen: Set<UInt16> = []
    for one in talk.associations where seen.insert(one.client).inserted {
      text +=
        "    - {address: \(min(max(one.client, 1), 126))\(proof(of: one, keepsSecrets)), rights: reading}\n"
    }
    if !keepsSecrets, talk.associations.contains(where: { !$0.password.isEmpty }) {
      remarks.append("passwords are replaced by examples, such as 12345678")
    }
    if talk.associations.contains(where: \.needsKeys) {
      remarks.append(
        "the meter's keys are not in the profile: its clients have the examples of dlms-bench-import-export")
    }
    return text
  }

  private func proof(of one: COSEMTalk.Association, _ keepsSecrets: Bool) -> String {
    var text = one.mechanism == .none ? "" : ", authentication: \(one.mechanism.name)"
    if one.mechanism == .low {
      let plain = Self.text(one.password)
      text += ", password: \(OpticalLineGuess.quoted(keepsSecrets ? plain : Adoption.example(for: plain)))"
    }
    guard one.needsKeys else { return text }
    text += ", encryption-key: \"000102030405060708090A0B0C0D0E0F\""
    text += ", authentication-key: \"D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF\""
    let name = COSEMPolicy.names.first { $0.policy == one.policy }?.name ?? "none"
    return text + ", policy: \(name)"
  }

  private var hdlc: String {
    let server = link.server
    var words = ["logical: \(max(server?.upper ?? 1, 1))"]
    if let lower = server?.lower { words.append("physical: \(lower), address-bytes: \(server?.width ?? 2)") }
    let most = min(max(link.parameters.transmitBytes, 32), 2030)
    words.append("information: \(most), window: \(min(max(link.parameters.transmitWindow, 1), 7))")
    if let baud = link.baud { words.append("baud: \(min(max(baud, 300), 115_200))") }
    if let found = link.identification {
      let behind = found.raw.dropFirst(4)
      words.append("mode-e: \(OpticalLineGuess.quoted(String(behind)))")
    }
    return "{" + words.joined(separator: ", ") + "}"
  }

  // MARK: Objects

  func objects(_ remarks: inout [String]) -> String {
    var (rows, seen): ([String], Set<LogicalName>) = ([], [])
    for one in registers.reversed() where seen.insert(one.name).inserted {
      guard let row = words(one) else {
        remarks.append("\(one.name) does not fit a register here and is left out")
        continue
      }
      rows.insert("    - {name: \(one.name), \(row)}\n", at: 0)
    }
    var text = "  registers:" + (rows.isEmpty ? " []\n" : "\n" + rows.joined())
    let logs = logged.map { "    - {name: \($0.name), period: \($0.period), columns: [\($0.columns)]}\n" }
    if !logs.isEmpty { text += "  profiles:\n" + logs.joined() }
    for name in profiles.subtracting(logged.map(\.log)).sorted() {
      remarks.append(
        "\(name) has columns or a period that no meter here logs: its rows are in the vectors alone")
    }
    if objectList.contains(where: { $0.classID == 7 && $0.name == LogicalName(0, 0, 99, 98, 0) }) {
      text += "  event-log: 100\n"
    }
    if objectList.contains(where: { $0.classID == 70 }) { text += "  disconnect-control: true\n" }
    return text
  }

  /// What stands behind a register's name.
  private func words(_ one: Register) -> String? {
    guard (-6...6).contains(one.scaler.scaler) else { return nil }
    let isSigned = [.int8, .int16, .int32, .int64].contains(one.value.tag)
    let isWide = one.value.tag == .int64 || one.value.tag == .uint64
    let type = (isSigned ? "int" : "uint") + (isWide ? "64" : "32")
    let shows = shows(one, isSigned: isSigned)
    let number = shows == "constant" ? ", raw: \(one.raw), unit: \(one.scaler.unit.rawValue)" : ""
    return "shows: \(shows)\(number), scaler: \(one.scaler.scaler), width: \(type)"
  }

  private func shows(_ one: Register, isSigned: Bool) -> String {
    guard one.name.a == 1, one.name.f == 255, let whole = one.whole, one.scaler.unit == .wattHour else {
      return power(one, isSigned: isSigned) ?? "constant"
    }
    let (imported, exported) = (Int128(standing[.import]?.value ?? 0), Int128(standing[.export]?.value ?? 0))
    let hasBoth = roles.count == 2
    switch (one.name.c, one.name.d, one.name.e) {
    case (1, 8, 0) where Int128(standing[.import]?.value ?? -1) == whole: return "import"
    case (2, 8, 0) where Int128(standing[.export]?.value ?? -1) == whole: return "export"
    case (15, 8, 0) where hasBoth && whole == imported + exported: return "absolute"
    case (16, 8, 0) where hasBoth && isSigned && whole == imported - exported: return "net"
    case (1, 8, 1) where standing[.import] != nil && whole == imported: return "import"
    case (2, 8, 1) where standing[.export] != nil && whole == exported: return "export"
    case (1...2, 8, 1...8) where whole == 0: return "unused-rate"
    default: return "constant"
    }
  }

  /// A meter through which nothing flows: only that is known to be the same again.
  private func power(_ one: Register, isSigned: Bool) -> String? {
    guard one.scaler.unit == .watt, one.raw == 0, one.name.a == 1, one.name.d == 7, one.name.e == 0,
      one.name.f == 255
    else { return nil }
    let names: [UInt8: String] = [1: "import-power", 2: "export-power", 16: "net-power"]
    return one.name.c == 16 && !isSigned ? nil : names[one.name.c]
  }
}

extension COSEMTalk.Association {
  var needsKeys: Bool { mechanism == .gmac || policy != .nothing }
}
