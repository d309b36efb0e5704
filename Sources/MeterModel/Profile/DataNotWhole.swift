// PR-10, declared once for every port: a message whose text is plausible and whose check is not, or that is
// less than it should be. What it does to a data block of IEC 62056-21 and to a long DLMS answer is said
// beside each of them.

internal import Units

/// Data that is not what was checked, or not whole.
enum DataNotWhole {
  static let declaration = FaultDeclaration(
    id: "PR-10", title: "Data block with a wrong check, or not whole", layer: .protocolAnswer,
    symptoms: "block check errors, repeats, long answers that break off; wrong numbers at a careless reader",
    parameters: [
      .init(
        name: "kind",
        meaning:
          "check: the block check is one bit off; digit: the first digit in brackets differs from what "
          + "was checked; cut: nothing comes after so many bytes; no-end: `!` is left out; break: the meter "
          + "signs off after so many bytes; lost: a block of a long answer is never sent (only DLMS)",
        kind: .choice(["check", "digit", "cut", "no-end", "break", lost], default: "check")),
      .init(
        name: "messages", meaning: "messages that it befalls from its beginning on; 0 for all",
        kind: .whole(unit: "messages", range: 0...1000, default: 0)),
      .init(
        name: "after", meaning: "cut and break: bytes of the message that still come",
        kind: .whole(unit: "bytes", range: 1...100_000, default: 20)),
      .init(
        name: "block", meaning: "lost: which block of a long answer, from 1; never the last",
        kind: .whole(unit: "block", range: 1...1_000_000, default: 2)),
    ],
    caughtBy: ["R-READ-01"], detectors: [.checksum])

  static let lost = "lost"
}
