// What a check of this module found wrong. Each check first returns its problems as values, so that the
// checks can be tested themselves (a check that cannot fail is worth nothing), and only then records them.
// `import Testing` works in a plain library target on Linux as on other systems; no test target is needed.

public import Testing

/// One thing that a check found wrong, and the line of the test that asked for it.
public struct Problem: Sendable, CustomStringConvertible {
  public let message: String
  public let sourceLocation: SourceLocation

  public init(_ message: String, at sourceLocation: SourceLocation) {
    (self.message, self.sourceLocation) = (message, sourceLocation)
  }

  public var description: String { message }

  /// Makes an issue of the running test, shown at the line of the caller.
  public func record() {
    Issue.record("\(message)", sourceLocation: sourceLocation)
  }
}

extension Sequence<Problem> {
  /// Makes an issue of the running test from each.
  public func record() { for problem in self { problem.record() } }
}
