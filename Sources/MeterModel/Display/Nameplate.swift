// What is printed on the front and never changes.

/// A meter's nameplate.
public struct Nameplate: Hashable, Sendable {
  /// A constant as plates print it: a vulgar fraction stays one.
  public struct Constant: Hashable, Sendable {
    public var whole: Int64
    /// The fraction; nil for a whole number.
    public var numerator: Int64?
    public var denominator: Int64
    /// `revs/kWh`, `imp/kWh`.
    public var unit: String

    /// A ratio above zero, in lowest terms.
    init(_ numerator: Int64, over denominator: Int64, unit: String) {
      let divisor = Self.greatestDivisor(numerator, denominator)
      whole = numerator / denominator
      let rest = numerator % denominator
      (self.numerator, self.denominator) = (rest == 0 ? nil : rest / divisor, denominator / divisor)
      self.unit = unit
    }

    private static func greatestDivisor(_ first: Int64, _ second: Int64) -> Int64 {
      var (a, b) = (first, second)
      while b != 0 { (a, b) = (b, a % b) }
      return max(a, 1)
    }
  }

  public var brand: String
  public var type: String
  public var serial: String
  public var accuracy: String
  public var voltage: String
  public var current: String
  public var frequency: String
  public var constant: Constant?
  public var year: Int
  public var phases: Int
  /// What a reader's head meets on the front.
  public var window: Window
  /// Wires for Modbus.
  public var hasBus: Bool
  /// A communications hub sits on it (SMETS2); a SMETS1 meter has a modem of its maker's.
  public var hasHub: Bool
  /// Behind current transformers.
  public var hasTransformers: Bool

  public enum Window: Hashable, Sendable {
    case none
    /// One light-emitting diode that says the registers again and again.
    case oneWay
    /// Two windows in a ring of steel (IEC 62056-21).
    case optical
  }

  init(_ profile: Profile, serial: String) {
    let design = profile.faceDesign
    (brand, type, self.serial) = (design.brand, design.type, serial)
    (accuracy, current, year) = (design.accuracy, design.current, design.year)
    (frequency, phases) = ("50 Hz", profile.phases)
    // Declared 240 V in Great Britain until the end of 1994.
    let isHarmonised = design.year >= 1995
    voltage =
      profile.phases == 1 ? isHarmonised ? "230 V" : "240 V" : isHarmonised ? "3x230/400 V" : "3x240/415 V"
    let isSmart = profile.kind == .smets1 || profile.kind == .smets2
    window =
      profile.irda != nil
      ? .oneWay : isSmart || profile.optical != nil || profile.dlms != nil ? .optical : .none
    (hasBus, hasHub) = (profile.modbus != nil, profile.kind == .smets2)
    hasTransformers = profile.connection == .currentTransformer
    if let disc = profile.disc {
      constant = Constant(disc.numerator, over: disc.denominator, unit: "revs/kWh")
    } else if let pulse = profile.pulse {
      constant = Constant(pulse.constant.numerator, over: pulse.constant.denominator, unit: "imp/kWh")
    }
  }
}
