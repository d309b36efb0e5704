// Half-hours from a file as a case to settle: one agreement, one half-hourly export meter,
// one settlement at the end.

public import Settlement
public import Units

extension SettlementCase {
  /// A case of the half-hours of a file, settled once when its span ends.
  ///
  /// - Parameters:
  ///   - file: the half-hours. If it has an import column too, that is the export meter's own import
  ///     register, which shows whether the two are swapped (R-VAL-11).
  ///   - mpan: as written; it is checked by rule (R-MPAN-01).
  ///   - serial: of the export meter.
  public init(
    export file: ExportFile, policy: Policy, tariff: [TariffTerms], mpan: String, serial: String,
    installation: DeclaredInstallation
  ) {
    // What a SMETS2 register holds: 32 bits of Wh.
    let register = MeterDetails.Register(modulus: WattHours(1 << 32))
    var registers: [RegisterRole: MeterDetails.Register] = [.export: register]
    if file.rows.contains(where: { $0.imported != nil }) { registers[.import] = register }
    let meter = MeterDetails(
      serial: serial, uses: [.export], registers: registers, halfHourlyCapable: true, remote: true,
      kind: "half-hours from a file")
    let agreement = Agreement(
      licensee: policy.name, exportMPAN: mpan, tariff: tariff, start: file.span.lowerBound,
      installation: installation, meters: [meter])
    self.init(
      policy: policy, agreement: agreement,
      logs: file.logs(serial: serial, received: file.span.upperBound), from: file.span.lowerBound,
      settlements: [file.span.upperBound])
  }
}
