// WN-03: after a change of supplier nobody at the new one has a path to a SMETS1 meter (no contract with its
// operator, not enrolled in the DCC): "it went dumb". It meters on; reads are by hand only.

internal import Units

/// No route to the meter, for whoever asks.
struct WANNoRoute: WANFault {
  static let declaration = FaultDeclaration(
    id: "WN-03", title: "Meter goes dumb at a change of supplier", layer: .wan,
    symptoms: "no remote reads from a day on; customer reads only", caughtBy: ["R-READ-13", "R-VAL-08"],
    detectors: [.gap])

  init(_ values: FaultValues) {}

  var refusal: WANOutcome? { .noRoute }

  var passage: WANPassage { .fails(.noRoute, after: .zero) }
}
