// Maximum demand: the half-hour with the highest mean power since the registers were last reset, of import,
// of import within a time of day that the distributor sets, and of export (GBCS 1-0:1.6.0, 1.6.1, 2.6.0;
// DUIS 4.12.1, 4.12.2, 6.18.1, 6.18.2). Of a twin-element meter the primary element alone (our assumption).

public import Units

/// A highest half-hour.
public struct MaximumDemand: Hashable, Sendable {
  /// Mean over the half-hour, whole W times two of the Wh in it.
  public var power: Power
  /// The end of the half-hour by the meter's clock.
  public var stamp: Instant

  public init(power: Power, stamp: Instant) { (self.power, self.stamp) = (power, stamp) }
}

/// Which of the three maximum demand registers.
public enum DemandRegister: String, Hashable, Sendable, CaseIterable {
  case `import`
  /// Import within the time that is set.
  case importWithin = "import-within"
  case export
}

/// The highest half-hours of a meter.
struct DemandPeaks {
  private(set) var peaks: [DemandRegister: MaximumDemand] = [:]
  /// UTC minutes of the day, start and end; nil: not set, and nothing is kept within it.
  var window: Range<Int>?
  /// When the registers were last reset, by the meter's clock.
  private(set) var resetAt: Instant?

  /// Nil for a make that keeps none.
  init?(_ profile: Profile) {
    guard profile.kind == .smets2 else { return nil }
  }

  mutating func close(_ energy: WattHours, of role: RegisterRole, during period: HalfHour) {
    switch role {
    case .import:
      take(energy, as: .import, at: period.end)
      let minute = Int(floorModulo(period.start.seconds, 86_400) / 60)
      if let window, window.contains(minute) { take(energy, as: .importWithin, at: period.end) }
    case .export: take(energy, as: .export, at: period.end)
    case .secondaryImport, .total, .generation: break
    }
  }

  /// The first of two equal ones stays.
  private mutating func take(_ energy: WattHours, as register: DemandRegister, at end: Instant) {
    let (doubled, tooLarge) = energy.value.multipliedReportingOverflow(by: 2_000)
    guard !tooLarge, doubled > peaks[register]?.power.milliwatts ?? 0 else { return }
    peaks[register] = MaximumDemand(power: Power(milliwatts: doubled), stamp: end)
  }

  mutating func reset(at instant: Instant) { (peaks, resetAt) = ([:], instant) }
}

extension Meter {
  /// The highest half-hour since the last reset; nil where there was none above zero, or for a make that
  /// keeps none.
  public func maximumDemand(_ register: DemandRegister) -> MaximumDemand? { demandPeaks?.peaks[register] }

  /// Whether it keeps maximum demand at all.
  public var keepsMaximumDemand: Bool { demandPeaks != nil }

  /// When maximum demand was last reset, by its clock; nil: never.
  public var demandResetAt: Instant? { demandPeaks?.resetAt }

  /// All three begin anew. False for a make that keeps none.
  @discardableResult
  public func resetMaximumDemand() -> Bool {
    guard demandPeaks != nil else { return false }
    demandPeaks?.reset(at: Instant(seconds: ownReading.seconds))
    return true
  }

  /// The UTC minutes of the day, 0…1440, whose half-hours `importWithin` looks at. False for a make that
  /// keeps none, and for a time that is none.
  @discardableResult
  public func setDemandWindow(_ minutes: Range<Int>) -> Bool {
    guard demandPeaks != nil, minutes.lowerBound >= 0, minutes.upperBound <= 1440, !minutes.isEmpty else {
      return false
    }
    demandPeaks?.window = minutes
    return true
  }
}
