// CK-03. The super-capacitor (about 48 h) or the battery behind the clock was flat when the supply went away.
// The clock begins anew at a date of its maker's, and what is logged stands under that date until somebody
// sets it.

internal import Units

/// The clock falls back to its first date at the instant of the fault.
struct ClockBatteryFlat: MeterFault {
  static let declaration = FaultDeclaration(
    id: "CK-03", title: "Clock battery flat", layer: .clock,
    symptoms: "half-hours under dates of long ago; none under today's",
    parameters: [
      .init(
        name: "epoch", meaning: "where the clock begins: 1970, 2000, or the day the meter was made",
        kind: .choice(["1970", "2000", "made"], default: "2000")),
      .init(
        name: "age", meaning: "made: how many days before the fault that was",
        kind: .whole(unit: "days", range: 1...10_000, default: 1500)),
    ],
    caughtBy: ["R-READ-12", "R-VAL-08", "R-VAL-09"], detectors: [.future, .status],
    leaves: .misset.noting())
  static let kinds: [Profile.Kind] = [.electronic, .smets1, .smets2]

  private let epoch: String
  private let age: Int64

  init(_ values: FaultValues) { (epoch, age) = (values.choice("epoch"), values.whole("age")) }

  static func objection(_ values: FaultValues, to profile: Profile) -> String? {
    profile.clock == nil ? "it keeps no time" : nil
  }

  func strike(_ meter: Meter) {
    defer {
      meter.isClockInvalid = true
      meter.note(.clockInvalid, at: meter.ownReading)
    }
    switch epoch {
    case "1970": meter.setClock(to: .epoch)
    case "2000": meter.setClock(to: Instant(seconds: 946_684_800))
    default:
      let day = TimeSpan.days(1).microseconds
      meter.setClock(
        to: Instant(microseconds: floorDivide(meter.now.microseconds, day) * day) - .days(age))
    }
  }
}
