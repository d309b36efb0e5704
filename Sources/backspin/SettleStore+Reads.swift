// A supplier's file into a store: the first one makes the agreement, later ones go on with it.

internal import Runner
internal import Scenario
internal import Settlement
internal import SettlementStore
internal import Units

extension SettleStore {
  /// Takes a file's half-hours into the store, and settles up to the end of its span.
  ///
  /// - Parameters:
  ///   - one: the case of the file alone.
  ///   - stated: what of the installation was said on the command line; the rest goes on as it was.
  func take(_ one: SettlementCase, _ file: SourceFile, stated: SettleTerms, json: Bool) throws {
    let store = try open(.create)
    let until = one.until
    let taken = try Self.told {
      var going = one
      going.settlements = []
      if let known = try store.terms(of: Intake.name(of: one.agreement)) {
        try going.goOn(with: known.agreement, from: known.from, stated: stated)
      }
      return try store.take([Intake(going, file: file)])
    }
    if !json { Terminal.print(StoreText.text(taken, file: file.name)) }
    let done = try settle(store, taken.map(\.agreement), until: until, json: json)
    if json { Terminal.print(StoreText.json(taken, done).pretty) }
  }
}

extension SettlementCase {
  /// This case as a further stretch of an agreement that is kept: its terms stand, and the prices of the file
  /// hold from where the file begins.
  fileprivate mutating func goOn(with kept: Agreement, from start: Instant, stated: SettleTerms) throws {
    let fresh = agreement
    agreement = kept
    agreement.start = min(kept.start, fresh.start)
    from = min(start, from)
    try check(stated, fresh.installation, kept.installation)
    for terms in fresh.tariff {
      let inForce = kept.tariff.last { $0.from <= terms.from }
      if let inForce, inForce.shape == terms.shape, inForce.isSEG == terms.isSEG { continue }
      agreement.tariff.removeAll { $0.from == terms.from }
      agreement.tariff.append(terms)
    }
    agreement.tariff.sort { $0.from < $1.from }
    for meter in fresh.meters {
      guard let index = agreement.meters.firstIndex(where: { $0.serial == meter.serial }) else { continue }
      agreement.meters[index].registers.merge(meter.registers) { was, _ in was }
    }
  }

  private func check(
    _ stated: SettleTerms, _ fresh: DeclaredInstallation, _ kept: DeclaredInstallation
  ) throws {
    if stated.capacity != nil, fresh.capacity != kept.capacity {
      throw Failure(
        "--capacity is \(fresh.capacity), and the store keeps this agreement with \(kept.capacity)")
    }
    if stated.exportLimit != nil, fresh.exportLimit != kept.exportLimit {
      let was = kept.exportLimit.map { "\($0)" } ?? "none"
      throw Failure("--export-limit differs from that of the agreement in the store: \(was)")
    }
    if stated.storage, !kept.hasStorage {
      throw Failure("--storage: the store keeps this agreement without a battery")
    }
  }
}
