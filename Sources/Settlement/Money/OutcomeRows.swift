// What became of each half-hour, for whoever asks.

internal import Units

extension Ledger {
  /// The half-hours of the case with what the last settlement made of them.
  var outcomeRows: [SettledHalfHour] {
    var rows = exports.rows
    for index in rows.indices {
      let number = position.verdict(index)
      if number == VerdictBook.covered { rows[index].state = .inAdvance }
      guard let verdict = verdicts[number] else { continue }
      rows[index].state = verdict.state
      guard verdict.isMoney else { continue }
      // What was billed: later values wait for the next settlement.
      rows[index].energy = WattHours(position.energy(index))
      if rows[index].quality == .missing { rows[index].quality = .estimated }
      rows[index].rate = verdict.price(position.own(index))
      rows[index].statement = position.statements[index]
    }
    return rows
  }
}

extension Verdict {
  fileprivate var state: SettledHalfHour.State {
    switch kind {
    case .payable: .paid
    case .provisional: .provisional
    case .held: .held(reason)
    case .forfeited: .forfeited(reason)
    case .awaited: .open
    }
  }
}
