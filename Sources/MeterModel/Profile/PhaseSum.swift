// How a polyphase meter adds its phases. Makers' handbooks offer all three as factory options of one model.

/// What becomes of phases that flow in different directions at the same moment.
public enum PhaseSum: String, Hashable, Sendable, CaseIterable {
  /// The algebraic sum decides the direction: GB settlement meters (our assumption for SMETS2 polyphase).
  case vector
  /// Positive phases count as import and negative ones as export, at once.
  case perPhase = "per-phase"
  /// The magnitudes of all phases count as import.
  case absolute
}
