// The faults of Modbus answers: they begin at a `ModbusAnswering`, not at a `Meter`. Each is one file of this
// folder and a row here.

public import Units

public enum ModbusFaults {
  public static let all: [FaultDeclaration] = [
    WordsConfused.declaration, AddressShifted.declaration, TornCounter.declaration,
    ExceptionAnswers.declaration, WrongUnitAnswer.declaration, OBISConfusion.declaration,
  ]

  /// The kinds of meter whose answers can have a fault; nil for an id that is no fault of answers.
  public static func kinds(_ id: String) -> [Profile.Kind]? {
    all.contains { $0.id == id } ? [.modbus] : nil
  }
}

/// What is wrong with a meter's answers now.
struct ModbusFlaws {
  var words: WordsConfused?
  var address: AddressShifted?
  var torn: TornCounter?
  var exceptions: ExceptionAnswers?
  var wrongUnit: WrongUnitAnswer?
  var names: AddressesConfused?
}

extension ModbusAnswering {
  /// Puts a fault of `ModbusFaults` into the answers. One that is present already is replaced.
  public func begin(_ setting: FaultSetting) throws(FaultRefusal) {
    switch setting.id {
    case WordsConfused.declaration.id: flaws.words = try WordsConfused(setting)
    case AddressShifted.declaration.id: flaws.address = try AddressShifted(setting)
    case TornCounter.declaration.id: flaws.torn = try TornCounter(setting)
    case ExceptionAnswers.declaration.id: flaws.exceptions = try ExceptionAnswers(setting)
    case OBISConfusion.declaration.id: flaws.names = try AddressesConfused(setting)
    default: flaws.wrongUnit = try WrongUnitAnswer(setting)
    }
    rename()
  }

  /// Takes a fault away. False if it was not present.
  @discardableResult
  public func end(_ faultID: String) -> Bool {
    let had: Bool
    switch faultID {
    case WordsConfused.declaration.id: (had, flaws.words) = (flaws.words != nil, nil)
    case AddressShifted.declaration.id: (had, flaws.address) = (flaws.address != nil, nil)
    case TornCounter.declaration.id: (had, flaws.torn) = (flaws.torn != nil, nil)
    case ExceptionAnswers.declaration.id: (had, flaws.exceptions) = (flaws.exceptions != nil, nil)
    case WrongUnitAnswer.declaration.id: (had, flaws.wrongUnit) = (flaws.wrongUnit != nil, nil)
    case OBISConfusion.declaration.id: (had, flaws.names) = (flaws.names != nil, nil)
    default: had = false
    }
    if had { rename() }
    return had
  }
}
