// DH-05: each half-hour is cut to a coarser step, and what is cut off is not carried to the next. Half a step
// a row is lost on average, always to the customer's cost.

internal import Units

/// Each row rounded down on its own.
struct SlotsTruncated: DataFault {
  static let declaration = FaultDeclaration(
    id: "DH-05", title: "Each slot truncated", layer: .data,
    symptoms:
      "half-hours end in zeros; their sum falls short of the register's advance, the more the more rows",
    parameters: [
      .init(
        name: "step", meaning: "what each row is cut to: 10 Wh is a file with two decimals of a kWh",
        kind: .whole(unit: "Wh", range: 2...100, default: 10))
    ],
    caughtBy: ["R-VAL-07"], detectors: [.sum])

  private let step: Int64

  init(_ values: FaultValues) { step = values.whole("step") }

  func spoil(_ sheet: inout FeedSheet, of source: FeedSource) {
    for index in sheet.rows.indices {
      let value = sheet.rows[index].energy.value
      sheet.rows[index].energy = WattHours(value - value % step)
    }
  }
}
