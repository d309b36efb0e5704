// The parameter "phase" that several faults share: one phase by number, or all of them.

internal import Units

enum PhaseChoice {
  /// From 0.
  static func indices(_ choice: String) -> [Int] { Int(choice).map { [$0 - 1] } ?? [0, 1, 2] }

  /// Why a profile cannot have the choice.
  static func objection(_ values: FaultValues, to profile: Profile) -> String? {
    let phase = values.choice("phase")
    return profile.phases == 1 && (phase == "2" || phase == "3") ? "it has no phase \(phase)" : nil
  }
}
