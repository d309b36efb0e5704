// What may be said to live meters, a JSON object a line: one key names what is done, the others go with it.
//   {"power": "-2 kW"}                      {"power": {"l1": "1 kW", "l2": "0 W", "l3": "-3 kW"}}
//   {"fault": "ME-14", "on": true}          {"fault": "CK-01", "on": true, "with": {"ppm": 100}}
//   {"set": {"import": "10.5 kWh"}}         {"advance": "30m"}
//   {"registers": true}                     {"quit": true}
//   {"face": true}                          the answer's `face` is an SVG
//   {"power-up": true}                      Modbus settings that act when the meter is switched on act now
//   {"voltage": "255 V"}                    the network's own voltage from now on
//   {"supply": "disabled"}                  enabled, disabled or armed; {"button": true} closes an armed one
//   {"logs": true}                          the answer's `logs` are its event logs and voltage averages
// `"unit": 2` goes with each of them where there are many meters on one line.

internal import Foundation
internal import MeterModel
internal import Scenario
internal import Truth
internal import Units

/// One command for live meters.
struct LiveCommand: Hashable, Sendable {
  enum Action: Hashable, Sendable {
    case power(PhasePower)
    case begin(FaultSetting)
    case end(String)
    case set([RegisterRole: WattHours])
    case advance(TimeSpan)
    case registers
    case face
    /// Switched off and on: settings that wait for that act.
    case powerUp
    /// mV of the network.
    case voltage(Int64)
    case supply(SupplyState)
    /// The button at the meter.
    case button
    case logs
    case quit
  }

  var action: Action
  /// Whom it is said to; nil where there is one meter, or all are meant.
  var unit: UInt8?

  private static let names = [
    "power", "fault", "set", "advance", "registers", "face", "power-up", "voltage", "supply", "button",
    "logs",
    "quit",
  ]

  /// Those that take nothing but true.
  private static let plain: [String: Action] = [
    "registers": .registers, "face": .face, "power-up": .powerUp, "button": .button, "logs": .logs,
    "quit": .quit,
  ]

  /// Reads one line. Throws `LiveCommandError` with what is wrong and what was wanted.
  init(parsing line: String, faults: [FaultDeclaration]) throws {
    guard let object = (try? JSONDecoder().decode(LiveValue.self, from: Data(line.utf8)))?.object else {
      throw LiveCommandError("not a JSON object: write a line such as {\"power\": \"-2 kW\"}")
    }
    let said = Self.names.filter { object[$0] != nil }
    guard said.count == 1, let name = said.first, let value = object[name] else {
      throw Self.unclear(object, said: said)
    }
    let extra = Set(object.keys).subtracting([name, "unit"]).subtracting(
      name == "fault" ? ["on", "with"] : [])
    guard extra.isEmpty else {
      throw LiveCommandError("'\(extra.sorted().joined(separator: "', '"))' does not go with '\(name)'")
    }
    unit = try object["unit"].map(Self.unit)
    switch name {
    case "power": action = .power(try Self.power(value))
    case "fault": action = try Self.fault(value, object, faults)
    case "set": action = .set(try Self.registers(value))
    case "advance": action = .advance(try Self.advance(value))
    case "voltage": action = .voltage(try Self.voltage(value))
    case "supply": action = .supply(try Self.supply(value))
    default:
      guard value == .flag(true) else { throw LiveCommandError("'\(name)' wants true") }
      action = Self.plain[name] ?? .registers
    }
  }

  private static func unclear(_ object: [String: LiveValue], said: [String]) -> LiveCommandError {
    let known = names.joined(separator: ", ")
    guard said.isEmpty, let key = object.keys.sorted().first(where: { !["unit", "on", "with"].contains($0) })
    else {
      return LiveCommandError("one of \(known) is wanted, once")
    }
    let near = Spelling.nearest(to: key, among: names).map { "did you mean '\($0)'?" } ?? "known: \(known)"
    return LiveCommandError("unknown command '\(key)'; \(near)")
  }

  private static func unit(_ value: LiveValue) throws -> UInt8 {
    guard case .whole(let number) = value, (1...247).contains(number) else {
      throw LiveCommandError("'unit' must be 1 to 247")
    }
    return UInt8(number)
  }

  private static func power(_ value: LiveValue) throws -> PhasePower {
    guard let phases = value.object else {
      return PhasePower(l1: try quantity(value, "power", Power.init(parsing:)))
    }
    var power = PhasePower(l1: .zero)
    guard !phases.isEmpty else { throw LiveCommandError("'power' wants l1, l2 or l3, each with its unit") }
    for (phase, value) in phases.sorted(by: { $0.key < $1.key }) {
      let one = try quantity(value, phase, Power.init(parsing:))
      switch phase {
      case "l1": power.l1 = one
      case "l2": power.l2 = one
      case "l3": power.l3 = one
      default: throw LiveCommandError("'\(phase)' is no phase: l1, l2 or l3")
      }
    }
    return power
  }

  private static func fault(
    _ value: LiveValue, _ object: [String: LiveValue], _ faults: [FaultDeclaration]
  ) throws -> Action {
    guard case .text(let id) = value else {
      throw LiveCommandError("a fault is named by its id, such as \"ME-14\"")
    }
    guard let declaration = faults.first(where: { $0.id == id }) else {
      let near = Spelling.nearest(to: id, among: faults.map(\.id)).map { "did you mean '\($0)'?" }
      throw LiveCommandError("no fault has the id '\(id)'; \(near ?? "`backspin faults` lists them")")
    }
    guard case .flag(let isOn)? = object["on"] else { throw LiveCommandError("'on' must be true or false") }
    guard isOn else {
      guard object["with"] == nil else { throw LiveCommandError("'with' goes with \"on\": true") }
      return .end(id)
    }
    var setting = FaultSetting(id: id)
    if let with = object["with"] {
      guard let parameters = with.object else {
        throw LiveCommandError("'with' wants an object of parameters")
      }
      for (name, value) in parameters.sorted(by: { $0.key < $1.key }) {
        try put(value, as: name, into: &setting, of: declaration)
      }
    }
    _ = try declaration.resolve(setting)
    return .begin(setting)
  }

  /// A number is in the parameter's own unit; a text says its unit.
  private static func put(
    _ value: LiveValue, as name: String, into setting: inout FaultSetting, of declaration: FaultDeclaration
  ) throws {
    switch value {
    case .whole(let number): setting.whole[name] = number
    case .text(let text):
      do {
        let one = try FaultSetting(parsing: "\(declaration.id),\(name)=\(text)", among: [declaration])
        setting.whole.merge(one.whole) { $1 }
        setting.choices.merge(one.choices) { $1 }
      } catch let error as Diagnostic {
        throw LiveCommandError([error.message, error.help].filter { !$0.isEmpty }.joined(separator: "; "))
      }
    default: throw LiveCommandError("'\(name)' must be a whole number or a text")
    }
  }

  private static func registers(_ value: LiveValue) throws -> [RegisterRole: WattHours] {
    guard let named = value.object, !named.isEmpty else {
      throw LiveCommandError("'set' wants registers, such as {\"import\": \"10 kWh\"}")
    }
    var registers: [RegisterRole: WattHours] = [:]
    for (name, value) in named.sorted(by: { $0.key < $1.key }) {
      guard let role = RegisterRole(rawValue: name) else {
        let known = RegisterRole.allCases.map(\.rawValue).joined(separator: ", ")
        throw LiveCommandError("'\(name)' is no register: \(known)")
      }
      registers[role] = try quantity(value, name, WattHours.init(parsing:))
    }
    return registers
  }

  private static func advance(_ value: LiveValue) throws -> TimeSpan {
    let span = try quantity(value, "advance", TimeSpan.init(parsing:))
    guard span > .zero, span <= DeskClock.longestAdvance else {
      throw LiveCommandError("'advance' must be above 0 and at most 366 days at once")
    }
    return span
  }

  private static let states: [String: SupplyState] = [
    "enabled": .connected, "disabled": .disconnected, "armed": .armed,
  ]

  private static func supply(_ value: LiveValue) throws -> SupplyState {
    guard case .text(let word) = value, let state = states[word] else {
      throw LiveCommandError("'supply' wants one of: \(states.keys.sorted().joined(separator: ", "))")
    }
    return state
  }

  /// "253.5 V" in mV.
  private static func voltage(_ value: LiveValue) throws -> Int64 {
    guard case .text(let text) = value, text.hasSuffix("V"),
      let number = try? DecimalText(parsing: text.dropLast().filter { $0 != " " }),
      let millivolts = number.whole(timesTenTo: 3), (0...600_000).contains(millivolts)
    else { throw LiveCommandError("'voltage' wants 0 V to 600 V, such as \"253 V\"") }
    return Int64(millivolts)
  }

  private static func quantity<Quantity>(
    _ value: LiveValue, _ name: String, _ parse: (String) throws -> Quantity
  ) throws -> Quantity {
    guard case .text(let text) = value else { throw LiveCommandError("'\(name)' wants a text with its unit") }
    do {
      return try parse(text)
    } catch let error as UnitsError {
      throw LiveCommandError("'\(name)': \(error.message)")
    }
  }
}

/// A line that is no command.
struct LiveCommandError: Error, Hashable, Sendable, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = description }
}

/// A JSON value: a flag is no number, and a number with a fraction is no whole number.
enum LiveValue: Hashable, Sendable, Decodable {
  case null
  case flag(Bool)
  case whole(Int64)
  case fraction
  case text(String)
  case list
  case object([String: LiveValue])

  init(from decoder: any Decoder) throws {
    if let object = try? decoder.container(keyedBy: Key.self) {
      var fields: [String: LiveValue] = [:]
      for key in object.allKeys { fields[key.stringValue] = try object.decode(LiveValue.self, forKey: key) }
      self = .object(fields)
      return
    }
    guard let single = try? decoder.singleValueContainer() else {
      self = .list
      return
    }
    if single.decodeNil() {
      self = .null
    } else if let flag = try? single.decode(Bool.self) {
      self = .flag(flag)
    } else if let whole = try? single.decode(Int64.self) {
      self = .whole(whole)
    } else if let text = try? single.decode(String.self) {
      self = .text(text)
    } else {
      self = (try? single.decode(Double.self)) == nil ? .list : .fraction
    }
  }

  var object: [String: LiveValue]? {
    if case .object(let fields) = self { fields } else { nil }
  }

  private struct Key: CodingKey {
    var stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
  }
}
