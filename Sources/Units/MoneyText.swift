// Prices and money as people write them: "4.1 p/kWh", "£12.30", "1p". Exact, or an error.

extension UnitRate: CustomStringConvertible {
  private static let pence = UnitTable(
    what: "price", units: [("p/kWh", 6)],
    traps: [
      ("p/mWh", refused, "TAR_UNIT"), ("p/Wh", "prices are per kWh or MWh", "TAR_UNIT"),
      ("p", "a price is per something: write p/kWh", "TAR_UNIT"),
      ("£/kWh", "write £ before the number: £0.041/kWh", "TAR_UNIT"),
      ("£/MWh", "write £ before the number: £41/MWh", "TAR_UNIT"),
      ("p/MWh", "write £/MWh or p/kWh", "TAR_UNIT"), ("kWh", "write p/kWh", "TAR_UNIT"),
    ], step: "0.000001 p/kWh")
  // £1/kWh = 100 p/kWh = 1e8 of 1e-6 p/kWh; £1/MWh = 0.1 p/kWh.
  private static let pounds = UnitTable(
    what: "price in pounds", units: [("/kWh", 8), ("/MWh", 5)], traps: [("/mWh", refused, "TAR_UNIT")],
    step: "0.000001 p/kWh")
  private static let refused = "'mWh' is a thousandth of a Wh, a million times less than MWh (R-TAR-13)"

  /// Parses "4.1 p/kWh", "£0.041/kWh", "£41/MWh" (R-TAR-13: "mWh" is refused). May be negative ("-1.2
  /// p/kWh").
  public init(parsing text: some StringProtocol) throws(UnitsError) {
    var scanner = TextScanner(text)
    let negative = text.contains("£") && scanner.take("-")
    let isPounds = scanner.take("£")
    let value = try (isPounds ? Self.pounds : Self.pence).parse(&scanner)
    self.init(microPencePerKilowattHour: try narrow(negative ? -value : value, scanner, "price"))
  }

  /// In pence per kWh, exact: "4.1 p/kWh".
  public var description: String {
    DecimalText.print(Int128(microPencePerKilowattHour), decimals: 6) + " p/kWh"
  }
}

extension Pence: CustomStringConvertible {
  /// Parses "£12.30", "-£0.05", "1p", "-41p"; whole pence only.
  public init(parsing text: some StringProtocol) throws(UnitsError) {
    var scanner = TextScanner(text)
    let value = try parseMoney(&scanner, decimalsOfPenny: 0, step: "1p")
    self.init(try narrow(value, scanner, "money"))
  }

  /// In pounds: "£12.30".
  public var description: String {
    (value < 0 ? "-" : "") + "£" + DecimalText.print(Int128(value.magnitude), decimals: 2, keep: 2)
  }
}

extension NanoPence: CustomStringConvertible {
  /// Parses "1.3776p" or "£0.013776", down to a billionth of a penny.
  public init(parsing text: some StringProtocol) throws(UnitsError) {
    var scanner = TextScanner(text)
    self.init(try parseMoney(&scanner, decimalsOfPenny: 9, step: "0.000000001p"))
  }

  /// In pence, exact: "1377.6p".
  public var description: String { DecimalText.print(value, decimals: 9) + "p" }
}

private func parseMoney(
  _ scanner: inout TextScanner, decimalsOfPenny: Int, step: String
) throws(UnitsError) -> Int128 {
  let table = UnitTable(what: "money", units: [("p", decimalsOfPenny)], step: step)
  let first = scanner
  let negative = scanner.take("-")
  guard scanner.take("£") else {
    scanner = first
    return try table.parse(&scanner)
  }
  let start = scanner.at
  guard let byte = scanner.next, (0x30...0x39).contains(byte) else {
    throw scanner.failure(start..<start + 1, "a digit is wanted after £; a minus stands before it")
  }
  let number = try DecimalText(&scanner)
  let part = start..<scanner.at
  try scanner.expectEnd("an amount in pounds ends with its number")
  let value = try table.value(number, power: decimalsOfPenny + 2, in: scanner, at: part)
  return negative ? -value : value
}
