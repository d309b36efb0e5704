// What may be said to a live meter, a JSON object a line: one key names what is done, the others go with it.
//   {"power": "-2 kW"}                      {"power": {"l1": "1 kW", "l2": "0 W", "l3": "-3 kW"}}
//   {"fault": "ME-14", "on": true}          {"fault": "CK-01", "on": true, "with": {"drift": 100}}
//   {"set": {"import": "10.5 kWh"}}         {"advance": "30m"}
//   {"registers": true}                     {"quit": true}

internal import Foundation
internal import Truth
internal import Units

/// One command for a live meter.
enum LiveCommand: Hashable, Sendable {
  case power(PhasePower)
  case fault(FaultSetting, isOn: Bool)
  case set([RegisterRole: WattHours])
  case advance(TimeSpan)
  case registers
  case quit

  /// Reads one line. Throws `LiveCommandError` with what is wrong and what was wanted.
  init(parsing line: String) throws {
    guard let object = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] else {
      throw LiveCommandError("not a JSON object: write a line such as {\"power\": \"-2 kW\"}")
    }
    let names = ["power", "fault", "set", "advance", "registers", "quit"]
    let said = names.filter { object[$0] != nil }
    guard said.count == 1, let name = said.first else {
      throw LiveCommandError("one of \(names.joined(separator: ", ")) is wanted, once")
    }
    let extra = Set(object.keys).subtracting([name]).subtracting(name == "fault" ? ["on", "with"] : [])
    guard extra.isEmpty else {
      throw LiveCommandError("'\(extra.sorted().joined(separator: "', '"))' does not go with '\(name)'")
    }
    switch name {
    case "power": self = .power(try Self.power(object["power"]))
    case "fault": self = try Self.fault(object)
    case "set": self = .set(try Self.registers(object["set"]))
    case "advance": self = .advance(try Self.quantity(object["advance"], "advance", TimeSpan.init(parsing:)))
    case "registers": self = .registers
    default: self = .quit
    }
  }

  private static func power(_ value: Any?) throws -> PhasePower {
    guard let phases = value as? [String: Any] else {
      return PhasePower(l1: try quantity(value, "power", Power.init(parsing:)))
    }
    var power = PhasePower(l1: .zero)
    for (phase, value) in phases {
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

  private static func fault(_ object: [String: Any]) throws -> LiveCommand {
    guard let id = object["fault"] as? String else { throw LiveCommandError("a fault is named by its id") }
    guard let isOn = object["on"] as? Bool else { throw LiveCommandError("'on' must be true or false") }
    var setting = FaultSetting(id: id)
    for (name, value) in object["with"] as? [String: Any] ?? [:] {
      if let whole = value as? Int64 {
        setting.whole[name] = whole
      } else if let word = value as? String {
        setting.choices[name] = word
      } else {
        throw LiveCommandError("'\(name)' must be a whole number or a word")
      }
    }
    return .fault(setting, isOn: isOn)
  }

  private static func registers(_ value: Any?) throws -> [RegisterRole: WattHours] {
    guard let named = value as? [String: Any], !named.isEmpty else {
      throw LiveCommandError("'set' wants registers, such as {\"import\": \"10 kWh\"}")
    }
    var registers: [RegisterRole: WattHours] = [:]
    for (name, value) in named {
      guard let role = RegisterRole(rawValue: name) else {
        let known = RegisterRole.allCases.map(\.rawValue).joined(separator: ", ")
        throw LiveCommandError("'\(name)' is no register: \(known)")
      }
      registers[role] = try quantity(value, name, WattHours.init(parsing:))
    }
    return registers
  }

  private static func quantity<Quantity>(
    _ value: Any?, _ name: String, _ parse: (String) throws -> Quantity
  ) throws -> Quantity {
    guard let text = value as? String else { throw LiveCommandError("'\(name)' wants a text with its unit") }
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
