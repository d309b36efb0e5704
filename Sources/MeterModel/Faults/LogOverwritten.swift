// MF-02. The half-hourly log holds fewer days than it should: a reader who comes late finds the oldest ones
// overwritten. The log itself is circular and correct; only its depth is wrong, and comes back with the end
// of the fault (what was overwritten does not: our log keeps the true depth and shows less of it meanwhile).

internal import Units

/// Only the newest days of the log can be read.
struct LogOverwritten: MeterFault {
  static let declaration = FaultDeclaration(
    id: "MF-02", title: "Half-hours overwritten too soon", layer: .register,
    symptoms: "a late read of the log lacks its oldest days",
    parameters: [
      .init(
        name: "depth", meaning: "how much the log holds",
        kind: .whole(unit: "days", range: 1...397, default: 30))
    ],
    caughtBy: ["R-VAL-06"])
  static let kinds: [Profile.Kind] = [.smets1, .smets2, .electronic]

  private let kept: Int

  init(_ values: FaultValues) { kept = Int(values.whole("depth")) * 48 }

  static func objection(_ values: FaultValues, to profile: Profile) -> String? {
    profile.logs == .none ? "it keeps no log" : nil
  }

  func recall(_ entries: inout [LogRead.Entry], of role: RegisterRole) {
    entries.removeFirst(max(entries.count - kept, 0))
  }
}
