// Stands where the decoders of policies and agreements will: their owners write them.

internal import Settlement
internal import Units

extension Policy {
  init(_ node: Node) throws { throw node.diagnostic("BS-SCN-15", "licensees cannot be read from files yet") }
}

extension Agreement {
  init(_ node: Node, in context: AgreementContext) throws {
    var fields = try Fields(node, of: "the agreement")
    let licensee = try fields.required("licensee").text("the licensee")
    var tariff = try Fields(try fields.required("tariff"), of: "the tariff")
    let rate: UnitRate = try tariff.required("flat").quantity("the rate")
    try tariff.finish()
    try fields.finish()
    self.init(
      licensee: licensee, exportMPAN: context.exportMPAN, importMPAN: context.importMPAN,
      tariff: [TariffTerms(name: "flat", from: context.start, shape: .flat(rate))], start: context.start,
      installation: DeclaredInstallation(technology: .solarPV, capacity: Power(watts: 4000)),
      meters: context.meters)
  }
}
