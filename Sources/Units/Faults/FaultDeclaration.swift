// What a fault says of itself. Meter faults live in MeterModel, line and WAN faults in Line; neither may see
// the other, and both are named in scenarios and on the command line by the same stable ids.

/// A fault of the catalogue: its stable id, what it does, its parameters, and who should notice.
public struct FaultDeclaration: Hashable, Sendable {
  /// A named setting of a fault, with unit, range and default.
  public struct Parameter: Hashable, Sendable {
    public enum Kind: Hashable, Sendable {
      /// A whole number in a stated unit (ppm, ms, Wh, count …), inclusive range.
      case whole(unit: String, range: ClosedRange<Int64>, default: Int64)
      /// One of a closed list of words.
      case choice([String], default: String)
    }
    public var name: String
    public var meaning: String
    public var kind: Kind

    public init(name: String, meaning: String, kind: Kind) {
      (self.name, self.meaning, self.kind) = (name, meaning, kind)
    }
  }

  /// Where in the story the fault bites.
  public enum Layer: String, Hashable, Sendable, CaseIterable {
    case energyFlow, measurement, register, clock, memory, display, line, protocolAnswer, wan
    case person, data, lifeEvent
  }

  /// Catalogue id, e.g. `ME-14`. Never renamed, never reused.
  public var id: String
  public var title: String
  public var layer: Layer
  public var symptoms: String
  public var parameters: [Parameter]
  /// Ids of settlement rules that should catch it; empty means "cannot be known from settlement data".
  public var caughtBy: [String]
  /// What hints at it, as the catalogue says; empty means `-none-`.
  public var detectors: [Detector]
  /// What must not take it for a fault: rollover for a decrease, a flat top for a stuck register …
  public var mustNotFire: [Detector]
  /// What it leaves behind when it ends; empty means that afterwards all is as if it had never been.
  public var leaves: [FaultResidue]

  public init(
    id: String, title: String, layer: Layer, symptoms: String, parameters: [Parameter] = [],
    caughtBy: [String], detectors: [Detector] = [], mustNotFire: [Detector] = [],
    leaves: [FaultResidue] = []
  ) {
    (self.id, self.title, self.layer, self.symptoms) = (id, title, layer, symptoms)
    (self.parameters, self.caughtBy) = (parameters, caughtBy)
    (self.detectors, self.mustNotFire, self.leaves) = (detectors, mustNotFire, leaves)
  }

  /// The group that its id stands in; nil for an id of no group.
  public var group: FaultGroup? { FaultGroup(of: id) }
}

/// A fault with its parameters set: what a scenario or a command line asks for.
public struct FaultSetting: Hashable, Sendable {
  public var id: String
  /// Whole-number parameters by name, in the declared unit.
  public var whole: [String: Int64]
  public var choices: [String: String]

  public init(id: String, whole: [String: Int64] = [:], choices: [String: String] = [:]) {
    (self.id, self.whole, self.choices) = (id, whole, choices)
  }
}

/// Every parameter of a fault with its value: what was asked for, and defaults for the rest, all in range.
public struct FaultValues: Hashable, Sendable {
  public let id: String
  private let wholes: [String: Int64]
  private let words: [String: String]

  fileprivate init(id: String, wholes: [String: Int64], words: [String: String]) {
    (self.id, self.wholes, self.words) = (id, wholes, words)
  }

  /// The value of a whole-number parameter, in its declared unit. The declaration must have it.
  public func whole(_ name: String) -> Int64 {
    guard let value = wholes[name] else { preconditionFailure("\(id) declares no whole number '\(name)'") }
    return value
  }

  /// The value of a choice. The declaration must have it.
  public func choice(_ name: String) -> String {
    guard let value = words[name] else { preconditionFailure("\(id) declares no choice '\(name)'") }
    return value
  }
}

/// Why a fault cannot be set as somebody asked.
public struct FaultRefusal: Error, Hashable, Sendable, CustomStringConvertible {
  public var id: String
  /// The parameter at fault; nil when it is the id.
  public var parameter: String?
  public var message: String

  public init(id: String, parameter: String? = nil, message: String) {
    (self.id, self.parameter, self.message) = (id, parameter, message)
  }

  public var description: String { "\(id): \(message)" }
}

extension FaultDeclaration {
  /// Checks a setting against this declaration and fills in defaults. Refuses another fault's id, a parameter
  /// that is not declared, a word for a number or a number for a word, and a value out of range.
  public func resolve(_ setting: FaultSetting) throws(FaultRefusal) -> FaultValues {
    guard setting.id == id else {
      throw FaultRefusal(id: setting.id, message: "this is \(id), not \(setting.id)")
    }
    for name in (Array(setting.whole.keys) + Array(setting.choices.keys)).sorted() where !names.contains(name)
    {
      let known = names.isEmpty ? "it has none" : "it has \(names.joined(separator: ", "))"
      throw FaultRefusal(id: id, parameter: name, message: "no parameter '\(name)'; \(known)")
    }
    var wholes: [String: Int64] = [:]
    var words: [String: String] = [:]
    for parameter in parameters {
      switch parameter.kind {
      case .whole(let unit, let range, let usual):
        wholes[parameter.name] = try whole(parameter.name, in: range, unit: unit, of: setting) ?? usual
      case .choice(let known, let usual):
        words[parameter.name] = try choice(parameter.name, among: known, of: setting) ?? usual
      }
    }
    return FaultValues(id: id, wholes: wholes, words: words)
  }

  private var names: [String] { parameters.map(\.name) }

  private func whole(
    _ name: String, in range: ClosedRange<Int64>, unit: String, of setting: FaultSetting
  ) throws(FaultRefusal) -> Int64? {
    let wanted = "\(name) is a whole number of \(unit), \(range.lowerBound) to \(range.upperBound)"
    if let word = setting.choices[name] {
      throw FaultRefusal(id: id, parameter: name, message: "\(wanted), not '\(word)'")
    }
    guard let value = setting.whole[name] else { return nil }
    guard range.contains(value) else {
      throw FaultRefusal(id: id, parameter: name, message: "\(wanted), not \(value)")
    }
    return value
  }

  private func choice(
    _ name: String, among known: [String], of setting: FaultSetting
  ) throws(FaultRefusal) -> String? {
    let wanted = "\(name) is one of \(known.joined(separator: ", "))"
    if let number = setting.whole[name] {
      throw FaultRefusal(id: id, parameter: name, message: "\(wanted), not \(number)")
    }
    guard let word = setting.choices[name] else { return nil }
    guard known.contains(word) else {
      throw FaultRefusal(id: id, parameter: name, message: "\(wanted), not '\(word)'")
    }
    return word
  }
}
