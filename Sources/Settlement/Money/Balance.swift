// Where all energy stands in money: every known kilowatt-hour at its price is paid, provisional, held or
// forfeited, and nothing is lost between them (R-WHLD-04: what accrued is never deleted).

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
  /// The balance of the last settlement: the whole as it was counted while proposing,
  /// the parts as they were billed.
  var balance: Balance {
    var balance = Balance(accrued: position.accrued, unpriced: position.unpriced)
    for piece in position.pieces {
      guard let energy = piece.energy, energy >= 0 else { continue }
      balance.add(piece.verdict, energy, own: piece.own)
    }
    guard let columns = position.columns else { return balance }
    var row = 0
    while row < position.verdicts.count {
      let number = position.verdicts[row]
      let start = row
      while row < position.verdicts.count, position.verdicts[row] == number { row += 1 }
      guard let verdict = verdicts[number] else { continue }
      let rows = start..<row
      if verdict.sale.isOwn && verdict.part != 1000
        || HalfHourKernel.isOutside(columns.energies, rows, most: position.most)
      {
        for row in rows where position.energy(row) >= 0 {
          balance.add(verdict, position.energy(row), own: position.own(row))
        }
      } else {
        balance.add(verdict, position, rows)
      }
    }
    return balance
  }
}

extension Balance {
  fileprivate mutating func add(_ verdict: Verdict, _ energy: Int64, own: Int64) {
    guard let full = verdict.fullWorth(energy, own: own) else { return }
    add(verdict.kind, full: full, worth: verdict.worth(energy, own: own))
  }

  /// A run of rows of one verdict.
  fileprivate mutating func add(_ verdict: Verdict, _ position: Position, _ rows: Range<Int>) {
    let (energy, exact) = position.worth(rows, verdict)
    if verdict.sale.isOwn {
      add(verdict.kind, full: exact, worth: exact)
    } else if let full = verdict.full {
      add(verdict.kind, full: WattHours(energy) * full, worth: exact)
    }
  }

  private mutating func add(_ kind: Verdict.Kind, full: NanoPence, worth: NanoPence) {
    switch kind {
    case .payable, .provisional:
      if kind == .payable { paid = paid + worth } else { provisional = provisional + worth }
      forfeited = forfeited + (full - worth)
    case .held: held = held + full
    case .forfeited: forfeited = forfeited + full
    case .awaited: return
    }
  }
}
