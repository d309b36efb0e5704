// The meters behind one line or gateway, found by the number in a frame. A meter may make way for another
// (an exchange), and its number may change, by a written setting or a fault.

internal import MeterModel

/// Up to 247 meters by unit number.
final class ModbusUnits {
  private(set) var all: [ModbusAnswering]
  /// Index into `all` by unit number; −1 where nobody is called so.
  private var indexOfUnit = [Int16](repeating: -1, count: 256)
  /// The version of which the table was made.
  private var made = -1
  private var exchanges = 0

  init(_ all: [ModbusAnswering]) { self.all = all }

  /// Grows whenever the numbers, or how anybody's UART stands, may have changed.
  var version: Int {
    var namings = exchanges
    for one in all { namings &+= one.namings }
    return namings
  }

  /// Who answers to a number: an impostor before its owner, else the first of that number.
  func answering(to unit: UInt8) -> ModbusAnswering? {
    // Numbers change rarely; then the table is made anew.
    let version = version
    if version != made {
      fill()
      made = version
    }
    let index = indexOfUnit[Int(unit)]
    return index < 0 ? nil : all[Int(index)]
  }

  /// The meter itself, where there is exactly one.
  var only: ModbusAnswering? { all.count == 1 ? all[0] : nil }

  /// One meter is taken away and another put in its place.
  func replace(_ old: ModbusAnswering, by new: ModbusAnswering) {
    guard let index = all.firstIndex(where: { $0 === old }) else { return }
    all[index] = new
    exchanges &+= old.namings &- new.namings &+ 1
  }

  private func fill() {
    for unit in indexOfUnit.indices { indexOfUnit[unit] = -1 }
    for (index, one) in all.enumerated().reversed() { indexOfUnit[Int(one.unit)] = Int16(index) }
    for (index, one) in all.enumerated() {
      if let unit = one.impostorUnit { indexOfUnit[Int(unit)] = Int16(index) }
    }
  }
}
