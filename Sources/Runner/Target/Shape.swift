// One table for each type says how it is written as JSON, how it is read back and what its schema is, so that
// the three cannot part. Readers keep the places of what they read: an error names line and column.

internal import Scenario

/// How values of one type look in JSON.
struct Shape<Value>: Sendable {
  let schema: SchemaPart
  let write: @Sendable (Value) -> JSONText
  let read: @Sendable (Node) throws -> Value

  init(
    _ schema: SchemaPart, write: @escaping @Sendable (Value) -> JSONText,
    read: @escaping @Sendable (Node) throws -> Value
  ) {
    (self.schema, self.write, self.read) = (schema, write, read)
  }
}

/// A part of a JSON Schema, with the named parts that it refers to.
struct SchemaPart: Sendable {
  var fields: [(String, JSONText)]
  var definitions: [String: JSONText]

  init(_ fields: [(String, JSONText)], _ definitions: [String: JSONText] = [:]) {
    (self.fields, self.definitions) = (fields, definitions)
  }

  static func type(_ name: String, _ more: (String, JSONText)...) -> SchemaPart {
    SchemaPart([("type", .text(name))] + more)
  }

  var text: JSONText { .object(fields) }

  /// The same under a name that stands once among the definitions.
  func named(_ name: String) -> SchemaPart {
    SchemaPart(
      [("$ref", .text("#/$defs/\(name)"))], definitions.merging([name: text]) { first, _ in first })
  }

  /// With a sentence for people in front.
  func saying(_ meaning: String) -> SchemaPart {
    meaning.isEmpty ? self : SchemaPart([("description", .text(meaning))] + fields, definitions)
  }

  /// Or null.
  var orNull: SchemaPart {
    SchemaPart([("anyOf", .list([text, .object([("type", .text("null"))])]))], definitions)
  }
}

/// One field of an object.
struct ShapeField<Whole>: Sendable {
  typealias Path<Part> = any WritableKeyPath<Whole, Part> & Sendable

  let key: String
  let isNeeded: Bool
  let schema: SchemaPart
  let write: @Sendable (Whole) -> JSONText
  /// The node is nil where the key is not there or its value is null.
  let read: @Sendable (inout Whole, Node?) throws -> Void

  /// A field that is always there.
  static func needed<Part>(
    _ key: String, _ path: Path<Part>, _ shape: Shape<Part>, _ meaning: String = ""
  ) -> ShapeField {
    ShapeField(
      key: key, isNeeded: true, schema: shape.schema.saying(meaning),
      write: { shape.write($0[keyPath: path]) },
      read: { if let node = $1 { $0[keyPath: path] = try shape.read(node) } })
  }

  /// A field that a sender may leave out; then the value is that of the blank.
  static func optional<Part>(
    _ key: String, _ path: Path<Part>, _ shape: Shape<Part>, _ meaning: String = ""
  ) -> ShapeField {
    let needed = needed(key, path, shape, meaning)
    return ShapeField(
      key: key, isNeeded: false, schema: needed.schema, write: needed.write, read: needed.read)
  }

  /// A field that may be null or left out.
  static func nullable<Part>(
    _ key: String, _ path: Path<Part?>, _ shape: Shape<Part>, _ meaning: String = ""
  ) -> ShapeField {
    ShapeField(
      key: key, isNeeded: false, schema: shape.schema.orNull.saying(meaning),
      write: { $0[keyPath: path].map(shape.write) ?? .null },
      read: { $0[keyPath: path] = try $1.map(shape.read) })
  }

  /// What follows from other fields: written for the reader's ease; a sender may leave it out, and what it
  /// sends must be so. It stands after the fields that it follows from.
  static func derived<Part: Equatable & Sendable>(
    _ key: String, _ shape: Shape<Part>, _ meaning: String, _ value: @escaping @Sendable (Whole) -> Part
  ) -> ShapeField {
    ShapeField(
      key: key, isNeeded: false, schema: shape.schema.saying(meaning), write: { shape.write(value($0)) },
      read: { whole, node in
        guard let node else { return }
        let (said, meant) = (try shape.read(node), value(whole))
        guard said == meant else {
          throw node.diagnostic(
            "BS-TGT-03",
            "`\(key)` is \(shape.write(said).compact), but the rest says "
              + shape.write(meant).compact)
        }
      })
  }
}

extension Shape where Value: Sendable {
  /// A map with a closed set of keys. `blank` gives the values of what is left out.
  static func object(
    _ name: String, _ what: String, blank: Value, _ fields: [ShapeField<Value>]
  ) -> Shape {
    let needed = fields.filter(\.isNeeded).map { JSONText.text($0.key) }
    let definitions = fields.reduce(into: [String: JSONText]()) {
      $0.merge($1.schema.definitions) { first, _ in first }
    }
    let schema = SchemaPart(
      [
        ("type", .text("object")), ("properties", .object(fields.map { ($0.key, $0.schema.text) })),
        ("required", .list(needed)), ("additionalProperties", .flag(false)),
      ], definitions)
    return Shape(
      name.isEmpty ? schema : schema.named(name),
      write: { value in .object(fields.map { ($0.key, $0.write(value)) }) },
      read: { node in
        var (value, map) = (blank, try Fields(node, of: what))
        for field in fields {
          let part = field.isNeeded ? try map.required(field.key) : map.optional(field.key)
          if field.isNeeded, let part, part.isNull {
            throw part.diagnostic("BS-TGT-02", "`\(field.key)` cannot be null")
          }
          try field.read(&value, part.flatMap { $0.isNull ? nil : $0 })
        }
        try map.finish()
        return value
      })
  }

  static func list<Item: Sendable>(_ item: Shape<Item>) -> Shape<[Item]> where Value == [Item] {
    Shape(
      SchemaPart([("type", .text("array")), ("items", item.schema.text)], item.schema.definitions),
      write: { .list($0.map(item.write)) }, read: { try $0.list("this").map(item.read) })
  }
}
