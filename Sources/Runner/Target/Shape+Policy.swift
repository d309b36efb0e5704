// The terms of a licensee by the table of policy values: each with the clause or the reason behind it.

internal import Scenario
internal import Settlement
internal import Units

extension PolicyKey.Form {
  fileprivate var shape: (schema: SchemaPart, unit: String) {
    switch self {
    case .flag: (Shape<Bool>.flag.schema, "")
    case .whole(let range): (Shape<Int64>.whole(range).schema, "")
    case .word(let known): (.type("string", ("enum", .list(known.map { .text($0) }))), "")
    case .words(let known):
      (.type("array", ("items", .object([("enum", .list(known.map { .text($0) }))]))), "")
    case .names: (Shape<[String]>.list(.text).schema, "")
    case .text: (Shape<String>.text.schema, "")
    case .span: (Shape<TimeSpan>.seconds.schema, "seconds")
    case .energy: (Shape<WattHours>.wattHours.schema, "Wh")
    case .power: (Shape<Power>.watts.schema, "W")
    case .money: (Shape<Pence>.pence.schema, "pence")
    case .perMille: (Shape<Int>.int(0...1_000_000).schema, "parts per thousand")
    }
  }

  fileprivate func read(_ node: Node) throws -> PolicyKey.Value {
    switch self {
    case .flag: .flag(try Shape<Bool>.flag.read(node))
    case .whole(let range): .whole(try Shape<Int64>.whole(range).read(node))
    case .word(let known): .word(try node.word(among: known))
    case .words(let known): .words(try node.list("the words").map { try $0.word(among: known) })
    case .names: .words(try Shape<[String]>.list(.text).read(node))
    case .text: .word(try Shape<String>.text.read(node))
    case .span: .span(try Shape<TimeSpan>.seconds.read(node))
    case .energy: .energy(try Shape<WattHours>.wattHours.read(node))
    case .power: .power(try Shape<Power>.watts.read(node))
    case .money: .money(try Shape<Pence>.pence.read(node))
    case .perMille: .perMille(try Shape<Int>.int(0...1_000_000).read(node))
    }
  }
}

extension PolicyKey.Value {
  fileprivate var json: JSONText {
    switch self {
    case .flag(let one): .flag(one)
    case .whole(let one): .whole(one)
    case .word(let one): .text(one)
    case .words(let all): .list(all.map { .text($0) })
    case .span(let one): Shape<TimeSpan>.seconds.write(one)
    case .energy(let one): Shape<WattHours>.wattHours.write(one)
    case .power(let one): Shape<Power>.watts.write(one)
    case .money(let one): Shape<Pence>.pence.write(one)
    case .perMille(let one): .whole(Int64(one))
    }
  }
}

/// A policy value under its name, with who says so.
enum StatedShape {
  static func schema(of part: SchemaPart, _ meaning: String) -> SchemaPart {
    SchemaPart(
      [
        ("type", .text("object")),
        (
          "properties",
          .object([
            ("is", part.saying(meaning).text),
            ("by", .object([("description", .text("The clause that says so."))])),
            ("ours", .object([("description", .text("Why, where no clause says so."))])),
          ])
        ), ("required", .list([.text("is")])), ("additionalProperties", .flag(false)),
      ], part.definitions)
  }

  static func write<Value>(_ stated: Stated<Value>, _ json: (Value) -> JSONText) -> JSONText {
    let origin: (String, JSONText) =
      switch stated.origin {
      case .clause(let clause): ("by", .text(clause))
      case .ours(let why): ("ours", .text(why))
      }
    return .object([("is", json(stated.value)), origin])
  }

  static func read<Value>(_ node: Node, _ read: (Node) throws -> Value) throws -> Stated<Value> {
    var fields = try Fields(node, of: "a policy value")
    let value = try read(try fields.required("is"))
    let (clause, why) = (fields.optional("by"), fields.optional("ours"))
    try fields.finish()
    switch (clause, why) {
    case (let clause?, nil): return .clause(value, try clause.quoted("the clause"))
    case (nil, let why?): return .ours(value, try why.quoted("the reason"))
    default: throw node.diagnostic("BS-TGT-02", "one of `by` and `ours` is wanted here")
    }
  }
}

extension Shape {
  static func stated<Part: Hashable & Sendable>(_ part: Shape<Part>) -> Shape<Stated<Part>>
  where Value == Stated<Part> {
    Shape(
      StatedShape.schema(of: part.schema, ""), write: { StatedShape.write($0, part.write) },
      read: { try StatedShape.read($0, part.read) })
  }
}

extension ShapeField where Whole == Policy {
  fileprivate static func row(_ key: PolicyKey) -> ShapeField {
    let (schema, unit) = key.form.shape
    return ShapeField(
      key: key.name, isNeeded: false, schema: StatedShape.schema(of: schema, unit),
      write: { StatedShape.write(key.get($0), \.json) },
      read: { policy, node in
        guard let node else { return }
        guard key.set(&policy, try StatedShape.read(node, key.form.read)) else {
          throw node.diagnostic("BS-TGT-02", "\(key.name) cannot be this")
        }
      })
  }
}

extension Shape where Value == Policy {
  /// What is left out has our default.
  static let policy = Shape.object(
    "policy", "a policy", blank: Policy(name: ""),
    [
      .needed("name", \.name, .text), .optional("title", \.title, .text),
      .optional("status", \.status, .word("status")),
      .optional("half-hourly-meter", \.halfHourlyMeter, .stated(.word("demand on the meter"))),
      .optional("payable-basis", \.payableBasis, .stated(.list(.word("basis"))), "Best first."),
      .optional("estimates", \.estimates, .stated(.word("treatment of estimates"))),
      .optional("accept-logged-half-hours", \.acceptLoggedHalfHours, .stated(.flag)),
      .optional("payment-due", \.paymentDue, .stated(.paymentDue)),
      .optional("rounding", \.rounding, .stated(.word("rounding"))),
    ] + PolicyKey.all.map { .row($0) } + [
      .optional("terms", \.terms, .terms, "Terms that no rule of ours reads.")
    ])
}

extension Shape where Value == Policy.PaymentDue {
  static let paymentDue = Shape(
    .type("string", ("pattern", .text("^[0-9]+ (calendar|working) days$"))),
    write: { due in
      switch due {
      case .calendarDays(let days): .text("\(days) calendar days")
      case .workingDays(let days): .text("\(days) working days")
      }
    },
    read: { try Policy.PaymentDue($0) })
}

extension Shape where Value == [String: Stated<String>] {
  fileprivate static let terms = Shape(
    SchemaPart([("type", .text("object"))]),
    write: { terms in
      .object(
        terms.sorted { $0.key < $1.key }.map { ($0.key, Shape<Stated<String>>.stated(.text).write($0.value)) }
      )
    },
    read: { node in
      guard case .map(let entries) = node.content else {
        throw node.diagnostic("BS-TGT-02", "a map of terms is wanted here")
      }
      return try entries.reduce(into: [:]) {
        $0[$1.key] = try Shape<Stated<String>>.stated(.text).read($1.value)
      }
    })
}
