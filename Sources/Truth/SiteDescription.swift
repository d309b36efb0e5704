// What a scenario says about a site: where it is, what makes and uses energy there, or simply what flows at
// its boundary. It is plain data; `Site` brings it to life and `Witness` keeps the account.
//
// A flow is either *prescribed* (a constant, a list of steps, a file) or *modelled* (generators and a
// household). A prescribed flow is exact: nothing of it is ever computed in floating point.

public import Units

/// A site: one boundary with the grid, where import is positive and export negative.
public struct SiteDescription: Hashable, Sendable {
  /// How many phases the boundary has.
  public enum Supply: String, Hashable, Sendable, CaseIterable {
    /// One phase: every flow is on L1.
    case single
    case three
  }

  /// A point on the Earth, for the sun.
  public struct Place: Hashable, Sendable {
    /// Degrees north, −90…90.
    public var latitude: Double
    /// Degrees east, −180…180.
    public var longitude: Double
    /// Metres above sea level, −430…9000; sea level where nothing is said (our assumption).
    public var altitude: Double

    public init(latitude: Double, longitude: Double, altitude: Double = 0) {
      (self.latitude, self.longitude, self.altitude) = (latitude, longitude, altitude)
    }
  }

  /// What decides the flow at the boundary.
  public enum Boundary: Hashable, Sendable {
    /// Stated: a constant, steps, or rows of a file.
    case prescribed(PrescribedFlow)
    /// Computed from generators and a load.
    case modelled(Installation)
  }

  public var supply: Supply
  public var boundary: Boundary
  /// What the generators make behind a stated boundary, positive, where somebody states that too: for a meter
  /// beside them. Nil where nobody does, and for a modelled site, which knows it.
  public var generated: PrescribedFlow?

  public init(supply: Supply = .single, boundary: Boundary, generated: PrescribedFlow? = nil) {
    (self.supply, self.boundary, self.generated) = (supply, boundary, generated)
  }

  /// Whether a meter beside the generators has something to measure.
  public var knowsGeneration: Bool {
    if case .modelled = boundary { return true }
    return generated != nil
  }

  /// A boundary with one constant power: import positive, export negative, all on L1.
  public static func constant(_ power: Power) -> SiteDescription {
    SiteDescription(boundary: .prescribed(.constant(PhasePower(l1: power))))
  }

  /// Refuses what cannot be brought to life.
  public func validate() throws(SiteFault) {
    switch boundary {
    case .prescribed(let flow): try flow.validate(supply: supply)
    case .modelled(let installation): try installation.validate(supply: supply)
    }
    try generated?.validate(supply: supply)
  }
}

/// Power by phase at one moment. Positive is import.
public struct PhasePower: Hashable, Sendable {
  public var l1: Power
  public var l2: Power
  public var l3: Power

  public init(l1: Power, l2: Power = .zero, l3: Power = .zero) {
    (self.l1, self.l2, self.l3) = (l1, l2, l3)
  }

  public static let zero = PhasePower(l1: .zero)
}
