// A row of a billing data log or of the daily read log: import as it stood, by register and block. Export is
// in none of them: the billing logs of a SMETS2 meter leave it out (GBCS 0-0:98.1.0, 98.1.2; 98.1.9).

public import Units

/// Import registers of a smart meter at one instant of its clock.
public struct TariffStand: Hashable, Sendable {
  /// What made a meter write it down.
  public enum Trigger: String, Hashable, Sendable, CaseIterable {
    /// Nothing: somebody looks.
    case asked
    /// The billing calendar (0-0:98.1.0).
    case calendar
    /// Another tariff (0-0:98.1.2).
    case tariff
    /// UTC midnight (0-0:98.1.9).
    case midnight
  }

  /// One register or block that is not at zero.
  public struct Part: Hashable, Sendable {
    /// Nil for a time-of-use register, 1…4 for a block.
    public var block: Int?
    /// Register 1…48, or time of use 1…8 of the block.
    public var time: Int
    public var value: WattHours

    public init(block: Int? = nil, time: Int, value: WattHours) {
      (self.block, self.time, self.value) = (block, time, value)
    }
  }

  public var stamp: Instant
  public var trigger: Trigger
  /// The active import register, and the second element's where there is one.
  public var total: WattHours
  public var secondTotal: WattHours?
  /// Time-of-use registers first, then blocks; those at zero are left out.
  public var parts: [Part]
  public var secondParts: [Part]

  /// A time-of-use register, 1…48.
  public func register(_ number: Int) -> WattHours { value(block: nil, number) }

  /// What a block of a time of use ever counted.
  public func block(_ block: Int, time: Int) -> WattHours { value(block: block, time) }

  public func secondRegister(_ number: Int) -> WattHours {
    secondParts.first { $0.time == number }?.value ?? .zero
  }

  private func value(block: Int?, _ time: Int) -> WattHours {
    parts.first { $0.block == block && $0.time == time }?.value ?? .zero
  }
}
