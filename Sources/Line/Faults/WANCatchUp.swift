// WN-02: what a network sends after an outage may come out of order and more than once. Nothing is false of
// it; who takes rows as they come counts some of them twice.

internal import Timeline
internal import Units

/// Rows of an answer doubled and out of order.
struct WANCatchUp: WANFault {
  static let declaration = FaultDeclaration(
    id: "WN-02", title: "Catch-up out of order or doubled", layer: .wan,
    symptoms: "rows of an answer stand twice, or later ones before earlier ones; each of them is true",
    parameters: [
      .init(
        name: "doubled", meaning: "rows that come twice, each by its own draw",
        kind: .whole(unit: "per cent", range: 0...5, default: 5)),
      .init(
        name: "order", meaning: "how the rows follow each other: newest first, or the second half first",
        kind: .choice(["kept", "reversed", "split"], default: "reversed")),
    ],
    caughtBy: ["R-READ-11"], detectors: [.duplicate], mustNotFire: [.gap])

  private let share: Int64
  private let order: String

  init(_ values: FaultValues) { (share, order) = (values.whole("doubled"), values.choice("order")) }

  func spoil(
    _ entries: [LogRead.Entry], of request: WANRequest, draws: RandomStream
  ) -> [LogRead.Entry] {
    guard entries.count > 1 else { return entries }
    var rows: [LogRead.Entry] = []
    for entry in entries {
      // By what the row is of, so that another question draws alike.
      let isTwice = draws.happens(
        UInt64(truncatingIfNeeded: entry.stamp.seconds), partsPerMillion: share * 10_000)
      rows += Array(repeating: entry, count: isTwice ? 2 : 1)
    }
    switch order {
    case "reversed": return rows.reversed()
    case "split": return Array(rows[(rows.count / 2)...] + rows[..<(rows.count / 2)])
    default: return rows
    }
  }
}
