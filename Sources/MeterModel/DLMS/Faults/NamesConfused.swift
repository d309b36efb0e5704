// PR-09. The value of one register comes under the name of another: total for import, import for export, a
// rate for the total. Value and scaler are sound; only the name lies.

internal import Units

/// A register shows what another one counts.
struct NamesConfused: DLMSFault {
  static let declaration = FaultDeclaration(
    id: "PR-09", title: "OBIS codes confused", layer: .protocolAnswer,
    symptoms: "a register holds another quantity: import with export in it, or falling while exporting",
    parameters: [
      .init(
        name: "asked", meaning: "the quantity whose registers are wrong",
        kind: .choice(["import", "export"], default: "export")),
      .init(
        name: "shown", meaning: "the quantity that they show instead",
        kind: .choice(["import", "export", "absolute", "net"], default: "import")),
    ],
    caughtBy: ["R-READ-10", "R-VAL-02"])

  private let asked: DLMSQuantity?
  private let instead: DLMSQuantity?

  init(_ values: FaultValues) {
    asked = DLMSQuantity(rawValue: values.choice("asked"))
    instead = DLMSQuantity(rawValue: values.choice("shown"))
  }

  /// The register that answers for another; nil: each for itself. It keeps the scaler of the one asked for.
  func shown(for register: DLMSRegister, among all: [DLMSRegister]) -> DLMSRegister? {
    guard register.quantity == asked, let instead else { return nil }
    var other = register
    other.quantity = instead
    return other
  }
}
