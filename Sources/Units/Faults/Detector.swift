// The checks that hint at a fault. A detector moves no money: the settlement rule beside it decides on that
// (R-VAL and R-READ rules of the settlement core), and where the two differ in a limit they do so on purpose.
// The limits are the defaults of an expert's desk, our assumption where no rule states another.

/// A check over settlement data that hints at a fault, by its stable id.
public enum Detector: String, Hashable, Sendable, CaseIterable {
  case decrease = "R-DEC"
  case rollover = "R-ROLL"
  case maximum = "R-MAX"
  case night = "R-NIGHT"
  case yield = "R-YIELD"
  case low = "R-LOW"
  case zero = "R-ZERO"
  case balance = "R-BAL"
  case fraction = "R-FRAC"
  case sum = "R-SUM"
  case gap = "R-GAP"
  case duplicate = "R-DUP"
  case slot = "R-SLOT"
  case stuck = "R-STUCK"
  case spike = "R-SPIKE"
  case unit = "R-UNIT"
  case shift = "R-SHIFT"
  case clock = "R-CLOCK"
  case identity = "R-ID"
  case exchange = "R-EXCH"
  case status = "R-STAT"
  case checksum = "R-CRC"
  case future = "R-FUT"
  case late = "R-LATE"
  case sign = "R-SIGN"
  case net = "R-NET"
  case drift = "R-DRIFT"
  case photo = "R-PHOTO"
  case estimate = "R-EST"

  /// What stands where no detector can see a fault from settlement data.
  public static let none = "-none-"

  public var id: String { rawValue }

  /// What it looks at, its usual limit, and the ids of the settlement rules that decide about money; none
  /// where money does not move, or a frame is refused before anybody settles it.
  public struct Meaning: Hashable, Sendable {
    public var looksAt: String
    public var limit: String
    public var decidedBy: [String]

    init(_ looksAt: String, _ limit: String, _ decidedBy: String...) {
      (self.looksAt, self.limit, self.decidedBy) = (looksAt, limit, decidedBy)
    }
  }

  public var meaning: Meaning { Self.table[self] ?? Meaning("", "") }

  static let table: [Detector: Meaning] = registers.merging(halfHours) { $1 }.merging(people) { $1 }

  private static let registers: [Detector: Meaning] = [
    .decrease: Meaning("a cumulative register that went down (16.8.0 may)", "any decrease", "R-READ-09"),
    .rollover: Meaning(
      "a decrease that a turn past the last digit explains",
      "the old value above 90 % of the dial, the advance within R-MAX", "R-READ-09"),
    .maximum: Meaning(
      "energy beyond what the connection can carry",
      "import 23 kWh an hour and phase; export 1.05 × the smaller of installed power and export limit",
      "R-VAL-02"),
    .balance: Meaning(
      "more exported than generated and discharged", "1 % + 1 kWh", "R-VAL-10"),
    .sum: Meaning(
      "half-hours that do not add up to the register's advance", "1 Wh a half-hour, or 0.1 %", "R-VAL-07"),
    .identity: Meaning(
      "serial, MPAN, register, digits or firmware other than registered", "exact", "R-READ-10"),
    .exchange: Meaning("a change of meter without final and first readings", "any", "R-READ-10"),
    .status: Meaning("flags: time invalid, memory error, reverse run, power failure", "any", "R-VAL-13"),
    .checksum: Meaning(
      "a frame whose check is wrong: BCC, CRC, FCS or GCM tag", "any; its data are not used"),
    .net: Meaning(
      "import and export both still, or never both moving, on a meter of several phases", "30 days",
      "R-VAL-13"),
  ]

  private static let halfHours: [Detector: Meaning] = [
    .night: Meaning(
      "export while the sun is below −0.833°, from solar power without a store", "20 Wh a half-hour",
      "R-VAL-05"),
    .yield: Meaning("more than a clear sky gives this site", "1.05 × the clear sky's energy", "R-VAL-03"),
    .low: Meaning("far less than expected", "under 10 % over 14 days, March to October", "R-VAL-13"),
    .zero: Meaning("no export at all over sunny days", "3 days of 5 kWh expected", "R-VAL-06"),
    .gap: Meaning("half-hours that are missing", "any", "R-VAL-08"),
    .duplicate: Meaning("one half-hour twice, with one value or two", "any", "R-READ-11"),
    .slot: Meaning(
      "a stamp off :00 and :30, or a day that has not 46, 48 or 50 half-hours", "any", "R-VAL-08"),
    .stuck: Meaning(
      "one value again and again, away from the export limit",
      "6 half-hours of daylight, or a register still for 2 days", "R-VAL-12"),
    .spike: Meaning(
      "one half-hour far above its neighbours of other days", "8 × their median, and over 1 kWh", "R-VAL-13"),
    .unit: Meaning(
      "a ratio to what is expected near 2, ½, 10, 0.1, 1000 or 0.001", "within 5 % over 48 half-hours",
      "R-VAL-13"),
    .shift: Meaning("a generation curve off solar noon", "20 minutes over 7 clear days", "R-VAL-13"),
    .clock: Meaning("the meter's clock against UTC", "10 s, 120 s, 30 min", "R-VAL-09"),
    .future: Meaning("a stamp in the future, or before the meter was there", "60 s", "R-READ-12"),
    .sign: Meaning(
      "negative energy, or “import” that follows the sun", "correlation with a clear sky over 0.6",
      "R-VAL-01", "R-VAL-11"),
  ]

  private static let people: [Detector: Meaning] = [
    .fraction: Meaning("export as a share of generation, over a quarter", "outside 0.10 to 0.95", "R-VAL-13"),
    .late: Meaning(
      "data older than the contract allows, or a settled value that changed", "any", "R-READ-12"),
    .drift: Meaning("a quarter's ratio to the modelled yield, against the one before", "15 %", "R-VAL-13"),
    .photo: Meaning(
      "a reading without a photograph, or one that differs from it", "as the licensee says", "R-READ-06"),
    .estimate: Meaning(
      "an estimate flagged as measured, or reversed twice", "as the licensee says", "R-EST-02"),
  ]
}
