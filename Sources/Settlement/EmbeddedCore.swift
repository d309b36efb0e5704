// Our own settlement core: passes over values, in this order, at each instant at which somebody settles and
// once more at the end of the story.
//
//   take      events and reads, one by one: whose, which register …    ReadPool, ReadingRequests
//   align     log rows become numbered half-hours of UTC, each once    HalfHourAlignment
//   believe   reads become an unwrapped count: rollover, glitch …      RegisterChain
//   watch     import dials that run back, clocks that are wrong        ImportWatch, ClockWatch
//   validate  half-hours and advances, alone and side by side          …Checks, RegisterComparison
//   propose   what all time is worth by all that is known              Propose…
//   compare   with what was billed: only the differences are issued    Difference, Settle
//   round     each line once, VAT, what is carried, the statement      Issue
//
// What is not payable is held, never guessed, unless the policy lets estimates be paid provisionally. Reads
// and logs count from the instant they were received, so the order in which a caller lists them changes
// nothing. There is no clock, file, meter or floating point here, and no licensee's name: what differs
// between licensees is a value in `Policy`.

internal import Units

/// The settlement core of this project.
public struct EmbeddedCore: Target {
  /// For tests of the engine alone.
  var probe: Probe?

  public init() {}

  public func settle(_ one: SettlementCase) -> Outcome {
    let one = Inbox.ordered(one)
    let ledger = Ledger(one, probe: probe)
    ledger.checkTariff()
    ledger.decideEligibility()
    var inbox = Inbox(one)
    let settlements = Set(one.settlements.filter { $0 <= one.until })
    let looks = one.looks.filter { $0 <= one.until }
    for instant in settlements.union(looks).union([one.until]).sorted() {
      ledger.learn(inbox.receive(through: instant), at: instant)
      if settlements.contains(instant) { ledger.settle(at: instant) }
      ledger.settleAccount(at: instant)
    }
    return Outcome(
      decisions: ledger.log.inOrder, statements: ledger.statements, halfHours: ledger.outcomeRows,
      notifications: ledger.notifications.sorted { $0.at < $1.at }, obligations: ledger.obligations,
      treatments: ledger.treatments.all,
      touches: ledger.touches.sorted { ($0.boundary, $0.side.rawValue) < ($1.boundary, $1.side.rawValue) },
      balance: ledger.balance, payments: ledger.payments, account: ledger.keeper.account)
  }
}

/// Tests of the engine state treatments and tariffs here, in the place of a family of rules,
/// and see what differs.
struct Probe {
  var afterRules: ((Ledger, Instant) -> Void)?
  var difference: ((Difference) -> Void)?
}

extension Ledger {
  /// All passes but the last: what is known by an instant, and what is wrong with it.
  func learn(_ mail: Inbox.Mail, at: Instant) {
    events += mail.events
    // Exchanges first: a read of the new meter may come with the news of it.
    take(mail.events.filter(\.isExchange))
    pool.take(mail.reads, book: book, policy: policy, log: &log)
    take(mail.events.filter { !$0.isExchange })
    align(mail.logs.map { withoutHidden($0) })
    believe()
    watchClocks()
    logHalfHours()
    watchImports(at: at)
    clearAnswered()
    checkHalfHours(at: at)
    checkStuck(at: at)
    checkAdvances()
    checkZeroExport(at: at)
    checkSums(at: at)
    compareRegisters(at: at)
    applyRules(at: at)
  }

  /// The families of rules, in the order of a customer's life. Each looks at all that is known and states
  /// afresh what it makes of it; a decision that was taken before is not taken again.
  private func applyRules(at: Instant) {
    treatments.clear()
    obligations.removeAll(keepingCapacity: true)
    charges.removeAll(keepingCapacity: true)
    judgeOnboarding(at: at)
    judgeObligation(at: at)
    judgeTariffChanges(at: at)
    judgeReadings(at: at)
    judgeWithholding(at: at)
    judgeFaultCycle(at: at)
    judgeAccess(at: at)
    judgeChanges(at: at)
    judgeSwitching(at: at)
    judgeEndings(at: at)
    judgeSelfBilling(at: at)
    judgePayments(at: at)
    judgeDisputes(at: at)
    judgePersonalData(at: at)
    judgeFlows(at: at)
    probe?.afterRules?(self, at)
  }

  /// Judges every export register by the reads known now.
  private func believe() {
    for meter in book.meters {
      if meter.uses.contains(.export), meter.hasExportRegister {
        open(.export, of: meter, in: \.exportChains, forward: .export(agreement.installation, policy))
        open(.import, of: meter, in: \.ownImportChains, forward: .fuse(phases: meter.phases, policy))
      }
      if meter.uses.contains(.import), let dial = meter.importDial {
        open(
          dial, of: meter, in: \.importChains, forward: .fuse(phases: meter.phases, policy),
          backward: .fall(agreement.installation, policy))
      }
    }
    let largest = installationPlan.largest
    for number in exportChains.indices {
      exportChains[number].limits.forward = largest
      let reads = withSwitchReads(pool.reads[exportChains[number].key] ?? [], of: exportChains[number].key)
      exportChains[number].judge(reads, &log)
    }
    // Only compared, never paid: what is odd about them is not told.
    var quiet = DecisionLog()
    for number in ownImportChains.indices {
      ownImportChains[number].judge(pool.reads[ownImportChains[number].key] ?? [], &quiet)
    }
  }

  private func open(
    _ role: RegisterRole, of meter: MeterDetails,
    in chains: ReferenceWritableKeyPath<Ledger, [RegisterChain]>,
    forward: EnergyBound, backward: EnergyBound? = nil
  ) {
    let key = RegisterKey(serial: meter.serial, role: role)
    guard let register = meter.registers[role], !self[keyPath: chains].contains(where: { $0.key == key })
    else { return }
    let limits = RegisterLimits(
      modulus: register.modulus.value, forward: forward, backward: backward,
      rolloverPercent: policy.reading.rolloverPercent.value,
      rolloverSpan: policy.reading.rolloverSpan.value)
    self[keyPath: chains].append(
      RegisterChain(key: key, limits: limits, terms: policy.reading))
  }
}

extension CaseEvent {
  fileprivate var isExchange: Bool { name == .meterExchanged }
}
