// DH-02: numbers went through binary floating point and come out as 1.3150001. Seen in a real set of 2011-13.
// Who parses decimals exactly and rounds to the meter's own step loses nothing.

internal import Units

/// A last decimal that nobody measured.
struct BinaryFractions: DataFault {
  static let declaration = FaultDeclaration(
    id: "DH-02", title: "Artefacts of binary fractions", layer: .data,
    symptoms: "seven decimals where the meter has three; sums end in odd digits",
    parameters: [
      .init(
        name: "error", meaning: "what is added to each number, in ten-millionths of a kWh",
        kind: .whole(unit: "steps", range: 1...4000, default: 1))
    ],
    caughtBy: [])

  private let error: Int64

  init(_ values: FaultValues) { error = values.whole("error") }

  func spoil(_ sheet: inout FeedSheet, of source: FeedSource) {
    let write = sheet.number
    let text = String(10_000 + error).dropFirst()
    sheet.number = { write($0) + text }
  }
}
