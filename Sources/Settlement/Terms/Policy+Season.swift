// Policy values: the most that a kW installed makes in a day, by month (R-VAL-03, our proposals).

public import Units

extension Policy.Validation {
  /// Energy for each kW installed, in a day of each month.
  public struct Season: Hashable, Sendable {
    public var january: Stated<WattHours>
    public var february: Stated<WattHours>
    public var march: Stated<WattHours>
    public var april: Stated<WattHours>
    public var may: Stated<WattHours>
    public var june: Stated<WattHours>
    public var july: Stated<WattHours>
    public var august: Stated<WattHours>
    public var september: Stated<WattHours>
    public var october: Stated<WattHours>
    public var november: Stated<WattHours>
    public var december: Stated<WattHours>

    /// Our values.
    public init() {
      func most(_ wattHours: Int64) -> Stated<WattHours> {
        .ours(WattHours(wattHours), "what a cloudless day of that month gives")
      }
      (january, february, march) = (most(3000), most(4500), most(6000))
      (april, may, june) = (most(7500), most(8500), most(9000))
      (july, august, september) = (most(8500), most(7500), most(6000))
      (october, november, december) = (most(4500), most(3000), most(2500))
    }

    /// By month, January first.
    public var months: [WattHours] {
      [
        january, february, march, april, may, june, july, august, september, october, november, december,
      ].map(\.value)
    }
  }
}

extension PolicyKey {
  static let seasonKeys: [PolicyKey] = [
    PolicyKey("validation.season-january", \.validation.season.january, [.val03]),
    PolicyKey("validation.season-february", \.validation.season.february, [.val03]),
    PolicyKey("validation.season-march", \.validation.season.march, [.val03]),
    PolicyKey("validation.season-april", \.validation.season.april, [.val03]),
    PolicyKey("validation.season-may", \.validation.season.may, [.val03]),
    PolicyKey("validation.season-june", \.validation.season.june, [.val03]),
    PolicyKey("validation.season-july", \.validation.season.july, [.val03]),
    PolicyKey("validation.season-august", \.validation.season.august, [.val03]),
    PolicyKey("validation.season-september", \.validation.season.september, [.val03]),
    PolicyKey("validation.season-october", \.validation.season.october, [.val03]),
    PolicyKey("validation.season-november", \.validation.season.november, [.val03]),
    PolicyKey("validation.season-december", \.validation.season.december, [.val03]),
  ]
}
