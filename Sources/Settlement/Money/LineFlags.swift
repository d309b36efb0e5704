// What is special about a statement line, as words that scenarios, JSON and statements share.

/// Marks of one statement line.
public struct LineFlags: OptionSet, Hashable, Sendable {
  public var rawValue: UInt16

  public init(rawValue: UInt16) { self.rawValue = rawValue }

  /// Somebody estimated the energy, or we did by the method that the line's reason names.
  public static let estimated = LineFlags(rawValue: 1)
  /// Two readings cannot say when: the energy was shared out by elapsed time (R-TAR-07).
  public static let splitByTime = LineFlags(rawValue: 2)
  /// Paid at a part of the rate (R-WHLD-02).
  public static let reduced = LineFlags(rawValue: 4)
  /// Of the first statement of this agreement that pays anything.
  public static let first = LineFlags(rawValue: 8)

  private static let table: [(flag: LineFlags, name: String)] = [
    (.estimated, "estimated"), (.splitByTime, "split-by-time"), (.reduced, "reduced"), (.first, "first"),
  ]

  /// The words, always in the same order.
  public var names: [String] { Self.table.filter { contains($0.flag) }.map(\.name) }

  /// All words there are.
  public static let allNames: [String] = table.map(\.name)

  public init(names: [String]) {
    self = Self.table.filter { names.contains($0.name) }.reduce(into: []) { $0.insert($1.flag) }
  }
}
