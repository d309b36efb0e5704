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
    case .forfeited: "forfeited"
    }
  }

  /// Why it is held or forfeited; nil where it is neither.
  public var reason: ReasonCode? {
    switch self {
    case .held(let reason), .forfeited(let reason): reason
    case .open, .paid, .provisional, .inAdvance: nil
    }
  }
}
