// PR-09. The value of one register comes under the name of another: sums or differences for import, import
// for export. Value and scaler are sound; only the name lies.

internal import Units

/// A register shows what another one counts.
struct NamesConfused: DLMSFault {
  static let declaration = FaultDeclaration(
    id: "PR-09", title: "OBIS confusion", layer: .protocolAnswer,
    symptoms: "import includes export, a net register that falls, a register missing",
    parameters: [
      .init(
        name: "kind",
        meaning: "sum: 1.8.0 shows import + export; net: 1.8.0 shows import − export; swapped: 1.8.0 shows "
          + "export and 2.8.0 import; missing: 2.8.0 cannot be read",
        kind: .choice(["sum", "net", "swapped", "missing"], default: "sum"))
    ],
    caughtBy: ["R-READ-09", "R-READ-10"])

  /// By kind: what is shown instead of what.
  private static let instead: [String: [DLMSQuantity: DLMSQuantity]] = [
    "sum": [.import: .absolute], "net": [.import: .net], "swapped": [.import: .export, .export: .import],
  ]

  private let kind: String

  init(_ values: FaultValues) { kind = values.choice("kind") }

  /// The register that answers for another, with the scaler and width of the one asked for; nil: none does.
  func shown(for register: DLMSRegister) -> DLMSRegister? {
    if kind == "missing", register.quantity == .export { return nil }
    var shown = register
    shown.quantity = Self.instead[kind]?[register.quantity] ?? register.quantity
    return shown
  }
}
