// DH-06: 05/04/2026 is 4 May where the month stands first and 5 April where the day does. Days 1 to 12 are
// put elsewhere; from the 13th on it cannot be read at all.

internal import Scenario
internal import Units

/// Written with the month first, read with the day first.
struct DatesMixedUp: DataFault {
  static let declaration = FaultDeclaration(
    id: "DH-06", title: "Day and month mixed up", layer: .data,
    symptoms: "days 1 to 12 of each month lie in other months; the days after them are refused",
    caughtBy: ["R-READ-01", "R-VAL-08"], detectors: [.future, .shift])

  init(_ values: FaultValues) {}

  func spoil(_ sheet: inout FeedSheet, of source: FeedSource) {
    sheet.dates = .monthFirst
    sheet.reader.dates = .dayFirst
    // Nobody states a span that would show it.
    (sheet.reader.from, sheet.reader.until) = (nil, nil)
  }
}
