// The account of the agreement, kept up to each instant: what statements earned, what was asked for, billed,
// sent and sent back. It runs after the statement of its instant is written.

internal import Units

/// What moves money, in the order in which it counts at one instant.
private enum AccountItem {
  case date(AccountKeeper.Wanted.Why)
  case event(CaseEvent)
  case charge(Charge)
  /// A bill takes what was earned up to the same instant.
  case bill(CaseEvent)

  var rank: Int {
    switch self {
    case .date: 0
    case .event: 1
    case .charge: 2
    case .bill: 3
    }
  }
}

extension Ledger {
  /// Keeps the account up to an instant at which all statements are written.
  func settleAccount(at now: Instant) {
    keepAccount(through: now)
    let fresh = keeper.statementsSeen..<statements.count
    keeper.statementsSeen = statements.count
    if !fresh.isEmpty { takeStatements(fresh, at: now) }
    let bills = keeper.bills
    keeper.bills.removeAll()
    for bill in bills { takeBill(bill) }
    tellUnanswered(at: now)
    statePaymentDuties(at: now)
  }

  /// All but the statements of this instant, and the bills that wait for them. A due date rests on it.
  func keepAccount(through now: Instant) {
    let since = keeper.through
    var items: [(at: Instant, item: AccountItem)] = dates(through: now)
    for event in events[keeper.eventsSeen...] {
      if event.name == .billIssued, event.received >= now {
        keeper.bills.append(event)
      } else {
        items.append((event.received, event.name == .billIssued ? .bill(event) : .event(event)))
      }
    }
    for charge in charges where !keeper.charges.contains(where: { $0.isSame(charge) }) {
      keeper.charges.append(charge)
      items.append((charge.at, .charge(charge)))
    }
    (keeper.eventsSeen, keeper.through) = (events.count, now)
    let order = items.enumerated().sorted {
      ($0.element.at, $0.element.item.rank, $0.offset) < ($1.element.at, $1.element.item.rank, $1.offset)
    }
    for (_, one) in order {
      payByDue(through: one.at)
      take(one.item, at: max(one.at, since ?? one.at))
    }
    payByDue(through: now)
  }

  private func take(_ item: AccountItem, at: Instant) {
    switch item {
    case .date(let why):
      keeper.wanted = keeper.wanted ?? AccountKeeper.Wanted(asked: at, why: why)
      payIfReady(at: at)
    case .event(let event): takePaymentEvent(event)
    case .charge(let charge): keeper.post(.charged, .charges, .charged, charge.amount, charge.code, at: at)
    case .bill(let event): takeBill(event)
    }
  }

  /// Dates of payment that came since the account was last kept.
  private func dates(through now: Instant) -> [(at: Instant, item: AccountItem)] {
    var items: [(at: Instant, item: AccountItem)] = []
    let end = agreementEnd(at: now)
    for schedule in paymentSchedules(at: now) {
      for date in schedule.dates(after: schedule.start, through: LondonClock.date(at: now)) {
        let at = LondonClock.startOfDay(date)
        guard keeper.through.map({ at > $0 }) ?? true, end.map({ at < $0.at }) ?? true else { continue }
        items.append((at, .date(.schedule)))
      }
    }
    // An end may be taken back, with the date that it gave.
    if end == nil, keeper.hasEnded {
      keeper.hasEnded = false
      if keeper.wanted?.why == .end { keeper.wanted = nil }
    }
    if let end, !keeper.hasEnded {
      keeper.hasEnded = true
      items.append((max(end.at, end.known), .date(.end)))
    }
    return items
  }

  private func takePaymentEvent(_ event: CaseEvent) {
    switch event.name {
    case .paymentRequested: takeRequest(event)
    case .paymentReturned: takeReturn(event)
    case .bankDetailsGiven:
      keeper.bankRefused = false
      releasePayments(at: event.received)
    case .estateConfirmed, .payeeDied: releasePayments(at: event.received)
    default: break
    }
  }

  private func takeStatements(_ numbers: Range<Int>, at: Instant) {
    for number in numbers {
      keeper.accrue(statements[number], number: number, arrival: arrivals[number])
      tellInvoice(statements[number])
      tellPartial(statements[number])
    }
    switch paymentArrangement(at: at) {
    case .offset:
      for lot in keeper.lots {
        keeper.post(.credited, .accrued, .credit, lot.amount, .payOffset, at: at, statement: lot.statement)
      }
      keeper.lots.removeAll()
    case .separate where keeper.wanted != nil:
      payIfReady(at: at)
      payByDue(through: at)
    case .separate where paymentSchedules(at: at).isEmpty || keeper.hasEnded: pay(at: at, asked: nil)
    case .separate: break
    }
  }
}
