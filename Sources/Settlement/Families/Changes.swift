// Changes of the installation, its owner and place (R-CHG): what must be told, when and how, and what each
// does to the money.

internal import Units

/// What may change. The words are those by which a confirmation or a piece of evidence names the change.
enum ChangeKind: String, CaseIterable {
  case capacity, storage, unit, owner, move, decommissioning, plant, meter
  case importSupplier = "import-supplier"

  static let names: [EventName: ChangeKind] = [
    .capacityChanged: .capacity, .storageChanged: .storage, .unitAdded: .unit, .ownerChanged: .owner,
    .customerMoved: .move, .decommissioned: .decommissioning, .plantChanged: .plant, .meterExchanged: .meter,
    .importSupplierChanged: .importSupplier,
  ]
}

extension Ledger {
  func judgeChanges(at now: Instant) {
    judgeTelling(at: now)
    judgePlant()
    judgeStorage()
    judgeCapacity()
    judgeUnits()
    judgeImportSupplier()
    judgeOwner(at: now)
    judgeMove()
    judgeDecommissioning(at: now)
  }

  private func judgePlant() {
    for event in known(.plantChanged) {
      log.note(
        .chgDeclared, .chg01, at: event.received, subject, reads: [event.cause],
        "the plant: \(event.facts.text(.what) ?? "a change") from \(event.at)\(event.saying(.why))")
    }
  }

  /// Somebody else supplies the import; the export agreement goes on, and how it is paid may change
  /// (R-CHG-04).
  private func judgeImportSupplier() {
    let must = policy.changes.importSwitchMustBeTold.value
    for event in known(.importSupplierChanged) {
      log.note(
        .chgImportSupplier, .chg04, at: event.received, subject, reads: [event.cause],
        "\(event.facts.text(.supplier) ?? "somebody else") supplies the import from \(event.at); export "
          + "goes on as "
          + "agreed, and \(must ? "this had to be told" : "need not have been told")")
    }
  }
}
