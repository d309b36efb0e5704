// PR-09 in DLMS objects (`OBISConfusion`): the value of one register comes under the name of another. Value
// and scaler are sound; only the name lies.

internal import Units

/// A register shows what another one counts.
struct NamesConfused: DLMSFault {
  static let declaration = OBISConfusion.declaration

  static func objection(_ values: FaultValues) -> String? {
    switch values.choice("kind") {
    case OBISConfusion.twice: "a DLMS name has one object: none is there twice"
    case OBISConfusion.rate: "a DLMS meter counts in one rate here"
    default: nil
    }
  }

  /// By kind: what is shown instead of what.
  private static let instead: [String: [DLMSQuantity: DLMSQuantity]] = [
    "sum": [.import: .absolute], "net": [.import: .net], "swapped": [.import: .export, .export: .import],
  ]

  private let kind: String

  init(_ values: FaultValues) { kind = values.choice("kind") }

  /// The register that answers for another, with the scaler and width of the one asked for; nil: none does.
  func shown(for register: DLMSRegister) -> DLMSRegister? {
    if kind == OBISConfusion.missing, register.quantity == .export { return nil }
    var shown = register
    shown.quantity = Self.instead[kind]?[register.quantity] ?? register.quantity
    return shown
  }
}
