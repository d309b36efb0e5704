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

  init(_ profile: Profile, serial: String) {
    let design = profile.faceDesign
    (brand, type, self.serial) = (design.brand, design.type, serial)
    (accuracy, current, year) = (design.accuracy, design.current, design.year)
    (frequency, phases) = ("50 Hz", profile.phases)
    voltage = profile.phases == 1 ? "230 V" : "3x230/400 V"
    if let disc = profile.disc {
      constant = Constant(disc.numerator, over: disc.denominator, unit: "revs/kWh")
    } else if let pulse = profile.pulse {
      constant = Constant(pulse.constant.numerator, over: pulse.constant.denominator, unit: "imp/kWh")
    }
  }
}
