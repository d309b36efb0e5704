// The printed schemas are JSON Schemas, speak of every event, fact and policy value, and fit the shipped files.

import Foundation
import Runner
import Scenario
import Settlement
import Testing

@Suite("Schemas of written files")
struct WrittenSchemaTests {
  static func object(_ text: JSONText) throws -> [String: Any] {
    let data = Data(text.pretty.utf8)
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  static func properties(_ schema: [String: Any]?) -> [String: [String: Any]] {
    schema?["properties"] as? [String: [String: Any]] ?? [:]
  }

  @Test("each schema names its draft, and each reference in it leads somewhere")
  func references() throws {
    let all = [
      WrittenSchema.events, WrittenSchema.policy, TargetJSON.schema, TargetJSON.statementSchema,
      TargetJSON.caseSchema,
    ]
    for schema in all {
      let whole = try Self.object(schema)
      #expect(whole["$schema"] as? String == "https://json-schema.org/draft/2020-12/schema")
      let definitions = Set((whole["$defs"] as? [String: Any] ?? [:]).keys)
      for match in schema.pretty.matches(of: /"\$ref": "#\/\$defs\/([^"]+)"/) {
        #expect(definitions.contains(String(match.output.1)), "\(match.output.1)")
      }
    }
  }

  @Test("every event is there with its facts, the needed ones as such")
  func events() throws {
    let definitions = try #require(try Self.object(WrittenSchema.events)["$defs"] as? [String: [String: Any]])
    #expect(EventDeclaration.all.count > 50)
    for event in EventDeclaration.all {
      let schema = try #require(definitions[event.name.name], "\(event.name)")
      let keys = Set(Self.properties(schema).keys)
      let expected = Set(event.facts.map(\.key.name) + ["at", "event", "received", "told-after"])
      #expect(keys == expected, "\(event.name)")
      let needed = Set(schema["required"] as? [String] ?? [])
      #expect(
        needed == Set(event.facts.filter(\.isNeeded).map(\.key.name) + ["at", "event"]), "\(event.name)")
    }
    for group in FactGroup.all {
      let schema = definitions["agreement.\(group.name)"]
      #expect(Set(Self.properties(schema).keys) == Set(group.facts.map(\.key.name)), "\(group.name)")
    }
  }

  @Test("every shipped licensee has only keys that the schema knows, in the forms that it names")
  func licensees() throws {
    let schema = try Self.object(WrittenSchema.policy)
    let folder = StoryBench.root + "/Profiles/licensees"
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    #expect(names.count >= 8)
    for name in names {
      let node = try Node.parse(try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8), file: name)
      #expect(Self.misfits(node, schema, name) == [])
    }
  }

  /// Where a tree does not fit a schema of the kinds that are printed here.
  static func misfits(_ node: Node, _ schema: [String: Any], _ path: String) -> [String] {
    switch node.content {
    case .map(let entries):
      let known = properties(schema)
      let any = schema["additionalProperties"] as? [String: Any]
      return entries.flatMap { entry -> [String] in
        guard let part = known[entry.key] ?? any else { return ["\(path).\(entry.key) is not known"] }
        return misfits(entry.value, part, "\(path).\(entry.key)")
      }
    case .list(let items):
      // The forms at the top of the file are told in words only.
      guard let part = schema["items"] as? [String: Any] else {
        return schema["type"] == nil ? [] : ["\(path) is a list"]
      }
      return items.flatMap { misfits($0, part, path) }
    case .scalar(let text):
      if let words = schema["enum"] as? [String] { return words.contains(text) ? [] : ["\(path): \(text)"] }
      switch schema["type"] as? String {
      case "boolean": return ["true", "false"].contains(text) ? [] : ["\(path): \(text) is no boolean"]
      case "integer":
        guard let number = Int(text), let least = schema["minimum"] as? Int,
          let most = schema["maximum"] as? Int
        else { return ["\(path): \(text) is no integer"] }
        return (least...most).contains(number) ? [] : ["\(path): \(number)"]
      case "string":
        guard let pattern = schema["pattern"] as? String else { return [] }
        return text.range(of: pattern, options: .regularExpression) != nil
          ? [] : ["\(path): '\(text)' is not as \(pattern)"]
      case nil: return []
      case let other?: return ["\(path): '\(text)' where \(other) belongs"]
      }
    }
  }

  @Test("the check itself says no to a slip")
  func slips() throws {
    let schema = try Self.object(WrittenSchema.policy)
    let slips = [
      "title: x\nreading: {request-dais: {is: 14, ours: x}}\n",
      "title: x\nreading: {request-days: {is: 1400, ours: x}}\n",
      "title: x\nreading: {future-tolerance: {is: 5 kWh, ours: x}}\n",
      "title: x\nstatus: alive\n",
    ]
    for slip in slips {
      #expect(Self.misfits(try Node.parse(slip, file: "x"), schema, "x").count == 1, "\(slip)")
    }
  }
}
