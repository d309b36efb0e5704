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
    case measurement, register, clock, line, protocolAnswer, wan
  }

  /// Catalogue id, e.g. `ME-14`. Never renamed, never reused.
  public var id: String
  public var title: String
  public var layer: Layer
  public var symptoms: String
  public var parameters: [Parameter]
  /// Settlement rules and detectors that should catch it; empty means "cannot be known from settlement data".
  public var caughtBy: [String]

  public init(
    id: String, title: String, layer: Layer, symptoms: String, parameters: [Parameter] = [],
    caughtBy: [String]
  ) {
    (self.id, self.title, self.layer, self.symptoms) = (id, title, layer, symptoms)
    (self.parameters, self.caughtBy) = (parameters, caughtBy)
  }
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
