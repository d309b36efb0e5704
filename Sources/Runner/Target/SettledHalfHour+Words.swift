// What became of a half-hour, in one word for machines.

public import Settlement

extension SettledHalfHour.State {
  /// One word for machines.
  public var word: String {
    switch self {
    case .open: "open"
    case .paid: "paid"
    case .provisional: "provisional"
    case .inAdvance: "in-advance"
    case .held: "held"
    }
  }

  /// Why it is held; nil where it is not.
  public var reason: ReasonCode? {
    if case .held(let reason) = self { reason } else { nil }
  }
}
