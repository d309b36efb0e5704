// Five ways in which meters in Great Britain treat energy that flows back to the grid.

/// What a meter's registers get from import and export.
public enum FlowMode: String, Hashable, Sendable, CaseIterable {
  /// Import to A+, export to A−: SMETS2, SMETS1 with export configured.
  case bidirectional
  /// Import to A+; export is not counted: most electronic meters, SMETS1 without export.
  case importOnly = "import-only"
  /// Both to A+: "power flow insensitive", which adds export to import.
  case absolute
  /// Import minus export to A+: a disc without backstop runs backwards.
  case backwards
  /// Import to A+; the disc is held when it would run backwards.
  case backstop
}
