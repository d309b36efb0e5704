// A liquid crystal display: its digits segment by segment, and the signs around them.

/// What an LCD shows.
public struct CrystalState: Hashable, Sendable {
  /// A sign beside the digits.
  public enum Sign: String, Hashable, Sendable, CaseIterable {
    case kilowattHours = "kWh"
    case watts = "W"
    /// Energy flows towards the house, or away from it.
    case importing, exporting
    /// Energy has run backwards through a meter that does not count it.
    case reverseRun
    case phase1, phase2, phase3
    /// All segments: a test.
    case test
  }

  public var page: DisplayPage
  /// The digits, left to right.
  public var digits: [SevenSegments]
  /// How many of them stand after the point.
  public var decimals: Int
  /// After which digits, from the left, a colon or hyphen stands (a clock).
  public var colons: [Int]
  public var signs: Set<Sign>
  /// The light behind it is on.
  public var isLit: Bool
  /// Nothing is shown: though the meter counts (DP-02), or for want of a supply.
  public var isBlank: Bool

  /// The short name of the page, as beside the digits.
  public var label: String {
    switch page {
    case .import: "IMP"
    case .secondaryImport: "IMP2"
    case .export: "EXP"
    case .total: "TOT"
    case .generation: "GEN"
    case .power: "NOW"
    case .clock: "UTC"
    case .test: "TEST"
    }
  }

  /// The OBIS code of the page, as meters with a code field show it (IEC 62056-61); empty where it has none.
  public var code: String {
    switch page {
    case .import, .generation: "1.8.0"
    // Channel 2 is the second element (our assumption).
    case .secondaryImport: "2:1.8.0"
    case .export: "2.8.0"
    case .total: "15.8.0"
    case .power: "16.7.0"
    case .clock: "0.9.1"
    case .test: ""
    }
  }
}
