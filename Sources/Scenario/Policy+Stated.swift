// The form of one policy value: `{is: VALUE, by: CLAUSE}` or `{is: VALUE, ours: WHY}`. Who says so is never
// left out.

internal import Settlement
internal import Units

extension Fields {
  /// Reads a value that a file may leave out; then it keeps what it was.
  mutating func stated<Value>(
    _ key: String, _ value: inout Stated<Value>, _ read: (Node) throws -> Value
  ) throws {
    if let node = optional(key) { value = try node.stated(read) }
  }
}

extension Node {
  func stated<Value>(_ read: (Node) throws -> Value) throws -> Stated<Value> {
    guard case .map = content else {
      throw diagnostic(
        "BS-POL-01", "a value of a licensee says who says so",
        help: "write `{is: …, by: CLAUSE}`, or `{is: …, ours: WHY}` where no document fixes it")
    }
    var fields = try Fields(self, of: "a value of a licensee")
    let value = try read(try fields.required("is"))
    let clause = try fields.optional("by")?.text("the clause")
    let why = try fields.optional("ours")?.text("the reason")
    try fields.finish()
    switch (clause, why) {
    case (let clause?, nil) where !clause.isEmpty: return .clause(value, clause)
    case (nil, let why?) where !why.isEmpty: return .ours(value, why)
    default:
      throw diagnostic(
        "BS-POL-02", "a value is said by a clause or is ours: one of the two, with words",
        help: "keep one of `by` and `ours`")
    }
  }

  /// A length of time from nothing to a day.
  func limit(_ what: String) throws -> TimeSpan {
    let span: TimeSpan = try quantity(what)
    guard span >= .zero, span <= .days(1) else {
      throw diagnostic("BS-POL-05", "\(what) is between nothing and a day, not \(span)")
    }
    return span
  }

  /// A power or an energy that is not below zero.
  func amount<Amount: WrittenText & WholeQuantity>(_ what: String, of type: Amount.Type) throws -> Amount {
    let amount: Amount = try quantity(what)
    guard amount >= .zero else { throw diagnostic("BS-POL-05", "\(what) is not below zero") }
    return amount
  }

  /// `5 %`, `0.1 %`: in parts per thousand.
  func perMille(_ what: String) throws -> Int { Int(try scaled(what, of: "%", step: 10, 0...10_000)) }

  /// A number with a unit, in whole `1/step` of it.
  func scaled(_ what: String, of unit: String, step: Int128, _ range: ClosedRange<Int64>) throws -> Int64 {
    let text = try text(what)
    guard text.hasSuffix(unit),
      let number = try? DecimalText(parsing: Node.trimmed(text.dropLast(unit.count))),
      let whole = number.whole(timesTenTo: step == 10 ? 1 : 0), let value = Int64(exactly: whole)
    else {
      throw diagnostic("BS-POL-05", "\(what) is written with \(unit), not '\(text)'", help: "as `5 \(unit)`")
    }
    guard range.contains(value) else { throw diagnostic("BS-POL-05", "\(what) cannot be \(text)") }
    return value
  }

  /// A policy value of a declared form.
  func value(of form: PolicyKey.Form) throws -> PolicyKey.Value {
    switch form {
    case .flag: return .flag(try flag("this"))
    case .whole(let range): return .whole(try whole("the number", in: range))
    case .word(let known): return .word(try word(among: known))
    case .words(let known): return .words(try eachOnce { try $0.codeOrWord(among: known) })
    case .names: return .words(try eachOnce { try $0.text("a name") })
    case .text: return .word(try text("the term"))
    case .span: return .span(try limit("the limit"))
    case .energy: return .energy(try amount("the limit", of: WattHours.self))
    case .power: return .power(try amount("the limit", of: Power.self))
    case .money: return .money(try amount("the amount", of: Pence.self))
    case .perMille: return .perMille(try perMille("the part"))
    }
  }

  /// A word of a closed set; a reason code that does not belong there is told apart from one that is none.
  private func codeOrWord(among known: [String]) throws -> String {
    let text = try text("a word")
    guard !known.contains(text), ReasonCode(rawValue: text) != nil else { return try word(among: known) }
    throw diagnostic(
      "BS-POL-06", "\(text) is a reason code, but not one of those that may stand here",
      help: "one of: \(known.joined(separator: ", "))")
  }

  private func eachOnce(_ read: (Node) throws -> String) throws -> [String] {
    let words = try list("the words").map(read)
    guard Set(words).count == words.count else {
      throw diagnostic("BS-POL-03", "a list names each word once")
    }
    return words
  }

  private static func trimmed(_ text: some StringProtocol) -> String {
    let start = text.drop { $0 == " " }
    var end = start
    while end.last == " " { end = end.dropLast() }
    return String(end)
  }
}
