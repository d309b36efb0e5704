// Where all energy stands in money: every known kilowatt-hour at its price is paid, provisional, held or forfeited,
// and nothing is lost between them (R-WHLD-04: what accrued is never deleted).

public import Units

/// The value of all that was measured up to the last settlement, before any rounding and without VAT.
public struct Balance: Hashable, Sendable {
  /// Every known energy at the price in force when it flowed.
  public var accrued: NanoPence
  /// Billed for good.
  public var paid: NanoPence
  /// Billed, and still to be trued up.
  public var provisional: NanoPence
  public var held: NanoPence
  /// Never payable, and what reduced rates take off.
  public var forfeited: NanoPence
  /// Known energy without a price: held for that reason, and not part of the sums.
  public var unpriced: WattHours

  public init(
    accrued: NanoPence = .zero, paid: NanoPence = .zero, provisional: NanoPence = .zero,
    held: NanoPence = .zero, forfeited: NanoPence = .zero, unpriced: WattHours = .zero
  ) {
    (self.accrued, self.paid, self.provisional) = (accrued, paid, provisional)
    (self.held, self.forfeited, self.unpriced) = (held, forfeited, unpriced)
  }

  /// Whether the parts make up the whole.
  public var isEven: Bool { held + paid + forfeited + provisional == accrued }
}

extension Ledger {
  /// The balance of the last settlement: the whole as it was counted while proposing, the parts as they were billed.
  var balance: Balance {
    var balance = Balance(accrued: position.accrued, unpriced: position.unpriced)
    for piece in position.pieces {
      guard let energy = piece.energy, energy >= 0 else { continue }
      balance.add(piece.verdict, energy, own: piece.own)
    }
    for (row, number) in position.verdicts.enumerated() where position.energies[row] >= 0 {
      guard let verdict = verdicts[number] else { continue }
      balance.add(verdict, position.energies[row], own: position.own(row))
    }
    return balance
  }
}

extension Balance {
  fileprivate mutating func add(_ verdict: Verdict, _ energy: Int64, own: Int64) {
    guard let full = verdict.fullWorth(energy, own: own) else { return }
    switch verdict.kind {
    case .payable, .provisional:
      let worth = verdict.worth(energy, own: own)
      if verdict.kind == .payable { paid = paid + worth } else { provisional = provisional + worth }
      forfeited = forfeited + (full - worth)
    case .held: held = held + full
    case .forfeited: forfeited = forfeited + full
    case .awaited: return
    }
  }
}
