// The parameter "register" that several faults share: one register by name, or all of them.

internal import Units

enum RegisterChoice {
  static let all = "all"

  static func parameter(_ meaning: String) -> FaultDeclaration.Parameter {
    let words = [RegisterRole.import, .export, .total].map(\.rawValue)
    return .init(name: "register", meaning: meaning, kind: .choice(words + [all], default: all))
  }

  /// Whether a choice covers a register.
  static func covers(_ choice: String, _ role: RegisterRole) -> Bool {
    choice == all || choice == role.rawValue
  }

  /// Why a profile cannot have the choice.
  static func objection(_ values: FaultValues, to profile: Profile) -> String? {
    let choice = values.choice("register")
    guard choice != all, !profile.registers.contains(where: { $0.role.rawValue == choice }) else {
      return nil
    }
    return "it has no \(choice) register"
  }
}
