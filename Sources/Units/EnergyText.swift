// Energy and power as people write them: "15320.4 kWh", "3.95 kWp", "-2kW". Exact, or an error.

extension WattHours: CustomStringConvertible {
  static let table = UnitTable(
    what: "energy", units: [("kWh", 3), ("Wh", 0), ("MWh", 6), ("GWh", 9)],
    traps: [
      ("mWh", "'mWh' is a thousandth of a Wh; write MWh or kWh (R-TAR-13)", "TAR_UNIT"),
      ("kW", "'kW' is power; energy is written in kWh", nil),
      ("W", "'W' is power; energy is written in Wh", nil),
    ], step: "1 Wh")

  /// Parses "15320.4 kWh", "336 Wh", "1.5 MWh"; the blank may be left out.
  public init(parsing text: some StringProtocol) throws(UnitsError) {
    var scanner = TextScanner(text)
    self.init(try narrow(try Self.table.parse(&scanner), scanner, "energy"))
  }

  /// In kWh, exact: "15320.4 kWh".
  public var description: String { DecimalText.print(Int128(value), decimals: 3) + " kWh" }
}

extension Power: CustomStringConvertible {
  static let table = UnitTable(
    what: "power", units: [("kW", 6), ("W", 3), ("MW", 9), ("kWp", 6), ("Wp", 3), ("MWp", 9)],
    traps: [
      ("mW", "'mW' is a thousandth of a W; write MW, kW or W", nil),
      ("kWh", "'kWh' is energy; power is written in kW", nil),
      ("Wh", "'Wh' is energy; power is written in W", nil),
    ], step: "1 mW")

  /// Parses "3.95 kWp", "-2kW", "250 W", "5 MW". A peak power (kWp) is a power.
  public init(parsing text: some StringProtocol) throws(UnitsError) {
    var scanner = TextScanner(text)
    self.init(milliwatts: try narrow(try Self.table.parse(&scanner), scanner, "power"))
  }

  /// From 1 kW up in kW, else in W; exact.
  public var description: String {
    milliwatts.magnitude >= 1_000_000
      ? DecimalText.print(Int128(milliwatts), decimals: 6) + " kW"
      : DecimalText.print(Int128(milliwatts), decimals: 3) + " W"
  }
}

/// What 64 bits hold, or an error about the whole text.
func narrow(_ value: Int128, _ scanner: TextScanner, _ what: String) throws(UnitsError) -> Int64 {
  // The least number of 64 bits has no opposite, so it is not a quantity either.
  guard let narrowed = Int64(exactly: value), narrowed > Int64.min else {
    throw UnitsError(
      text: scanner.text, offending: 0..<scanner.text.count, message: "more \(what) than can be counted here")
  }
  return narrowed
}
