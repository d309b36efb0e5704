// The schema of events and stated facts, as cases write them.

internal import Scenario
internal import Settlement
internal import Units

extension WrittenSchema {
  /// One row `event: NAME` of a timeline, for every event; and the maps of facts of an agreement.
  public static var events: JSONText {
    let rows = EventDeclaration.all.map { ($0.name.name, event($0).text) }
    let groups = FactGroup.all.map { group in
      ("agreement.\(group.name)", object(group.meaning, group.facts.map(field)).text)
    }
    return .object([
      ("$schema", .text(draft)), ("title", .text("Events of a case")),
      (
        "description",
        .text("Rows of a timeline, by the name of the event; agreement.* are maps under `agreement:`.")
      ),
      ("oneOf", .list(rows.map { .object([("$ref", .text("#/$defs/\($0.0)"))]) })),
      ("$defs", .object(rows + groups + [("tariff", tariff.text), ("meter", meter.text)])),
    ])
  }

  private static func event(_ one: EventDeclaration) -> SchemaPart {
    let rules = one.rules.map(\.rawValue).joined(separator: ", ")
    return object(
      "\(one.meaning) (\(rules))",
      [
        ("at", instant.saying("When it happened or takes effect."), true),
        ("event", SchemaPart([("const", .text(one.name.name))]), true),
        (
          "received", instant.saying("When the settlement party was told; at once where nothing is said."),
          false
        ),
        ("told-after", span.saying("In place of `received`: how long after."), false),
      ] + one.facts.map(field))
  }

  private static func field(_ fact: FactDeclaration) -> (key: String, part: SchemaPart, isNeeded: Bool) {
    (fact.key.name, SchemaPart([("description", .text(fact.meaning))] + part(fact.kind).bare), fact.isNeeded)
  }

  static func part(_ kind: FactKind) -> SchemaPart {
    switch kind {
    case .text: .type("string")
    case .word(let known): words(known)
    case .flag: flag
    case .whole(let range): whole(range)
    case .date: date
    case .instant: instant
    case .span: span
    case .energy: energy
    case .power: power
    case .money: money
    case .rate: rate
    case .perMille: share
    case .tariff: SchemaPart([("$ref", .text("#/$defs/tariff"))])
    case .meter: SchemaPart([("$ref", .text("#/$defs/meter"))])
    case .registers: object("Values by register", RegisterRole.allCases.map { ($0.rawValue, energy, false) })
    }
  }

  private static let version = object(
    "One version of a tariff: one of flat, time-of-use and half-hourly",
    [
      ("from", instant, false), ("name", .type("string"), false), ("seg", flag, false), ("flat", rate, false),
      (
        "time-of-use",
        SchemaPart([
          ("description", .text("Rates by windows of the London clock, such as 16:00-19:00, and otherwise")),
          ("type", .text("object")), ("additionalProperties", rate.text),
        ]), false
      ),
      ("half-hourly", object("Prices from a file", [("file", .type("string"), true)]), false),
    ])

  private static let tariff = SchemaPart([
    (
      "anyOf",
      .list([version.text, .object([("type", .text("array")), ("items", version.text)])])
    )
  ])

  private static let register = SchemaPart([
    (
      "anyOf",
      .list([
        SchemaPart.type("string", ("pattern", .text("^[0-9]+ digits$"))).text,
        object("A register", [("digits", whole(1...12), true), ("step", energy, false)]).text,
      ])
    )
  ])

  private static let meter = object(
    "A meter: its flags, or a profile in place of them",
    [
      ("serial", .type("string"), true),
      (
        "uses",
        SchemaPart.type(
          "array", ("items", words(MeterDetails.Use.allCases.map(\.rawValue)).text)), false
      ),
      ("profile", .type("string"), false),
      ("registers", object("By role", RegisterRole.allCases.map { ($0.rawValue, register, false) }), false),
      ("half-hourly", flag, false), ("remote", flag, false), ("keeps-remote-after-switch", flag, false),
      ("phases", whole(1...3), false), ("kind", .type("string"), false),
    ])
}

extension SchemaPart {
  /// Without its own description, for where a better one stands.
  var bare: [(String, JSONText)] { fields.filter { $0.0 != "description" } }
}
