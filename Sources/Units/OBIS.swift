// What a value is, in six numbers: medium, channel, quantity, processing, rate, billing period (IEC
// 62056-6-1).

/// An OBIS code, full ("1-0:2.8.0*255") or reduced ("2.8.0").
public struct OBIS: Hashable, Sendable, CustomStringConvertible {
  /// Medium (1 is electricity) and channel; absent in a reduced code.
  public var medium: UInt8?
  public var channel: UInt8?
  /// Value group C: 1 is active import A+, 2 is active export A−.
  public var quantity: UInt8
  /// Value group D: 8 is the time integral since the meter began.
  public var processing: UInt8
  /// Value group E: 0 is the total of all rates.
  public var rate: UInt8
  /// Value group F: 255 is "not used"; absent in a reduced code.
  public var billingPeriod: UInt8?

  public init(
    medium: UInt8? = nil, channel: UInt8? = nil, quantity: UInt8, processing: UInt8, rate: UInt8,
    billingPeriod: UInt8? = nil
  ) {
    (self.medium, self.channel, self.quantity) = (medium, channel, quantity)
    (self.processing, self.rate, self.billingPeriod) = (processing, rate, billingPeriod)
  }

  /// Parses "1-0:2.8.0*255", "1-0:2.8.0.255", "1-0:2.8.0" and "2.8.0".
  public init(parsing text: some StringProtocol) throws(UnitsError) {
    var scanner = TextScanner(text)
    let form = "an OBIS code is written 1-0:2.8.0*255 or 2.8.0"
    var first = try Self.group(&scanner)
    (medium, channel, billingPeriod) = (nil, nil, nil)
    if scanner.take("-") {
      medium = first
      channel = try Self.group(&scanner)
      try scanner.expect(":", form)
      first = try Self.group(&scanner)
    }
    quantity = first
    try scanner.expect(".", form)
    processing = try Self.group(&scanner)
    try scanner.expect(".", form)
    rate = try Self.group(&scanner)
    if scanner.take("*") || scanner.take(".") {
      billingPeriod = try Self.group(&scanner)
    }
    try scanner.expectEnd(form)
  }

  public var description: String {
    let head = medium.map { "\($0)-\(channel ?? 0):" } ?? ""
    return head + "\(quantity).\(processing).\(rate)" + (billingPeriod.map { "*\($0)" } ?? "")
  }

  /// C.D.E alone, by which a full and a reduced code of one value are equal.
  public var reduced: OBIS { OBIS(quantity: quantity, processing: processing, rate: rate) }

  private static func group(_ scanner: inout TextScanner) throws(UnitsError) -> UInt8 {
    let start = scanner.at
    var value = 0
    while let digit = scanner.digit() { value = min(value * 10 + Int(digit), 1000) }
    guard scanner.at > start else {
      throw scanner.failure(start..<start + 1, "a number 0…255 is wanted here")
    }
    guard let group = UInt8(exactly: value) else {
      throw scanner.failure(start..<scanner.at, "each group of an OBIS code is 0…255")
    }
    return group
  }
}

extension RegisterRole {
  /// The lifetime register in OBIS words; none for a total whose meaning is a setting, or a generator's
  /// count.
  public var obis: OBIS? {
    switch self {
    case .import: OBIS(medium: 1, channel: 0, quantity: 1, processing: 8, rate: 0, billingPeriod: 255)
    case .export: OBIS(medium: 1, channel: 0, quantity: 2, processing: 8, rate: 0, billingPeriod: 255)
    case .secondaryImport:
      // The second channel: our assumption, as GBCS reads it as a member of a collection (0-0:94.44.34.10).
      OBIS(medium: 1, channel: 2, quantity: 1, processing: 8, rate: 0, billingPeriod: 255)
    case .total, .generation: nil
    }
  }
}
