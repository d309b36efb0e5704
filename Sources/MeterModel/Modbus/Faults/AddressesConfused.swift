// PR-09 at Modbus addresses (`OBISConfusion`): the value of one energy comes at the address of another, as
// where a reader's table is of another build of the meter.

internal import Units

/// Import and export addresses show other energies.
struct AddressesConfused {
  private let kind: String

  init(_ setting: FaultSetting) throws(FaultRefusal) {
    kind = try OBISConfusion.declaration.resolve(setting).choice("kind")
    guard Self.instead[kind] != nil else {
      throw FaultRefusal(
        id: setting.id, parameter: "kind",
        message: "a Modbus meter has one address for each energy, in one rate: it can have "
          + Self.instead.keys.sorted().joined(separator: ", "))
    }
  }

  /// By kind: what is shown instead of what.
  private static let instead: [String: [ModbusQuantity.Kind: ModbusQuantity.Kind]] = [
    "sum": [:], "net": [.activeEnergyImport: .activeEnergyNet],
    "swapped": [.activeEnergyImport: .activeEnergyExport, .activeEnergyExport: .activeEnergyImport],
  ]

  /// Whether an energy shows import and export together, whatever the meter's own total adds up.
  func sums(_ kind: ModbusQuantity.Kind) -> Bool { self.kind == "sum" && kind == .activeEnergyImport }

  /// The energy that is shown for another.
  func shown(for kind: ModbusQuantity.Kind) -> ModbusQuantity.Kind { Self.instead[self.kind]?[kind] ?? kind }
}
