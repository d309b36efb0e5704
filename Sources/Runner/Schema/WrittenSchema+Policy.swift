// The schema of a licensee's file.

internal import Scenario
internal import Settlement

extension WrittenSchema {
  /// A file of Profiles/licensees.
  public static var policy: JSONText {
    let top = PolicyTop.all.map { value in
      (
        key: value.name,
        part: stated(SchemaPart([("description", .text(value.form))]), value.rules), isNeeded: false
      )
    }
    let sections = PolicyKey.sections.map { section in
      (
        key: section.name,
        part: object(
          "Values of \(section.name)",
          section.keys.map { key in
            (String(key.name.dropFirst(section.name.count + 1)), stated(form(key.form), key.rules), false)
          }), isNeeded: false
      )
    }
    let terms = SchemaPart([
      ("description", .text("Terms that are kept with their clauses: no rule acts on them yet.")),
      ("type", .text("object")), ("additionalProperties", stated(.type("string"), []).text),
    ])
    let whole = object(
      "Terms of one licensee, each value with who says so",
      [
        ("title", .type("string"), true), ("status", words(Policy.Status.allCases.map(\.rawValue)), true),
      ] + top + sections + [("terms", terms, false)])
    return .object([("$schema", .text(draft)), ("title", .text("A licensee"))] + whole.fields)
  }

  /// `{is: VALUE, by: CLAUSE}` or `{is: VALUE, ours: WHY}`.
  private static func stated(_ form: SchemaPart, _ rules: [Rule]) -> SchemaPart {
    let one = object(
      rules.isEmpty ? "Read by no rule" : "Read by " + rules.map(\.rawValue).joined(separator: ", "),
      [
        ("is", form, true), ("by", string("The clause of the licensee's own document."), false),
        ("ours", string("Why we propose this, where no document fixes it."), false),
      ])
    return SchemaPart(
      one.fields + [
        (
          "oneOf",
          .list(["by", "ours"].map { .object([("required", .list([.text($0)]))]) })
        )
      ])
  }

  private static func form(_ form: PolicyKey.Form) -> SchemaPart {
    switch form {
    case .flag: flag
    case .whole(let range): whole(range)
    case .word(let known): words(known)
    case .words(let known):
      .type("array", ("items", words(known).text), ("uniqueItems", .flag(true)))
    case .text: .type("string")
    case .names: .type("array", ("items", SchemaPart.type("string").text), ("uniqueItems", .flag(true)))
    case .span: span
    case .energy: energy
    case .power: power
    case .money: money
    case .perMille: share
    }
  }
}
