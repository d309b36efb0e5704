// Agreements and calendars as kept text. An agreement names its tariffs by the digests of their own texts.

internal import Settlement
internal import Units

extension TextTree {
  // MARK: Agreements

  /// All of an agreement and of its case but tariffs, policy, calendar and what arrives later.
  init(_ agreement: Agreement, from: Instant, tariffs: [String]) {
    self.init(parts: [
      "licensee": .text(agreement.licensee), "export-mpan": agreement.exportMPAN.map { .text($0) },
      "import-mpan": agreement.importMPAN.map { .text($0) }, "tariffs": .list(tariffs.map { .text($0) }),
      "start": .text("\(agreement.start)"), "installation": Self.installation(agreement.installation),
      "meters": .list(agreement.meters.map { TextTree($0) }),
      "generator-is-occupier": TextTree(flag: agreement.generatorIsOccupier),
      "import-supplier": .text(agreement.importSupplier),
      "import-rate": agreement.importRate.map { .text("\($0)") },
      "half-hourly-consent": TextTree(flag: agreement.halfHourlyConsent), "facts": TextTree(agreement.facts),
      "payable-from": .text("\(from)"),
    ])
  }

  private static func installation(_ one: DeclaredInstallation) -> TextTree {
    TextTree(parts: [
      "technology": .text(one.technology.rawValue), "capacity": .text("\(one.capacity)"),
      "export-limit": one.exportLimit.map { .text("\($0)") }, "storage": TextTree(flag: one.hasStorage),
    ])
  }

  /// - Parameter tariff: the tariff of a digest.
  func agreement(
    _ what: String, tariff: (String) throws(StoreError) -> TariffTerms
  ) throws(StoreError) -> (agreement: Agreement, from: Instant) {
    var fields = try TreeFields(self, of: what)
    var tariffs: [TariffTerms] = []
    for part in try fields.list("tariffs") { tariffs.append(try tariff(try part.text(what, "tariffs"))) }
    var meters: [MeterDetails] = []
    for part in try fields.list("meters") { meters.append(try part.meter("a meter of \(what)")) }
    let agreement = Agreement(
      licensee: try fields.text("licensee"), exportMPAN: try fields.optionalText("export-mpan"),
      importMPAN: try fields.optionalText("import-mpan"), tariff: tariffs, start: try fields.value("start"),
      installation: try fields.tree("installation").installation(what), meters: meters,
      generatorIsOccupier: try fields.flag("generator-is-occupier"),
      importSupplier: try fields.text("import-supplier"), importRate: try fields.optionalValue("import-rate"),
      halfHourlyConsent: try fields.flag("half-hourly-consent"), facts: try fields.tree("facts").facts(what))
    let from: Instant = try fields.value("payable-from")
    try fields.finish()
    return (agreement, from)
  }

  /// The digests of the tariffs of a kept agreement.
  var tariffs: [String] {
    get throws(StoreError) {
      guard case .map(let parts) = self, case .list(let tariffs)? = parts["tariffs"] else {
        throw StoreError(.damaged, "an agreement has no tariffs")
      }
      var digests: [String] = []
      for tariff in tariffs { digests.append(try tariff.text("an agreement", "tariffs")) }
      return digests
    }
  }

  private func installation(_ what: String) throws(StoreError) -> DeclaredInstallation {
    var fields = try TreeFields(self, of: "the installation of \(what)")
    let one = DeclaredInstallation(
      technology: try fields.word("technology"), capacity: try fields.value("capacity"),
      exportLimit: try fields.optionalValue("export-limit"), hasStorage: try fields.flag("storage"))
    try fields.finish()
    return one
  }

  // MARK: Calendars

  init(_ calendar: WorkingDays) {
    self.init(parts: [
      "first": .text("\(calendar.covered.lowerBound)"), "last": .text("\(calendar.covered.upperBound)"),
      "holidays": .list(calendar.holidays.sorted().map { .text("\($0)") }),
    ])
  }

  func calendar(_ what: String) throws(StoreError) -> WorkingDays {
    var fields = try TreeFields(self, of: what)
    let (first, last): (CivilDate, CivilDate) = (try fields.value("first"), try fields.value("last"))
    guard first <= last else { throw fields.damage("last") }
    var holidays: Set<CivilDate> = []
    for part in try fields.list("holidays") { holidays.insert(try part.value(what, "holidays")) }
    try fields.finish()
    return WorkingDays(covered: first...last, holidays: holidays)
  }
}
