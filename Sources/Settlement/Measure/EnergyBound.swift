// The most energy that a power can make in a time (R-VAL-02): exact in 128 bits, cut down to whole Wh.

internal import Units

/// A power with an allowance over it.
struct EnergyBound: Hashable {
  var power: Power
  /// Parts per thousand that may be exceeded.
  var allowance: Int

  func most(in span: TimeSpan) -> Int64 {
    guard span > .zero else { return 0 }
    let fine = Int128(power.milliwatts) * Int128(span.microseconds) * Int128(1000 + allowance)
    return Int64(clamping: fine / (1000 * 1000 * 3_600_000_000))
  }

  /// What the installation can export: its capacity, or the DNO's limit where that is less.
  static func export(_ installation: DeclaredInstallation, _ policy: Policy) -> EnergyBound {
    let power = installation.exportLimit.map { min($0, installation.capacity) } ?? installation.capacity
    return EnergyBound(power: power, allowance: policy.validation.capacityAllowance.value)
  }

  /// What can turn an import dial back: all that is installed.
  static func fall(_ installation: DeclaredInstallation, _ policy: Policy) -> EnergyBound {
    EnergyBound(power: installation.capacity, allowance: policy.validation.capacityAllowance.value)
  }

  /// What the service fuse lets in.
  static func fuse(phases: Int, _ policy: Policy) -> EnergyBound {
    EnergyBound(power: policy.reading.fuse.value * Int64(max(phases, 1)), allowance: 0)
  }
}
