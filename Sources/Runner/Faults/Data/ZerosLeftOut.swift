// DH-01: a file leaves out the half-hours in which nothing flowed, or prints a zero as `0E-20`. Reported of a
// GB supplier's download. A gap that means zero is measured, and must not be estimated.

internal import Scenario
internal import Units

/// Zeros are not written, or not as zeros.
struct ZerosLeftOut: DataFault {
  static let declaration = FaultDeclaration(
    id: "DH-01", title: "Zero slots left out of the file", layer: .data,
    symptoms: "no row for half-hours without export; gaps each night, and the sum is right all the same",
    parameters: [
      .init(
        name: "zeros", meaning: "what becomes of a zero: no row, or a number with an exponent",
        kind: .choice(["left-out", "0E-20"], default: "left-out")),
      .init(
        name: "reader", meaning: "whether the reader is told that gaps mean zero, or takes them for missing",
        kind: .choice(["told", "not-told"], default: "told")),
    ],
    caughtBy: ["R-VAL-08", "R-VAL-07"], detectors: [.gap, .sum], mustNotFire: [.estimate])

  private let leavesOut: Bool
  private let isTold: Bool

  init(_ values: FaultValues) {
    (leavesOut, isTold) = (values.choice("zeros") == "left-out", values.choice("reader") == "told")
  }

  func spoil(_ sheet: inout FeedSheet, of source: FeedSource) {
    guard leavesOut else {
      let write = sheet.number
      sheet.number = { $0 == .zero ? "0E-20" : write($0) }
      return
    }
    // A file of nothing but its header is no file; somebody keeps one row.
    let kept = sheet.rows.filter { $0.energy != .zero }
    sheet.rows = kept.isEmpty ? Array(sheet.rows.prefix(1)) : kept
    if isTold { sheet.reader.zero = .omitted }
  }
}
