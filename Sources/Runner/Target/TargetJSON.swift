// The documented JSON of a case and of an outcome (docs/target.md). The same shape leaves `run --json` and
// `settle --json`, goes to a core of the user's own, and comes back from it.

public import Scenario
public import Settlement
public import Units

/// Writes and reads cases and outcomes.
public enum TargetJSON {
  /// Raised when a key changes its meaning or one that is needed is added; other new keys do not raise it.
  public static let version: Int64 = 1

  public static func write(_ one: SettlementCase) -> JSONText {
    Shape<SettlementCase>.settlementCase.write(one)
  }

  public static func write(_ outcome: Outcome) -> JSONText { Shape<Outcome>.outcome.write(outcome) }

  public static func write(_ read: Read) -> JSONText { Shape<Read>.registerRead.write(read) }

  public static func write(_ log: LogRead) -> JSONText { Shape<LogRead>.log.write(log) }

  /// Reads a case from its JSON. Throws a `Diagnostic` that names line and column.
  public static func settlementCase(_ node: Node) throws -> SettlementCase {
    try Shape<SettlementCase>.settlementCase.read(node)
  }

  /// Reads an outcome from its JSON. Throws a `Diagnostic` that names line and column.
  public static func outcome(_ node: Node) throws -> Outcome { try Shape<Outcome>.outcome.read(node) }

  /// JSON text as a tree with places; `file` names it in errors.
  public static func parse(_ text: String, file: String) throws -> Node {
    try Node.parse(json: text, file: file, as: "JSON", code: "BS-TGT-01")
  }

  /// The JSON Schema (2020-12) of the lines that go to a target and come back from it.
  public static var schema: JSONText { TargetSchema.whole }
}
