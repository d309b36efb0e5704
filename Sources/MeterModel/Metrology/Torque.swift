// The speed of a Ferraris disc in equivalent watts:
//   w = P + P_c (V / Vn)² − P_f sign(w);  w = 0 while |P + P_c (V / Vn)²| ≤ P_s.
// The compensation always pushes forwards, so a disc that runs backwards is slower than one that runs
// forwards under the same load. Gain, temperature and age are factors of the whole (see `Element`).

internal import Units

/// The torques at work, in mW; the voltage is already in them.
struct Torque: Hashable, Sendable {
  /// P_c (V / Vn)².
  var compensation: Int64
  var friction: Int64
  var stiction: Int64
  /// ppm at `maximum`.
  var overload: Int64
  /// mW, above zero.
  var maximum: Int64

  init(_ torque: DiscTorque, millivolts: Int64) {
    let nominal = DiscTorque.nominalMillivolts
    compensation = scaleRounded(
      torque.compensation.milliwatts, millivolts * millivolts, over: nominal * nominal)
    (friction, stiction) = (torque.friction.milliwatts, torque.stiction.milliwatts)
    (overload, maximum) = (torque.overload, max(torque.maximum.milliwatts, 1))
  }

  /// No torque but the load's.
  static let ideal = Torque(
    DiscTorque(compensation: .zero, friction: .zero, stiction: .zero),
    millivolts: DiscTorque.nominalMillivolts)

  /// What the disc turns at, in mW, under a load of so many mW.
  func speed(_ load: Int64) -> Int64 {
    let drive = braked(load) + compensation
    guard drive.magnitude > stiction.magnitude, drive.magnitude > friction.magnitude else { return 0 }
    return drive > 0 ? drive - friction : drive + friction
  }

  /// The load less what the current's own flux brakes: it grows with the square of the load.
  private func braked(_ load: Int64) -> Int64 {
    guard overload != 0 else { return load }
    let share = scaleRounded(scaleRounded(Gain.million, load, over: maximum), load, over: maximum)
    return load - scaleRounded(scaleRounded(load, overload, over: Gain.million), share, over: Gain.million)
  }
}

/// The pawl that keeps a disc from running backwards. What it lets pass is kept in mW·ms at the disc.
struct Ratchet: Hashable, Sendable {
  /// Reverse energy until the pawl catches.
  var travel: Int64
  /// Per cent of reverse turns that pass a pawl that has caught.
  var slip: Int64

  init(travel: Int64, slip: Int64) { (self.travel, self.slip) = (travel, slip) }

  /// Energy of a part of a turn: `thousandths` × 1000 / C Wh, cut to whole mW·ms.
  static func energy(thousandths: Int64, _ constant: DiscConstant) -> Int64 {
    let perTurn = Int128(FineEnergy.perWattHour) * 1000 * Int128(constant.denominator)
    return Int64(clamping: perTurn * Int128(thousandths) / 1000 / Int128(max(constant.numerator, 1)))
  }
}
