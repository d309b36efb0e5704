// `agreement:` of a scenario: who pays whom for what, as declared. What stands elsewhere in the story need
// not be said again: meters and MPANs come from `meters`, and what is installed from the site's model.
//
//   agreement:
//     licensee: bulb
//     tariff: {flat: 5.57 p/kWh}
//     start: 2026-05-01T00:00Z            # the start of the story, where nothing is said
//     installation: {technology: solar-pv, capacity: 3.95 kWp, export-limit: 3.68 kW, storage: true}
//     import-supplier: Other Energy
//     import-rate: 24.5 p/kWh             # prices a double benefit
//     occupier: other                     # generator, where nothing is said: who lives there
//     application: {…}                    # also plan, payee, supply: facts that the core declares
//     policy: {reading.request-days: 10}  # values of this story in place of the licensee's

internal import Settlement
internal import Truth
internal import Units

extension Agreement {
  /// Reads an agreement. Throws a `Diagnostic`: BS-AGR-01 …, BS-TAR-01 … of its tariff, and those of
  /// `Fields`.
  init(_ node: Node, in context: AgreementContext) throws {
    var fields = try Fields(node, of: "the agreement")
    let licensee = try fields.required("licensee").text("the licensee")
    let start: Instant = try fields.optional("start")?.quantity("the start") ?? context.facts.start
    let tariff = try TariffTerms.versions(
      try fields.required("tariff"), from: min(start, context.facts.start), files: context.facts.files)
    let installation =
      try fields.optional("installation").map { try DeclaredInstallation($0, of: context.site) }
      ?? DeclaredInstallation(of: context.site, at: node)
    let supplier = try fields.optional("import-supplier")?.text("the import supplier") ?? ""
    let rate: UnitRate? = try fields.optional("import-rate")?.quantity("the import rate")
    let occupier: Occupier = try fields.optional("occupier")?.word("occupier") ?? .generator
    let consent = try fields.optional("half-hourly-consent")?.flag("half-hourly-consent") ?? true
    var facts = Facts()
    for group in FactGroup.all {
      guard let part = fields.optional(group.name) else { continue }
      var told = try Fields(part, of: "'\(group.name)'")
      facts = facts.updated(by: try Facts(&told, group.facts, in: context.facts))
      try told.finish()
    }
    // Read with the licensee's own values, by whoever knows those.
    _ = fields.optional("policy")
    try fields.finish()
    self.init(
      licensee: licensee, exportMPAN: context.exportMPAN, importMPAN: context.importMPAN, tariff: tariff,
      start: start, installation: installation, meters: context.meters,
      generatorIsOccupier: occupier == .generator, importSupplier: supplier, importRate: rate,
      halfHourlyConsent: consent, facts: facts)
  }

  /// Who lives there (R-BACK-02).
  private enum Occupier: String, CaseIterable { case generator, other }
}

extension DeclaredInstallation {
  /// What the form says is installed; what it leaves out is as at the site.
  init(_ node: Node, of site: SiteDescription?) throws {
    var fields = try Fields(node, of: "the installation")
    let technologyNode = fields.optional("technology")
    let capacityNode = fields.optional("capacity")
    let known = Self.modelled(site)
    guard let technology = try technologyNode?.word("technology", Technology.self) ?? known?.technology,
      let capacity = try capacityNode?.quantity("the capacity", Power.self) ?? known?.capacity
    else {
      throw node.diagnostic(
        "BS-AGR-01", "the site does not say what is installed; technology and capacity are needed here",
        help: "write `{technology: solar-pv, capacity: 3.95 kWp}`")
    }
    guard capacity > .zero else {
      throw (capacityNode ?? node).diagnostic("BS-AGR-02", "what is installed has a capacity above zero")
    }
    let limitNode = fields.optional("export-limit")
    let limit: Power? = try limitNode?.quantity("the export limit")
    if let limit, let limitNode, limit < .zero {
      throw limitNode.diagnostic("BS-AGR-02", "an export limit is not below zero")
    }
    let storage = try fields.optional("storage")?.flag("storage") ?? false
    try fields.finish()
    self.init(
      technology: technology, capacity: capacity, exportLimit: limit ?? known?.exportLimit,
      hasStorage: storage)
  }

  /// As the site's model; 4 kW of solar power where the flow is only stated (our assumption: a common home).
  init(of site: SiteDescription?, at node: Node) throws {
    guard case .modelled(let model)? = site?.boundary else {
      self.init(technology: .solarPV, capacity: Power(watts: 4000))
      return
    }
    guard let known = Self.modelled(site) else {
      throw node.diagnostic(
        "BS-AGR-01",
        model.generators.isEmpty
          ? "nothing is installed at this site"
          : "several technologies are installed; an agreement is about one",
        help: "add `installation: {technology: …, capacity: …}`")
    }
    self = known
  }

  /// The one technology of a modelled site, with the sum of its capacities (R-CHG-03).
  private static func modelled(_ site: SiteDescription?) -> DeclaredInstallation? {
    guard case .modelled(let model)? = site?.boundary,
      let technology = model.generators.first.flatMap({ Technology(rawValue: $0.technology.rawValue) }),
      model.generators.allSatisfy({ $0.technology.rawValue == technology.rawValue })
    else { return nil }
    return DeclaredInstallation(
      technology: technology, capacity: model.generators.reduce(.zero) { $0 + $1.capacity },
      exportLimit: model.exportLimit)
  }
}
