// The digits that a customer can see and photograph.

public import Units

/// A display of kWh: it cuts, it never rounds.
public struct DisplayFace: Hashable, Sendable {
  /// Whole digits of kWh, 1…12.
  public var digits: Int
  /// More digits after the point than any meter has.
  public static let mostDecimals = 6

  /// Digits after the point, 0…`mostDecimals`; meters have up to 3.
  public var decimals: Int

  public init(digits: Int, decimals: Int = 0) { (self.digits, self.decimals) = (digits, decimals) }

  /// The step of the last digit in whole Wh; 1 Wh where it is finer.
  public var resolution: WattHours {
    WattHours(max((0..<decimals).reduce(1000) { step, _ in step / 10 }, 1))
  }
}
