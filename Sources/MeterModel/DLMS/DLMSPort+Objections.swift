// What makes a DLMS port impossible on a make of meter: checked once, when the profile is read, so that
// nothing has to be refused in the middle of a dialogue.

internal import Units
internal import Wire

extension DLMSPort {
  /// Everything wrong with it on this profile, each as one clause; empty for a port that works.
  public func objections(on profile: Profile) -> [String] {
    reach + clients.flatMap(Self.objections(to:)) + registers.flatMap { objections(to: $0, profile) }
      + profiles.flatMap { objections(to: $0, profile) }
      + Self.repeated(clients.map { "client \($0.address)" })
      + Self.repeated(registers.map(\.name.description) + profiles.map(\.name.description))
  }

  private var reach: [String] {
    var wrong: [String] = []
    if hdlc == nil, wrapper == nil { wrong.append("it has neither a serial nor a TCP side") }
    let isCode = flagCode.utf8.count == 3 && flagCode.utf8.allSatisfy { (65...90).contains($0 & 0xDF) }
    if !isCode { wrong.append("a FLAG code has three letters, not '\(flagCode)'") }
    if let systemTitle, systemTitle.count != 8 { wrong.append("a system title has 8 octets") }
    if maximumPDU != 0, maximumPDU < Self.leastPDU {
      wrong.append("the largest PDU is 0 (no limit) or at least \(Self.leastPDU) octets, not \(maximumPDU)")
    }
    if clients.isEmpty { wrong.append("nobody may associate: it has no clients") }
    if let hdlc { wrong += hdlc.objections }
    return wrong
  }

  /// Below this no header of a block fits beside its protection (our assumption).
  static let leastPDU: UInt16 = 64

  private static func objections(to client: DLMSClient) -> [String] {
    let who = "client \(client.address)"
    var wrong: [String] = []
    if client.address == 0 || client.address > 126 { wrong.append("\(who): addresses are 1 to 126") }
    if client.mechanism == .low, !(1...32).contains(client.password.count) {
      wrong.append("\(who): a password has 1 to 32 octets")
    }
    if client.keys == nil, client.mechanism == .gmac || client.policy != .nothing {
      wrong.append("\(who): it needs the two keys")
    }
    if let title = client.systemTitle, title.count != 8 {
      wrong.append("\(who): a system title has 8 octets")
    }
    return wrong
  }

  private func objections(to register: DLMSRegister, _ profile: Profile) -> [String] {
    let name = register.name.description
    var wrong: [String] = []
    if LogicalName(register.name) == nil { wrong.append("\(name): a logical name has all six groups") }
    if !(-6...6).contains(register.scaler) { wrong.append("\(name): the scaler is -6 to 6") }
    if register.quantity == .net || register.quantity == .netPower,
      register.width == .uint32 || register.width == .uint64
    {
      wrong.append("\(name): a net amount may fall below zero: its width has a sign")
    }
    if register.quantity == .constant, !register.holds(register.raw) {
      wrong.append("\(name): \(register.raw) does not fit \(register.width.rawValue)")
    }
    if !profile.shows(register.quantity) {
      wrong.append("\(name): the meter has no register for '\(register.quantity.rawValue)'")
    }
    return wrong
  }

  private func objections(to log: DLMSProfile, _ profile: Profile) -> [String] {
    let name = log.name.description
    var wrong: [String] = []
    if LogicalName(log.name) == nil { wrong.append("\(name): a logical name has all six groups") }
    if log.period != 1800, log.period != 86_400 { wrong.append("\(name): the period is 1800 or 86400 s") }
    if log.columns.first != .clock { wrong.append("\(name): the first column is the clock") }
    if log.encoding == .compactArray, log.compressesNull {
      wrong.append("\(name): rows of a compact array cannot be null-compressed")
    }
    if profile.clock == nil { wrong.append("\(name): the meter keeps no time") }
    for column in log.columns.dropFirst() {
      if let objection = objection(to: column, of: log, profile) { wrong.append("\(name): \(objection)") }
    }
    return wrong
  }

  private func objection(to column: DLMSProfile.Column, of log: DLMSProfile, _ profile: Profile) -> String? {
    switch column {
    case .clock: return "the clock is the first column alone"
    case .status: return nil
    case .interval(let role):
      if log.period != 1800 { return "interval energy is kept for half-hours alone" }
      return profile.logs.halfHours(role) > 0 ? nil : "the meter keeps no half-hours of \(role.rawValue)"
    case .register(let register):
      guard let shown = registers.first(where: { $0.name == register }) else {
        return "\(register) is no register of this port"
      }
      let roles = profile.roles(of: shown.quantity)
      guard !shown.quantity.isPower, !roles.isEmpty else { return "\(register) cannot be captured" }
      for role in roles {
        let kept =
          log.period == 1800 ? profile.logs.halfHours(role) : profile.logs.dailySnapshots(role)
        if kept == 0 { return "the meter keeps no log of \(role.rawValue)" }
      }
      return nil
    }
  }

  private static func repeated(_ names: [String]) -> [String] {
    var seen: Set<String> = []
    return names.filter { !seen.insert($0).inserted }.map { "\($0) stands twice" }
  }
}

extension DLMSHDLC {
  var objections: [String] {
    var wrong: [String] = []
    let limit: UInt16? = [1: 0x7F, 2: 0x7F, 4: 0x3FFF][addressBytes]
    if let limit {
      if logicalAddress == 0 || logicalAddress >= limit || physicalAddress ?? 1 >= limit {
        wrong.append("an address of \(addressBytes) bytes holds 1 to \(limit - 1)")
      }
      if (addressBytes == 1) != (physicalAddress == nil) {
        wrong.append("a physical address goes with an address of 2 or 4 bytes, and with that alone")
      }
    } else {
      wrong.append("a server address has 1, 2 or 4 bytes, not \(addressBytes)")
    }
    if !(32...2030).contains(maximumInformation) {
      wrong.append("an information field holds 32 to 2030 octets, not \(maximumInformation)")
    }
    if !(1...7).contains(window) { wrong.append("a window is 1 to 7 frames, not \(window)") }
    return wrong
  }
}

extension DLMSPort {
  /// The registers whose standing at each half-hour some profile captures.
  func capturedStandings(on profile: Profile) -> Set<RegisterRole> {
    let halfHourly = profiles.filter { $0.period == 1800 }.flatMap(\.columns)
    let captured = registers.filter { halfHourly.contains(.register($0.name)) }
    return Set(captured.flatMap { profile.roles(of: $0.quantity) })
  }
}

extension Profile {
  /// The registers from which a quantity is made; empty for power and for a rate that is never used.
  func roles(of quantity: DLMSQuantity) -> [RegisterRole] {
    switch quantity {
    case .import: [.import]
    case .export: [.export]
    case .total: [.total]
    case .absolute, .net: hasExportRegister ? [.import, .export] : [.import]
    case .unusedRate, .constant, .importPower, .exportPower, .netPower: []
    }
  }

  /// Whether the meter has what a quantity is made of. A register of import alone is an absolute one only
  /// where both directions count into it, and a net one only where it runs backwards.
  func shows(_ quantity: DLMSQuantity) -> Bool {
    guard roles(of: quantity).allSatisfy({ register($0) != nil }) else { return false }
    switch quantity {
    case .absolute: return hasExportRegister || flow == .absolute
    case .net: return hasExportRegister || flow == .backwards
    default: return true
    }
  }
}
