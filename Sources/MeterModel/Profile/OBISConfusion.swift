// PR-09, declared once for every port: what stands behind a name is not what the name says. A list that was
// put together for another build of the meter, a net register under an import's number, a line twice or not
// at all. What it does to a readout list and to a DLMS object is said beside each of them.

internal import Units

/// Registers under the names of others.
enum OBISConfusion {
  static let declaration = FaultDeclaration(
    id: "PR-09", title: "OBIS confusion", layer: .protocolAnswer,
    symptoms: "import includes export, a net register that falls, a register missing or listed twice",
    parameters: [
      .init(
        name: "kind",
        meaning: "sum: 1.8.0 shows import + export; net: import less export; swapped: 1.8.0 shows export and "
          + "2.8.0 import; rate: 1.8.0 and 2.8.0 show 1.8.1 and 2.8.1; missing: 2.8.0 is not there; twice: "
          + "1.8.0 is listed again, with export (the last three only in lists of IEC 62056-21, missing in "
          + "DLMS too)",
        kind: .choice(["sum", "net", "swapped", rate, missing, twice], default: "sum"))
    ],
    caughtBy: ["R-READ-09", "R-READ-10"], detectors: [.decrease, .sign, .identity])

  static let (rate, missing, twice) = ("rate", "missing", "twice")
}
