// Complaints, disputes, liability (R-DSP, R-LIA).

internal import Units

extension Ledger {
  func judgeDisputes(at now: Instant) {
  }
}

extension EventDeclaration {
  static let disputeEvents: [EventDeclaration] = []
}

extension Boundary {
  static let disputeLimits: [Boundary] = []
}
