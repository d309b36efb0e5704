// What a listed line shows, as far as it can be told from one reading of it. A line is bound to what a meter
// counts only where the bound line would say just what was read; everything else stays as a text, so that an
// adopted meter never says what the real one did not.

internal import Line
internal import MeterModel
internal import Scenario
internal import Units
internal import Wire

/// The registers, serial number and clock that the lines of one meter are held against.
struct OpticalLineGuess {
  /// What the registers held, in whole Wh.
  var registers: [RegisterRole: WattHours] = [:]
  var serial: String?
  /// When the trace began: a date that agrees with it is that of a clock.
  var day: CivilDate
  /// Whether a rate other than the total counts: then no rate is bound, for nobody knows its windows.
  var hasOneRate = true

  /// Addresses under which makers put serial numbers (IEC 62056-6-1, 0-0:96.1.x, C.1.x and 0.0.0).
  private static let serials: Set<String> = ["0.0.0", "0.0", "C.1.0", "96.1.0"]

  static func isSerial(_ address: String) -> Bool { serials.contains(tail(of: address)) }

  /// `1-0:1.8.0*255` and `1.8.0` are one; a historic value keeps its suffix.
  static func tail(of address: String) -> String {
    let behind = address.split(separator: ":", maxSplits: 1).last.map(String.init) ?? address
    return behind.hasSuffix("*255") ? String(behind.dropLast(4)) : behind
  }

  /// The register that an address names: its total, or a rate of it. Historic values are none.
  static func register(_ address: String) -> (role: RegisterRole, rate: Int)? {
    guard let code = try? OBIS(parsing: tail(of: address)), code.processing == 8, code.billingPeriod == nil,
      code.rate <= 8, (code.medium ?? 1) == 1
    else { return nil }
    switch code.quantity {
    case 1: return (.import, Int(code.rate))
    case 2: return (.export, Int(code.rate))
    default: return nil
    }
  }

  /// A number in Wh or W, and how it is written; nil for anything that is no such number. `isCut` where it
  /// has digits that whole Wh do not reach.
  static func number(_ value: ModeCDataSet.Value) -> (
    amount: Int128, form: OpticalNumberForm, isCut: Bool
  )? {
    let powers = ["kwh": 3, "wh": 0, "kw": 3, "w": 0, "": 3]
    let unit = value.unit ?? ""
    guard let power = powers[unit.lowercased()], !unit.isEmpty || value.unit == nil else { return nil }
    let isNegative = value.text.first == "-"
    let unsigned = isNegative ? String(value.text.dropFirst()) : value.text
    let blanks = unsigned.prefix { $0 == " " }.count
    let parts = unsigned.dropFirst(blanks).split(
      separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
    let isNumber = parts.allSatisfy { part in
      !part.isEmpty && part.allSatisfy { $0.isASCII && $0.isNumber }
    }
    let digits = blanks + (parts.first?.count ?? 0)
    let decimals = parts.count > 1 ? parts[1].count : 0
    guard isNumber, (1...12).contains(digits), decimals <= 9,
      let number = try? DecimalText(parsing: String(unsigned.dropFirst(blanks)))
    else { return nil }
    var cut = number
    var isCut = false
    while cut.decimals > power {
      isCut = isCut || floorModulo(cut.mantissa, 10) != 0
      cut = DecimalText(mantissa: floorDivide(cut.mantissa, 10), decimals: cut.decimals - 1)
    }
    guard let whole = cut.whole(timesTenTo: power) else { return nil }
    let form = OpticalNumberForm(
      digits: digits == 1 ? 0 : digits, decimals: min(decimals, 6), unit: unit, power: power,
      isBlankPadded: blanks > 0)
    return (isNegative ? -whole : whole, form, isCut || decimals > 6)
  }

  // MARK: A line

  /// What stands behind `address:` of a profile's line, or nil for a line that no profile can hold.
  func words(_ set: ModeCDataSet) -> String? {
    guard !set.values.isEmpty, (1...16).contains(set.address.utf8.count), Self.isPlain(set.address) else {
      return nil
    }
    guard set.values.count == 1, let value = set.values.first else {
      let texts = set.values.compactMap(Self.text)
      guard texts.count == set.values.count else { return nil }
      return "values: [" + texts.map { "{\($0)}" }.joined(separator: ", ") + "]"
    }
    return bound(set.address, value) ?? Self.text(value)
  }

  private func bound(_ address: String, _ value: ModeCDataSet.Value) -> String? {
    let tail = Self.tail(of: address)
    if let serial, value.text == serial, value.unit == nil, Self.isSerial(address) { return "shows: serial" }
    if let pattern = clock(tail, value.text), value.unit == nil { return "clock: \"\(pattern)\"" }
    let isZero = !value.text.isEmpty && value.unit == nil && value.text.allSatisfy { $0 == "0" }
    let zeros = ["F.F": "errors", "97.97.0": "errors", "C.5.0": "status", "C.7.0": "power-fails"]
    if isZero, value.text.utf8.count <= 12, let shows = zeros[tail] {
      return "shows: \(shows), number: \"\(value.text)\""
    }
    guard let (amount, form, _) = Self.number(value) else { return nil }
    let picture = "number: \"\(form.picture)\""
    if let (role, rate) = Self.register(address), let held = registers[role] {
      if rate == 0 { return "shows: \(role.rawValue), \(picture)" }
      let isBound = hasOneRate && amount == (rate == 1 ? Int128(held.value) : 0)
      return isBound ? "shows: \(role.rawValue), rate: \(rate), \(picture)" : nil
    }
    return made(tail, amount).map { "shows: \($0), \(picture)" }
  }

  /// Sums of registers, and powers of a meter through which nothing flows.
  private func made(_ tail: String, _ amount: Int128) -> String? {
    let (one, other) = (registers[.import]?.value ?? 0, registers[.export]?.value ?? 0)
    switch tail {
    case "15.8.0": return amount == Int128(one) + Int128(other) ? "sum" : nil
    case "16.8.0": return amount == Int128(one) - Int128(other) ? "net" : nil
    case "1.7.0" where amount == 0: return "power-import"
    case "2.7.0" where amount == 0: return "power-export"
    case "16.7", "16.7.0": return amount == 0 ? "power-net" : nil
    default: return nil
    }
  }

  /// 0.9.1 and 0.9.2: the pattern by which a text is a time of day, or the day of the recording. A day that
  /// is another's stays a text: its order of day, month and year cannot be told.
  private func clock(_ tail: String, _ text: String) -> String? {
    func two(_ number: Int) -> String { (number % 100 < 10 ? "0" : "") + String(number % 100) }
    let digits = text.filter { $0.isASCII && $0.isNumber }
    switch tail {
    case "0.9.1":
      let patterns = ["hh:mm:ss", "hhmmss", "hh:mm", "hhmm"]
      guard digits.count == 6 || digits.count == 4 else { return nil }
      return patterns.first { $0.count == text.count && $0.contains(":") == text.contains(":") }
    case "0.9.2":
      let (year, month, date) = (two(day.year), two(day.month), two(day.day))
      let known = [
        ("YY-MM-DD", "\(year)-\(month)-\(date)"), ("YYMMDD", "\(year)\(month)\(date)"),
        ("DDMMYY", "\(date)\(month)\(year)"), ("DD.MM.YY", "\(date).\(month).\(year)"),
        ("DD-MM-YY", "\(date)-\(month)-\(year)"), ("YY.MM.DD", "\(year).\(month).\(date)"),
      ]
      return known.first { $0.1 == text }?.0
    default: return nil
    }
  }

  // MARK: Texts

  private static func text(_ value: ModeCDataSet.Value) -> String? {
    let whole = value.text + (value.unit.map { "*" + $0 } ?? "")
    guard whole.utf8.count <= 128, isPlain(whole) else { return nil }
    return "text: \(quoted(whole))"
  }

  /// Whether a profile's line can hold it: printable, and none of the signs that end a value.
  private static func isPlain(_ text: String) -> Bool {
    text.utf8.allSatisfy { (0x20...0x7E).contains($0) } && !text.contains { "()/!".contains($0) }
  }

  /// As YAML takes it, whatever it holds.
  static func quoted(_ text: String) -> String {
    "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
  }
}
