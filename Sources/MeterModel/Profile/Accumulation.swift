// What the "total" register of a Modbus meter adds up: Eastron SDM120 and SDM230, holding register 0xF920.

/// The meaning of the `total` register. Raw values are those of register 0xF920.
public enum Accumulation: Int, Hashable, Sendable, CaseIterable {
  case `import` = 1
  /// The usual default: export counts as consumption to whoever takes it for an import register.
  case importPlusExport = 2
  /// Falls while exporting: the electronic twin of a disc that runs backwards.
  case importMinusExport = 3
}
