// Facts by their declarations: what events tell and what an agreement states beside its tariff. A new fact is
// a row of a table elsewhere, and nothing here.

internal import Scenario
internal import Settlement
internal import Units

extension FactValue {
  /// By its own kind.
  var json: JSONText {
    switch self {
    case .text(let one): .text(one)
    case .flag(let one): .flag(one)
    case .whole(let one): .whole(one)
    case .date(let one): Shape<CivilDate>.date.write(one)
    case .instant(let one): Shape<Instant>.instant.write(one)
    case .span(let one): Shape<TimeSpan>.seconds.write(one)
    case .energy(let one): Shape<WattHours>.wattHours.write(one)
    case .power(let one): Shape<Power>.watts.write(one)
    case .money(let one): Shape<Pence>.pence.write(one)
    case .rate(let one): Shape<UnitRate>.rate.write(one)
    case .perMille(let one): .whole(Int64(one))
    case .tariff(let all): Shape<[TariffTerms]>.list(.tariff).write(all)
    case .meter(let one): Shape<MeterDetails>.meter.write(one)
    case .registers(let all): Shape<[RegisterRole: WattHours]>.byRegister(.wattHours).write(all)
    }
  }
}

extension FactKind {
  /// How a value of this kind looks, and what its unit is.
  private var shape: (shape: Shape<FactValue>, unit: String) {
    func made<Part: Sendable>(
      _ part: Shape<Part>, _ wrap: @escaping @Sendable (Part) -> FactValue
    ) -> Shape<FactValue> {
      Shape<FactValue>(part.schema, write: \.json, read: { wrap(try part.read($0)) })
    }
    switch self {
    case .text: return (made(.text) { .text($0) }, "")
    case .word(let known):
      let schema = SchemaPart.type("string", ("enum", .list(known.map { .text($0) })))
      return (
        Shape<FactValue>(schema, write: \.json, read: { .text(try $0.word(among: known)) }), ""
      )
    case .flag: return (made(.flag) { .flag($0) }, "")
    case .whole(let range): return (made(.whole(range)) { .whole($0) }, "")
    case .date: return (made(.date) { .date($0) }, "")
    case .instant: return (made(.instant) { .instant($0) }, "")
    case .span: return (made(.seconds) { .span($0) }, "seconds")
    case .energy: return (made(.wattHours) { .energy($0) }, "Wh")
    case .power: return (made(.watts) { .power($0) }, "W")
    case .money: return (made(.pence) { .money($0) }, "pence")
    case .rate: return (made(.rate) { .rate($0) }, "p/kWh")
    case .perMille: return (made(.int(-1_000_000...1_000_000)) { .perMille($0) }, "parts per thousand")
    case .tariff: return (made(.list(.tariff)) { .tariff($0) }, "")
    case .meter: return (made(.meter) { .meter($0) }, "")
    case .registers: return (made(.byRegister(.wattHours)) { .registers($0) }, "Wh")
    }
  }

  var schema: (part: SchemaPart, unit: String) { (shape.shape.schema, shape.unit) }

  func read(_ node: Node) throws -> FactValue { try shape.shape.read(node) }
}

/// Facts of one table.
enum FactShape {
  static func write(_ facts: Facts, of table: [FactDeclaration]) -> JSONText {
    let known = table.compactMap { row in facts[row.key].map { (row.key.name, $0.json) } }
    // A fact that no table declares is told all the same: nothing is left out in silence.
    let keys = Set(table.map(\.key))
    let others = facts.values.filter { !keys.contains($0.key) }.sorted { $0.key < $1.key }
    return .object(known + others.map { ($0.key.name, $0.value.json) })
  }

  static func read(_ node: Node, of table: [FactDeclaration], _ what: String) throws -> Facts {
    var (fields, facts) = (try Fields(node, of: what), Facts())
    for row in table {
      let part = row.isNeeded ? try fields.required(row.key.name) : fields.optional(row.key.name)
      if let part { facts[row.key] = try row.kind.read(part) }
    }
    try fields.finish()
    return facts
  }

  static func schema(of table: [FactDeclaration]) -> SchemaPart {
    let rows = table.map { row in
      let (part, unit) = row.kind.schema
      return (
        row.key.name, part.saying(unit.isEmpty ? row.meaning : "\(row.meaning) (\(unit))"), row.isNeeded
      )
    }
    return SchemaPart(
      [
        ("type", .text("object")), ("properties", .object(rows.map { ($0.0, $0.1.text) })),
        ("required", .list(rows.filter(\.2).map { .text($0.0) })), ("additionalProperties", .flag(false)),
      ], rows.reduce(into: [:]) { $0.merge($1.1.definitions) { first, _ in first } })
  }
}

extension Shape where Value == CaseEvent {
  static let event = Shape(
    SchemaPart(
      [
        (
          "oneOf",
          .list(
            EventDeclaration.all.map { one in
              .object([
                ("description", .text(one.meaning)), ("type", .text("object")),
                (
                  "properties",
                  .object([
                    ("name", .object([("const", .text(one.name.name))])),
                    ("at", Shape<Instant>.instant.schema.saying("When it happened or takes effect.").text),
                    (
                      "received",
                      Shape<Instant>.instant.schema.saying("When the settlement party was told.").text
                    ),
                    ("facts", FactShape.schema(of: one.facts).text),
                    ("cause", Shape<Cause>.cause.schema.text),
                  ])
                ), ("required", .list(["name", "at", "received", "facts"].map { .text($0) })),
              ])
            })
        )
      ],
      EventDeclaration.all.map { FactShape.schema(of: $0.facts).definitions }
        .reduce(into: [:]) { $0.merge($1) { first, _ in first } }
    ).named("event"),
    write: { one in
      .object([
        ("name", .text(one.name.name)), ("at", .text("\(one.at)")), ("received", .text("\(one.received)")),
        ("facts", FactShape.write(one.facts, of: EventDeclaration.of(one.name)?.facts ?? [])),
        ("cause", .whole(Int64(one.cause.number))),
      ])
    },
    read: { node in
      var fields = try Fields(node, of: "an event")
      let name = try fields.required("name")
      let word = try name.word(among: EventDeclaration.all.map(\.name.name), "event")
      let table = EventDeclaration.of(EventName(word))?.facts ?? []
      let event = CaseEvent(
        EventName(word), at: try Shape<Instant>.instant.read(try fields.required("at")),
        received: try Shape<Instant>.instant.read(try fields.required("received")),
        try FactShape.read(try fields.required("facts"), of: table, "the facts of \(word)"),
        cause: try fields.optional("cause").map(Shape<Cause>.cause.read) ?? .none)
      try fields.finish()
      return event
    })
}

extension Shape where Value == Facts {
  /// By group, as an agreement states them.
  static let grouped = Shape(
    SchemaPart(
      [
        ("type", .text("object")),
        (
          "properties",
          .object(FactGroup.all.map { ($0.name, FactShape.schema(of: $0.facts).saying($0.meaning).text) })
        ), ("additionalProperties", .flag(false)),
      ],
      FactGroup.all.map { FactShape.schema(of: $0.facts).definitions }
        .reduce(into: [:]) { $0.merge($1) { first, _ in first } }),
    write: { facts in
      .object(
        FactGroup.all.compactMap { group in
          let keys = Set(group.facts.map(\.key))
          let some = Facts(facts.values.filter { keys.contains($0.key) })
          return some.values.isEmpty ? nil : (group.name, FactShape.write(some, of: group.facts))
        })
    },
    read: { node in
      var (fields, facts) = (try Fields(node, of: "the facts of an agreement"), Facts())
      for group in FactGroup.all {
        guard let part = fields.optional(group.name) else { continue }
        facts = facts.updated(by: try FactShape.read(part, of: group.facts, "`\(group.name)`"))
      }
      try fields.finish()
      return facts
    })
}
