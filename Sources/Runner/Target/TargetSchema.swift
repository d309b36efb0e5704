// The printed schema: `backspin schema target`, and a part of it for `backspin schema statement`.

internal import Settlement

enum TargetSchema {
  private static let parts = [Shape<SettlementCase>.settlementCase.schema, Shape<Outcome>.outcome.schema]

  static var whole: JSONText {
    .object(
      [
        ("$schema", .text("https://json-schema.org/draft/2020-12/schema")),
        ("title", .text("Lines between Backspin and a settlement target, version \(TargetJSON.version)")),
        ("description", .text("One JSON object a line. See docs/target.md.")),
        (
          "oneOf",
          .list(
            ["hello", "request", "answer", "refusal"].map { .object([("$ref", .text("#/$defs/\($0)"))]) })
        ),
        ("$defs", .object(lines + definitions(of: parts))),
      ])
  }

  /// The schema of one statement alone, with what it refers to.
  static var statement: JSONText { alone(Shape<Statement>.statement.schema) }

  /// The schema of a case alone.
  static var settlementCase: JSONText { alone(Shape<SettlementCase>.settlementCase.schema) }

  private static func alone(_ part: SchemaPart) -> JSONText {
    .object(
      [("$schema", .text("https://json-schema.org/draft/2020-12/schema"))] + part.fields
        + [("$defs", .object(definitions(of: [part])))])
  }

  private static func definitions(of parts: [SchemaPart]) -> [(String, JSONText)] {
    let all = parts.reduce(into: [String: JSONText]()) { $0.merge($1.definitions) { first, _ in first } }
    return all.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// The lines themselves.
  private static var lines: [(String, JSONText)] {
    [
      (
        "hello",
        object([
          ("hello", string("The name of who speaks.")),
          ("version", .object([("const", .whole(TargetJSON.version))])),
        ])
      ),
      ("request", object([("id", string("Number of the request.")), ("case", reference("case"))])),
      ("answer", object([("id", string("That of the request.")), ("outcome", reference("outcome"))])),
      (
        "refusal",
        object([("id", string("That of the request.")), ("error", string("Why there is no outcome."))])
      ),
    ]
  }

  private static func object(_ fields: [(String, JSONText)]) -> JSONText {
    .object([
      ("type", .text("object")), ("properties", .object(fields)),
      ("required", .list(fields.map { .text($0.0) })), ("additionalProperties", .flag(false)),
    ])
  }

  private static func string(_ meaning: String) -> JSONText {
    .object([("description", .text(meaning)), ("type", .text("string"))])
  }

  private static func reference(_ name: String) -> JSONText { .object([("$ref", .text("#/$defs/\(name)"))]) }
}

extension TargetJSON {
  /// The JSON Schema of one statement.
  public static var statementSchema: JSONText { TargetSchema.statement }

  /// The JSON Schema of one case.
  public static var caseSchema: JSONText { TargetSchema.settlementCase }
}
