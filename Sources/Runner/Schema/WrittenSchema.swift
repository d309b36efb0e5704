// JSON Schemas of what people write in files: events and facts of cases, values of licensees. They are made from
// the tables of the settlement core, so that a new event or value is in them at once. Quantities are text with
// their units, as docs/scenario-language.md has them.

internal import Settlement

/// The schemas of files.
public enum WrittenSchema {
  static let draft = "https://json-schema.org/draft/2020-12/schema"

  /// An object with a closed set of keys.
  static func object(
    _ meaning: String, _ fields: [(key: String, part: SchemaPart, isNeeded: Bool)]
  ) -> SchemaPart {
    SchemaPart([
      ("description", .text(meaning)), ("type", .text("object")),
      ("properties", .object(fields.map { ($0.key, $0.part.text) })),
      ("required", .list(fields.filter(\.isNeeded).map { .text($0.key) })),
      ("additionalProperties", .flag(false)),
    ])
  }

  static func string(_ meaning: String) -> SchemaPart {
    SchemaPart([("description", .text(meaning)), ("type", .text("string"))])
  }

  static func words(_ words: [String]) -> SchemaPart {
    SchemaPart([("enum", .list(words.map(JSONText.text)))])
  }

  static func whole(_ range: ClosedRange<Int64>) -> SchemaPart {
    .type("integer", ("minimum", .whole(range.lowerBound)), ("maximum", .whole(range.upperBound)))
  }

  static let date = SchemaPart.type("string", ("format", .text("date")))
  static let instant = SchemaPart.type("string", ("format", .text("date-time")))
  static let flag = SchemaPart.type("boolean")
  static let span = quantity("A length of time", "3 days", "(us|ms|s|m|h|days?)")
  static let energy = quantity("An energy", "12.5 kWh", "[kM]?Wh")
  static let power = quantity("A power", "3.68 kW", "(m|k|M)?Wp?")
  static let money = SchemaPart([
    ("description", .text("Money, such as £12.30 or 5p")), ("type", .text("string")),
    ("pattern", .text("^-?(£[0-9.]+|[0-9.]+ ?p)$")),
  ])
  static let rate = SchemaPart([
    ("description", .text("A price, such as 4.1 p/kWh")), ("type", .text("string")),
    ("pattern", .text("^-?£?[0-9.]+ ?(p)?/(kWh|MWh)$")),
  ])
  static let share = quantity("A part of a whole", "5 %", "%")

  private static func quantity(_ what: String, _ example: String, _ units: String) -> SchemaPart {
    SchemaPart([
      ("description", .text("\(what), such as \(example)")), ("type", .text("string")),
      ("pattern", .text("^-?[0-9.]+ ?\(units)$")),
    ])
  }
}
