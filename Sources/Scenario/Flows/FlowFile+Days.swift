// D0036 and D0379: days of half-hours. Both nest MPAN > day > half-hours; they differ in the names of their
// records and in their clock: a D0036 day has 46, 48 or 50 half-hours of London,
// a D0379 day always 48 of UTC.

internal import Units

extension FlowFile {
  struct DayForm {
    let supply: String
    let day: String
    let halfHour: String
    let clock: Clock

    static let d0036 = DayForm(supply: "101", day: "102", halfHour: "103", clock: .london)
    static let d0379 = DayForm(supply: "25B", day: "26B", halfHour: "66L", clock: .utc)

    func start(of date: CivilDate) -> Instant {
      clock == .london ? LondonClock.startOfDay(date) : Instant(seconds: Int64(date.dayNumber) * 86_400)
    }

    func count(of date: CivilDate) -> Int { clock == .london ? SettlementPeriod.count(of: date) : 48 }
  }

  mutating func readDays(_ envelope: FlowEnvelope, _ form: DayForm) throws {
    var supply: (mpan: String, quantity: Quantity)?
    var (day, unknown) = (Day?.none, [FlowRecord]())
    for record in envelope.records {
      switch record.kind {
      case form.supply:
        take(&day, form)
        let known = Quantity.allCases.map(\.rawValue)
        let quantity = Quantity(rawValue: try record.word(2, "quantity", among: known))
        supply = (try record.mpan(1), quantity ?? .activeImport)
      case form.day:
        take(&day, form)
        guard let supply else {
          throw record.fault("BS-FLOW-04", 0, "a day without its MPAN: \(form.supply) comes first")
        }
        let date = try record.date(1)
        day = Day(
          mpan: supply.mpan, quantity: supply.quantity, date: date, start: form.start(of: date), rows: [])
      case form.halfHour:
        guard day != nil else {
          throw record.fault("BS-FLOW-04", 0, "a half-hour without its day: \(form.day) comes first")
        }
        day?.rows.append(try row(record))
      default: unknown.append(record)
      }
    }
    take(&day, form)
    noteUnknown(unknown)
  }

  private mutating func row(_ record: FlowRecord) throws -> Day.Row {
    let word = try record.word(1, "indicator", among: ["A", "E"])
    let (energy, written) = try record.energy(2)
    step = min(step, written)
    return Day.Row(energy: energy, quality: word == "E" ? .estimated : .actual, line: record.line)
  }

  /// A day of another number of half-hours is left out: nobody can say which one is missing (R-VAL-08).
  private mutating func take(_ day: inout Day?, _ form: DayForm) {
    defer { day = nil }
    guard let one = day else { return }
    let count = form.count(of: one.date)
    guard one.rows.count == count else {
      notes.append(
        ImportNote(
          .periodCount,
          "\(shortName): \(one.date) of \(one.mpan) \(one.quantity.rawValue) has \(one.rows.count) half-hours where "
            + "\(form.clock == .london ? "a day by the London clock" : "a day in UTC") has \(count): left out"
        ))
      return
    }
    days.append(one)
  }
}
