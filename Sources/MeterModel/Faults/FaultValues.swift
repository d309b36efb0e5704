// A fault's parameters after the check against its declaration: every declared name has a value in range.

internal import Units

/// Parameters of a fault, defaults filled in.
struct FaultValues {
  private var whole: [String: Int64] = [:]
  private var choices: [String: String] = [:]

  init(_ setting: FaultSetting, checkedAgainst declaration: FaultDeclaration) throws(MeterFaultError) {
    let names = declaration.parameters.map(\.name)
    for name in (Array(setting.whole.keys) + setting.choices.keys).sorted() where !names.contains(name) {
      throw .unknownParameter(id: setting.id, name: name, known: names)
    }
    for parameter in declaration.parameters {
      let name = parameter.name
      switch parameter.kind {
      case .whole(let unit, let range, let standard):
        if let text = setting.choices[name] {
          throw .notANumber(id: setting.id, name: name, text: text, unit: unit)
        }
        let value = setting.whole[name] ?? standard
        guard range.contains(value) else {
          throw .outOfRange(id: setting.id, name: name, value: value, unit: unit, range: range)
        }
        whole[name] = value
      case .choice(let known, let standard):
        let word = setting.choices[name] ?? setting.whole[name].map(String.init) ?? standard
        guard known.contains(word) else {
          throw .notAChoice(id: setting.id, name: name, word: word, known: known)
        }
        choices[name] = word
      }
    }
  }

  /// The value of a declared whole-number parameter.
  func whole(_ name: String) -> Int64 { whole[name]! }

  /// The value of a declared choice.
  func choice(_ name: String) -> String { choices[name]! }
}

/// The parameter "register" that several faults share: one register by name, or all of them.
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
