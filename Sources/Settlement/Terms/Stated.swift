// A policy value and who says so: a clause of the licensee's own document, or us.

/// Who says that a value is so.
public enum PolicyOrigin: Hashable, Sendable {
  /// A clause, e.g. `BUL 5.4`.
  case clause(String)
  /// Our assumption, and why.
  case ours(String)
}

/// A value with its origin. What no source fixes is a proposal of this project, and marked as ours.
public struct Stated<Value: Hashable & Sendable>: Hashable, Sendable {
  public typealias Origin = PolicyOrigin

  public var value: Value
  public var origin: Origin

  public init(_ value: Value, _ origin: Origin) { (self.value, self.origin) = (value, origin) }

  public static func ours(_ value: Value, _ why: String) -> Stated { Stated(value, .ours(why)) }
  public static func clause(_ value: Value, _ clause: String) -> Stated { Stated(value, .clause(clause)) }

  public var isOurs: Bool {
    if case .ours = origin { return true }
    return false
  }
}
