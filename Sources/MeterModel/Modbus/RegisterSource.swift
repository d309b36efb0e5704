// What the Modbus side asks of a meter: no more than its registers, its power, and the one setting that
// changes how it counts. `Meter` is such a source; a test may be another.

public import Timeline
public import Units

/// Active power on each phase; zero on a phase that the meter has not.
public struct PhasePowers: Hashable, Sendable {
  public var l1: Power
  public var l2: Power
  public var l3: Power

  public init(l1: Power, l2: Power = .zero, l3: Power = .zero) { (self.l1, self.l2, self.l3) = (l1, l2, l3) }
}

/// A meter as its Modbus side sees it.
public protocol RegisterSource: AnyObject {
  /// 1 or 3.
  var phaseCount: Int { get }
  /// Draws of what befalls its answers.
  var stream: RandomStream { get }
  /// What stands on its plate.
  var serial: String { get }
  /// The number in the serial number register: 0 where the serial is no number of 32 bits.
  var serialNumber: UInt32 { get }
  /// One read of a cumulative register as the protocol shows it, with the faults that hit reads. Called once
  /// for each register in each answer. Negative only for a total that falls below zero. Nil for a register,
  /// or a phase, that the meter does not keep: it reads 0.
  func readEnergy(_ role: RegisterRole, phase: MeterPhase?) -> WattHours?
  /// Active power as the meter measures it now, positive for import. Called once for each answer.
  var measuredPower: PhasePowers { get }
  /// Whether its energies count each phase by itself rather than their sum.
  var countsByPhase: Bool { get }
  /// What the total adds up; nil where the meter has no such register.
  var accumulation: Accumulation? { get set }
  /// How it treats reverse flow from now on.
  var flowMode: FlowMode { get set }
  /// Means over the demand period; nil where nobody can read one.
  var demand: DemandCounter? { get }
  /// How many minutes the mean is taken over from now on.
  func setDemandPeriod(minutes: Int64)
  /// Clears every energy register.
  func clearEnergies()
}

extension RegisterSource {
  public var countsByPhase: Bool { false }
}
