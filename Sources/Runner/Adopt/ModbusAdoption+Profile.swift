// The profile of an adopted Modbus meter: that of the make whose map fits, or a skeleton that answers with
// the registers as they were read.

internal import Line
internal import MeterModel
internal import Scenario
internal import Units

extension ModbusAdoption {
  /// `make` is what somebody says that the meter is; nil lets the registers tell.
  func findings(_ trace: Trace, file: String, make: String?, library: Library) throws -> Adoption.Findings {
    let names = try make.map { [$0] } ?? library.names(.meters)
    let makes = makes(among: try names.map { try library.profile(named: $0) })
    if let make, makes.isEmpty {
      throw StoryError("it was asked for registers that \(make) has not")
    }
    guard let best = makes.first, let path = try library.path(.meters, best.profile.name) else {
      return try unknown(trace, file: file, because: "no known make has values at these registers")
    }
    let equal = makes.dropFirst().filter { $0.values.count == best.values.count }
    let others = equal.map(\.profile.name)
    guard equal.allSatisfy({ Self.saysTheSame($0.values, best.values) }) else {
      let list = ([best.profile.name] + others).joined(separator: ", ")
      return try unknown(
        trace, file: file, because: "\(list) read these registers differently: say which it is with --profile"
      )
    }
    var found = Adoption.Findings()
    found.values = best.values.map { one in
      AdoptedValue(
        at: one.span.at, address: "\(one.span.function):\(one.point.address)", name: one.point.name,
        text: one.text, unit: one.point.unit == .one ? "" : one.point.unit.rawValue,
        raw: Self.hexadecimal(one.words))
    }
    found.registers = Self.registers(best.values, of: best.profile)
    found.profile = try library.reader.text(of: path)
    found.polls = true
    found.remarks.append(
      "its registers are those of \(best.profile.name)"
        + (others.isEmpty ? "" : ", and as well of \(others.joined(separator: ", "))"))
    return tell(found)
  }

  /// Whether two makes have the same names, numbers and units for what was read.
  private static func saysTheSame(_ one: [Reading], _ other: [Reading]) -> Bool {
    zip(one, other).allSatisfy {
      ($0.point.name, $0.text, $0.point.unit) == ($1.point.name, $1.text, $1.point.unit)
    }
  }

  private func tell(_ findings: Adoption.Findings) -> Adoption.Findings {
    var found = findings
    if unanswered > 0 {
      found.remarks.append("\(unanswered) questions have no right answer and are left out")
    }
    let units = Set(spans.map(\.unit)).sorted()
    if units.count > 1 {
      let list = units.map { "\($0)" }.joined(separator: ", ")
      found.remarks.append("units \(list) are on the line: they are taken for one meter")
    }
    return found
  }

  /// The last energies that were read, in whole Wh, for the registers that a make has.
  private static func registers(_ readings: [Reading], of profile: Profile) -> [(
    role: RegisterRole, value: WattHours
  )] {
    let roles: [(ModbusQuantity.Kind, RegisterRole)] = [
      (.activeEnergyImport, .import), (.activeEnergyExport, .export), (.activeEnergyTotal, .total),
    ]
    return roles.compactMap { kind, role in
      guard profile.register(role) != nil,
        let last = readings.last(where: { $0.point.shows == ModbusQuantity(kind).map { .quantity($0) } }),
        let number = try? DecimalText(parsing: last.text, exponent: true)
      else { return nil }
      let power = last.point.unit == .kilowattHour ? 3 : 0
      guard let whole = wholeWattHours(number, power) else { return nil }
      return (role, whole)
    }
  }

  /// A float32 shows more digits than it knows: what is below 1 Wh is cut off.
  private static func wholeWattHours(_ number: DecimalText, _ power: Int) -> WattHours? {
    var cut = number
    while cut.decimals > power {
      cut = DecimalText(mantissa: floorDivide(cut.mantissa, 10), decimals: cut.decimals - 1)
    }
    return cut.whole(timesTenTo: power).flatMap { Int64(exactly: $0) }.map { WattHours($0) }
  }

  // MARK: A make that nobody knows

  private func unknown(_ trace: Trace, file: String, because: String) throws -> Adoption.Findings {
    var found = Adoption.Findings()
    found.values = words
    found.polls = false
    found.remarks.append(
      "\(because); the skeleton answers with what was read: name the registers in it")
    found.remarks.append(
      "registers whose meaning is not known are kept as they are: one may hold a serial number")
    let line = trace.line ?? .usual
    let unit = spans.first.map { max($0.unit, 1) } ?? 1
    found.profile = """
      title: Adopted Modbus meter (skeleton)
      kind: modbus
      phases: 1
      flow: bidirectional
      registers:
        - {role: import, resolution: 1 Wh, digits: 6}
        - {role: export, resolution: 1 Wh, digits: 6}
      sources:
        - "The trace \(Self.plain(file)), recorded \(trace.origin)"
      notes:
        - Registers, phases and flow are our assumption; which register shows what is not known.
      modbus:
        line: {unit: \(unit), baud: \(line.baud), parity: \(line.parity.rawValue), stop-bits: \(line.stopBits)}
        sources: {trace: "The trace \(Self.plain(file))"}
        blocks:
      \(blocks.joined(separator: "\n"))
        points: []
        settings:
      \(settings.joined(separator: "\n"))

      """
    return tell(found)
  }

  private static func plain(_ text: String) -> String { text.filter { $0 != "\"" && $0 != "\\" } }

  /// The words last read, by function and address.
  private var lastWords: [UInt8: [Int: UInt16]] {
    var last: [UInt8: [Int: UInt16]] = [:]
    for span in spans {
      for (offset, word) in span.words.enumerated() {
        last[span.function, default: [:]][Int(span.address) + offset] = word
      }
    }
    return last
  }

  private var blocks: [String] {
    lastWords.sorted { $0.key < $1.key }.flatMap { function, words -> [String] in
      var runs: [ClosedRange<Int>] = []
      for address in words.keys.sorted() {
        if let run = runs.last, run.upperBound + 1 == address {
          runs[runs.count - 1] = run.lowerBound...address
        } else {
          runs.append(address...address)
        }
      }
      return runs.map {
        "    - {functions: [\(function)], from: \($0.lowerBound), through: \($0.upperBound), gap: exception}"
      }
    }
  }

  private var settings: [String] {
    lastWords.sorted { $0.key < $1.key }.flatMap { function, words in
      words.sorted { $0.key < $1.key }.map { address, word in
        "    - {setting: word-\(function)-\(address), functions: [\(function)], address: \(address), "
          + "type: uint16, initial: \(word), source: trace}"
      }
    }
  }
}
