// PR-08. The invocation counter of ciphered messages must grow for ever: one that falls back, as after a
// firmware update that lost it, makes every message look like a replay, and a key that was changed on one
// side alone makes every tag wrong. Readers refuse both, and nothing can be read until somebody mends it.

internal import Units
internal import Wire

/// What the meter ciphers is refused by a careful reader.
struct CounterFaulty: DLMSFault {
  static let declaration = FaultDeclaration(
    id: "PR-08", title: "Frame counter replay or authentication failure", layer: .protocolAnswer,
    symptoms: "ciphered answers are refused; no reads come",
    parameters: [
      .init(
        name: "kind",
        meaning: "counter: the meter's own counter falls back to 1 as the fault begins; tag: the tags of its "
          + "answers are wrong while it lasts",
        kind: .choice(["counter", "tag"], default: "counter"))
    ],
    caughtBy: ["R-VAL-01"], detectors: [.checksum],
    leaves: [FaultResidue(.messages, "a counter that fell back goes on from there")])

  private let kind: String

  init(_ values: FaultValues) { kind = values.choice("kind") }

  func strike(_ server: COSEMServer) {
    if kind == "counter" { server.nextCounter = 1 } else { server.spoilsTags = true }
  }

  /// A counter that fell back stays so, and grows from there.
  func lift(_ server: COSEMServer) { server.spoilsTags = false }
}
