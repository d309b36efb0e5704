// What drives and brakes the disc of a Ferraris meter beside the load: the small forward torque of the
// voltage coil that is meant to make up for friction, the friction itself, and what it takes to start. All in
// watts at the disc. The ideal disc has none of it; the numbers below are those of a good single-phase GB
// meter (our assumption, within what IEC 62053-11 class 2 allows).

public import Units

/// The torques of a make of disc meter, as powers at its disc.
public struct DiscTorque: Hashable, Sendable {
  /// P_c: light-load compensation at nominal voltage; always forwards. 1–12 W.
  public var compensation: Power
  /// P_f: running friction of bearing and register train. 1–10 W new, up to 40 W old.
  public var friction: Power
  /// P_s: static friction and the anti-creep hole. 5–40 W.
  public var stiction: Power
  /// What the disc loses at `maximum` by braking of the current's own flux, in ppm (5000–20 000).
  public var overload: Int64
  /// Imax at nominal voltage.
  public var maximum: Power
  /// Gain, temperature and age: `load` means nothing here.
  public var error: ErrorCurve
  /// How far the disc turns back before the pawl of its backstop catches, in thousandths of a turn; 0–100.
  public var backstopTravel: Int64
  /// The share of reverse turns that a worn pawl lets pass, in per cent.
  public var backstopSlip: Int64

  /// Nominal voltage in mV.
  public static let nominalMillivolts: Int64 = 230_000

  public init(
    compensation: Power = Power(watts: 4), friction: Power = Power(milliwatts: 3500),
    stiction: Power = Power(watts: 14), overload: Int64 = 0, maximum: Power = Power(milliwatts: 18_400_000),
    error: ErrorCurve = ErrorCurve(), backstopTravel: Int64 = 0, backstopSlip: Int64 = 0
  ) {
    (self.compensation, self.friction, self.stiction) = (compensation, friction, stiction)
    (self.overload, self.maximum, self.error) = (overload, maximum, error)
    (self.backstopTravel, self.backstopSlip) = (backstopTravel, backstopSlip)
  }
}
