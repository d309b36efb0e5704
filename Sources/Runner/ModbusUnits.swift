// The meters behind one line or gateway, found by the number in a frame.

internal import MeterModel

/// Up to 247 meters by unit number.
final class ModbusUnits {
  let all: [ModbusAnswering]
  /// Index into `all` by unit number; −1 where nobody is called so.
  private var indexOfUnit = [Int16](repeating: -1, count: 256)
  /// All namings of all meters when the table was made.
  private var namings = 0

  init(_ all: [ModbusAnswering]) {
    self.all = all
    fill()
  }

  /// Who answers to a number: an impostor before its owner, else the first of that number.
  func answering(to unit: UInt8) -> ModbusAnswering? {
    // Numbers change rarely, by a written setting or a fault; then the table is made anew.
    var namings = 0
    for one in all { namings += one.namings }
    if namings != self.namings { fill() }
    let index = indexOfUnit[Int(unit)]
    return index < 0 ? nil : all[Int(index)]
  }

  /// The meter itself, where there is exactly one.
  var only: ModbusAnswering? { all.count == 1 ? all[0] : nil }

  private func fill() {
    namings = all.reduce(0) { $0 + $1.namings }
    for unit in indexOfUnit.indices { indexOfUnit[unit] = -1 }
    for (index, one) in all.enumerated().reversed() { indexOfUnit[Int(one.unit)] = Int16(index) }
    for (index, one) in all.enumerated() {
      if let unit = one.impostorUnit { indexOfUnit[Int(unit)] = Int16(index) }
    }
  }
}
