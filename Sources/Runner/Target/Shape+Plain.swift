// Plain values. Whole numbers are JSON numbers; what may have decimals is a decimal string, so that no price
// passes through floating point.

internal import Scenario
public import Units

extension Shape where Value == String {
  static let text = Shape(.type("string"), write: { .text($0) }, read: { try $0.quoted("text") })

}

extension Shape where Value == Bool {
  static let flag = Shape(
    .type("boolean"), write: { .flag($0) },
    read: { node in
      guard node.style == .plain else { throw node.diagnostic("BS-TGT-02", "true or false is wanted here") }
      return try node.flag("this")
    })
}

extension Shape where Value == Int64 {
  static func whole(_ range: ClosedRange<Int64>) -> Shape {
    Shape(
      .type("integer", ("minimum", .whole(range.lowerBound)), ("maximum", .whole(range.upperBound))),
      write: { .whole($0) },
      read: { node in
        guard node.style == .plain else {
          throw node.diagnostic("BS-TGT-02", "a whole number is wanted here, without quotes")
        }
        return try node.whole("this", in: range)
      })
  }
}

extension Shape where Value: RawRepresentable & CaseIterable & Sendable, Value.RawValue == String {
  /// One word of a closed set.
  static func word(_ what: String) -> Shape {
    Shape(
      .type("string", ("enum", .list(Value.allCases.map { .text($0.rawValue) }))),
      write: { .text($0.rawValue) }, read: { try $0.word(what, Value.self) })
  }
}

extension Shape where Value: Sendable {
  /// The same values as another shape, under another type.
  static func by<Kept: Sendable>(
    _ shape: Shape<Kept>, _ schema: SchemaPart? = nil, write: @escaping @Sendable (Value) -> Kept,
    read: @escaping @Sendable (Kept, Node) throws -> Value
  ) -> Shape {
    Shape(
      schema ?? shape.schema, write: { shape.write(write($0)) },
      read: { try read(try shape.read($0), $0) })
  }
}

extension Shape where Value: WholeQuantity, Value.Raw == Int64 {
  /// A whole number of the smallest step, at most so many either way.
  static func count(most: Int64) -> Shape {
    .by(.whole(-most...most), write: { $0.raw }, read: { raw, _ in Value(raw: raw) })
  }
}

extension Shape where Value: WrittenText {
  /// As the quantity writes itself: dates and instants.
  static func written(_ what: String, _ form: (String, String)) -> Shape {
    Shape(
      .type("string", (form.0, .text(form.1))), write: { .text("\($0)") },
      read: { node in
        _ = try node.quoted(what)
        return try node.quantity(what)
      })
  }
}

extension Shape where Value == WattHours {
  /// Whole Wh. A million GWh is more than anything here can be.
  static let wattHours = Shape.count(most: 1_000_000_000_000_000)
  /// Whole Wh of one line of a statement: so much that a million lines still add up.
  static let lineEnergy = Shape.count(most: 1_000_000_000_000)
}

extension Shape where Value == Pence {
  /// Whole pence; a million lines of ten milliard pounds still add up.
  static let pence = Shape.count(most: 1_000_000_000_000)
}

extension Shape where Value == Instant {
  /// ISO 8601; seconds may be left out, which RFC 3339 (and so the format `date-time`) does not allow.
  static let instant = Shape.written(
    "an instant",
    (
      "pattern",
      "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?(Z|[+-][0-9]{2}:[0-9]{2})$"
    ))

  /// Where nothing ends it yet, there is nothing.
  static let end = Shape<Instant>(
    instant.schema.orNull, write: { $0 == .distantFuture ? .null : instant.write($0) }, read: instant.read)
}

extension Shape where Value == CivilDate {
  static let date = Shape.written("a date", ("format", "date"))
}

extension Shape where Value == UnitRate {
  /// p/kWh, six decimals at most.
  static let rate = Shape.decimal(
    "a price in p/kWh", step: 6, most: 1_000_000_000_000,
    write: { "\($0)".dropping(" p/kWh") }, read: { UnitRate(microPencePerKilowattHour: $0) })
}

extension Shape where Value == Power {
  /// W, three decimals at most.
  static let watts = Shape.decimal(
    "a power in W", step: 3, most: 1_000_000_000_000_000, write: { $0.wattsText },
    read: { Power(milliwatts: $0) })
}

extension Shape where Value == TimeSpan {
  /// Seconds, six decimals at most.
  static let seconds = Shape.decimal(
    "a length of time in seconds", step: 6, most: 100_000_000_000_000_000, write: { $0.secondsText },
    read: { TimeSpan(microseconds: $0) })
}

extension Shape where Value == NanoPence {
  /// Pence, nine decimals at most.
  static let exactPence = Shape(
    Shape<String>.decimalSchema, write: { .text($0.penceText) },
    read: { node in
      NanoPence(
        try node.decimal("an amount in pence", step: 9, most: Int128(1_000_000_000_000) * NanoPence.perPenny))
    })
}

extension Shape {
  static var decimalSchema: SchemaPart { .type("string", ("pattern", .text("^-?[0-9]+([.][0-9]+)?$"))) }

  fileprivate static func decimal(
    _ what: String, step: Int, most: Int64, write: @escaping @Sendable (Value) -> String,
    read: @escaping @Sendable (Int64) -> Value
  ) -> Shape {
    Shape(
      decimalSchema, write: { .text(write($0)) },
      read: { read(Int64(try $0.decimal(what, step: step, most: Int128(most)))) })
  }
}

extension Node {
  /// A text in quotes.
  func quoted(_ what: String) throws -> String {
    guard case .scalar(let text) = content, style == .quoted else {
      throw diagnostic("BS-TGT-02", "\(what) is wanted here, in quotes")
    }
    return text
  }

  /// A decimal string as a whole number of `10^(−step)`.
  func decimal(_ what: String, step: Int, most: Int128) throws -> Int128 {
    let text = try quoted(what)
    guard let number = try? DecimalText(parsing: text) else {
      throw diagnostic("BS-TGT-02", "'\(text)' is not \(what)")
    }
    guard let whole = number.whole(timesTenTo: step) else {
      throw diagnostic("BS-TGT-02", "'\(text)' has more than \(step) decimals, or is too large")
    }
    guard whole.magnitude <= most.magnitude else { throw diagnostic("BS-TGT-02", "'\(text)' is too large") }
    return whole
  }
}

extension String {
  /// Without an end that it is known to have.
  fileprivate func dropping(_ end: String) -> String { hasSuffix(end) ? String(dropLast(end.count)) : self }
}

extension NanoPence {
  /// Exact pence as a decimal number without its unit.
  public var penceText: String { String(description.dropLast()) }
}

extension Power {
  /// Watts as a decimal number without its unit.
  var wattsText: String { DecimalText(mantissa: Int128(milliwatts), decimals: 3).shortest }
}

extension TimeSpan {
  /// Seconds as a decimal number without its unit.
  var secondsText: String { DecimalText(mantissa: Int128(microseconds), decimals: 6).shortest }
}

extension DecimalText {
  /// Without needless zeros at its end.
  fileprivate var shortest: String {
    var text = description
    guard text.contains(".") else { return text }
    while text.last == "0" { text.removeLast() }
    if text.last == "." { text.removeLast() }
    return text
  }
}
