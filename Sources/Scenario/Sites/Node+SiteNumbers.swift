// Numbers of a site with their units: metres a second, per cent, W/K. They are decimals, as the physics of a
// site is computed in floating point; energy and power are whole numbers and read elsewhere.

internal import Units

extension Node {
  /// A plain decimal number in a range, with a unit after it where one is named.
  func number(_ what: String, in range: ClosedRange<Double>, unit: String = "") throws -> Double {
    let text = try text(what)
    var digits = text[...]
    if !unit.isEmpty {
      guard text.hasSuffix(unit) else {
        throw diagnostic("BS-SITE-25", "\(what) carries its unit", help: "write `\(text) \(unit)`")
      }
      digits = digits.dropLast(unit.count)
      while digits.last == " " { digits = digits.dropLast() }
    }
    guard (try? DecimalText(parsing: digits)) != nil, let value = Double(digits) else {
      throw diagnostic(
        "BS-SITE-26", "\(what) must be a number, not '\(text)'",
        help: unit.isEmpty ? "" : "write it as `14 \(unit)`")
    }
    guard range.contains(value) else {
      let limits = "\(range.lowerBound)…\(range.upperBound)"
      throw diagnostic(
        "BS-SITE-02", "\(what) must be \(limits)\(unit.isEmpty ? "" : " ")\(unit), not \(text)")
    }
    return value
  }

  /// "2900 kWh/year".
  func energyPerYear(_ what: String) throws -> WattHours {
    let text = try text(what)
    let suffix = "/year"
    guard text.hasSuffix(suffix) else {
      throw diagnostic("BS-SITE-25", "\(what) is energy a year", help: "write it as 2900 kWh/year")
    }
    do {
      return try WattHours(parsing: text.dropLast(suffix.count))
    } catch {
      throw diagnostic(
        "BS-SCN-13", "\(what) cannot be '\(text)': \(error.message)", under: error.offending)
    }
  }

  /// Whole seconds: "5 s".
  func seconds(_ what: String, in range: ClosedRange<Int64>) throws -> Int {
    let span: TimeSpan = try quantity(what)
    guard span.microseconds % 1_000_000 == 0, range.contains(span.microseconds / 1_000_000) else {
      throw diagnostic(
        "BS-SITE-02", "\(what) must be \(range.lowerBound)…\(range.upperBound) s, in whole seconds")
    }
    return Int(span.microseconds / 1_000_000)
  }

  /// A time of the London day in minutes: "23:30".
  func minuteOfDay(_ what: String) throws -> Int {
    let time: ClockTime = try quantity(what)
    guard time.zone == .london else {
      throw diagnostic("BS-SITE-28", "\(what) is a time of the London clock", help: "write it without Z")
    }
    return time.minuteOfDay % 1440
  }
}

extension Fields {
  /// Puts a number in place of the usual one where the key stands.
  mutating func number(
    _ key: String, into value: inout Double, in range: ClosedRange<Double>, unit: String = ""
  ) throws {
    guard let node = optional(key) else { return }
    value = try node.number("'\(key)'", in: range, unit: unit)
  }

  /// The same for a share, written in per cent.
  mutating func share(_ key: String, into value: inout Double, in range: ClosedRange<Double>) throws {
    guard let node = optional(key) else { return }
    value = try node.number("'\(key)'", in: range, unit: "%") / 100
  }

  /// The same for a power.
  mutating func power(_ key: String, into value: inout Power) throws {
    guard let node = optional(key) else { return }
    value = try node.quantity("'\(key)'")
  }
}
