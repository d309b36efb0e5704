// WN-05: an identifier is mixed up between the head-end and the meter (serial number, MPAN, a device on the
// wrong home network), and the answers are those of another meter. They are in good order; they are of
// somebody else's sun.

internal import Units

/// Another meter answers.
struct WANMixUp: WANFault {
  static let declaration = FaultDeclaration(
    id: "WN-05", title: "Data of another meter", layer: .wan,
    symptoms: "registers jump and the pattern of days changes from one read to the next; later it jumps back",
    parameters: [
      .init(
        name: "under", meaning: "the serial number that the data come under: the asked meter's, or their own",
        kind: .choice(["asked", "own"], default: "asked"))
    ],
    caughtBy: ["R-READ-09", "R-READ-10"], detectors: [.identity, .drift])

  private let saysItsOwn: Bool

  init(_ values: FaultValues) { saysItsOwn = values.choice("under") == "own" }

  var mixUp: WANMixUpKind? { saysItsOwn ? .openly : .silently }
}

/// How another meter's data come.
public enum WANMixUpKind: Hashable, Sendable {
  /// Under the serial number of the meter that was asked.
  case silently
  /// Under their own.
  case openly
}
