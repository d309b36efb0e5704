// The same front with another number on its plate or another value in its register: what a photograph shows
// that was taken elsewhere, or at another time.

public import Units

extension FaceState {
  /// The same front with another number on its plate.
  public func numbered(_ serial: String) -> FaceState {
    var other = self
    other.plate.serial = serial
    return other
  }

  /// The same front with a register at a value, its display in good order.
  public func showing(_ value: WattHours, of display: DisplayFace) -> FaceState {
    var other = self
    let (count, unit) = (Int128(value.value) * Int128(FineEnergy.perWattHour), Meter.perKilowattHour)
    switch counter {
    case .drums(let train):
      other.counter = .drums(
        DrumTrain(
          count: count, perKilowattHour: unit, digits: display.digits,
          hasTenth: train.drums.contains(where: \.isRed)))
    case .dials(let pointers):
      other.counter = .dials(
        DialPointer.row(
          count: count, perKilowattHour: unit, digits: display.digits,
          hasTenth: pointers.contains(where: \.isRed)))
    case .crystal(var crystal):
      let text = display.text(of: count).filter { $0 != "." }
      crystal.digits = text.map { SevenSegments(figure: $0.wholeNumberValue ?? 0) }
      crystal.isBlank = false
      other.counter = .crystal(crystal)
    }
    return other
  }
}
