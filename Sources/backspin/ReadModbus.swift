// `backspin read` of a Modbus meter, by the register map of its profile.

internal import HeadEnd
internal import HostIO
internal import Line
internal import MeterModel
internal import Report
internal import Runner
internal import Scenario
internal import Units

/// A read of a Modbus meter.
struct ReadModbus {
  private let command: ReadCommand
  private let profile: Profile
  private let map: ModbusMap

  init(_ command: ReadCommand, _ profile: Profile?) throws {
    guard let profile else {
      throw Failure("Modbus has no list of what it shows: give --profile (`backspin profiles` lists them)")
    }
    guard let map = profile.modbus else {
      let twin = profile.twin.map { "; did you mean its electronic twin, \($0)?" } ?? ""
      throw Failure("\(profile.name) has no Modbus port\(twin)")
    }
    (self.command, self.profile, self.map) = (command, profile, map)
  }

  func run(every pause: TimeSpan?, _ witness: @escaping ReadCommand.Witness) throws {
    // What cannot be is told before anything is opened.
    _ = try rules
    let bench = try open(witness)
    guard let pause else { return try show(try readings(over: bench), unit: unit) }
    var due = bench.door.now
    while true {
      do {
        try show(try readings(over: bench), unit: unit)
      } catch let failure as Failure {
        Terminal.error("\(bench.door.now): \(failure.message)")
      }
      due = try ReadCommand.rest(at: bench, until: max(due + pause, bench.door.now))
    }
  }

  private var framing: Framing {
    command.tcp == nil ? .rtu : command.framing.flatMap(Framing.init(rawValue:)) ?? .tcp
  }

  private var unit: UInt8 { command.unit ?? map.line.unit }

  func open(_ witness: @escaping ReadCommand.Witness) throws -> ReadBench {
    let settings = try SerialSettings(map.line, baud: command.baud)
    let tongue: TraceTongue = framing == .rtu ? .modbusRTU : .modbusTCP
    return try ReadBench(serial: command.serial, tcp: command.tcp, settings: settings) {
      witness($0, $1, tongue)
    }
  }

  /// Throws `HostError` where the line was lost, `Failure` where nobody answers.
  func readings(over bench: ReadBench) throws -> [PointReading] {
    let readings = PointReading.read(map, unit: unit, all: command.all, over: poll(bench, try rules))
    if let lost = bench.lost { throw lost }
    if let first = readings.first, first.isUnheard, case .failure(let failure) = first.value {
      let advice = "check unit, speed and wiring"
      throw Failure("unit \(unit) at \(bench.name): \(failure.words); \(advice)", Outcomes.hardware)
    }
    return readings
  }

  /// The energy of a direction, in one question.
  func energy(_ role: RegisterRole, over bench: ReadBench) throws -> PointReading {
    guard let point = PointReading.energy(role, of: map) else {
      throw Failure("\(profile.name) shows no \(role.rawValue) energy")
    }
    return PointReading.read(point, unit: unit, over: poll(bench, try rules))
  }

  private func poll(_ bench: ReadBench, _ rules: ReaderRules) -> RegisterPoll {
    let door = bench.door
    return RegisterPoll(
      reader: ModbusReader(door: door, framing: framing, rules: rules), rules: rules,
      now: { door.now }, rest: { _ = door.wait(until: $0) })
  }

  private var rules: ReaderRules {
    get throws {
      var rules = ReaderRules()
      rules.firstByte = try quantity(command.patience, of: "--patience", TimeSpan.init(parsing:))
      guard rules.firstByte > .zero, rules.firstByte <= .minutes(1) else {
        throw Failure("--patience must be above 0 and at most 1 min")
      }
      return rules
    }
  }

  private func show(_ readings: [PointReading], unit: UInt8) throws {
    if command.json {
      let rows = readings.map { JSONText.object(row(of: $0)) }
      let head: [(String, JSONText)] = [("profile", .text(profile.name)), ("unit", .whole(Int64(unit)))]
      Terminal.print(JSONText.object(head + [("readings", .list(rows))]).pretty)
    } else if command.csv {
      Terminal.line("name,address,value,unit")
      for one in readings {
        let value = if case .success(let text) = one.value { text } else { "" }
        Terminal.line("\(one.point.name),\(one.point.address),\(value),\(one.point.unit.rawValue)")
      }
    } else {
      for one in readings { Terminal.line(columns([one.point.name, words(of: one)], widths: [34])) }
    }
    let missing = readings.filter { if case .failure = $0.value { true } else { false } }
    guard missing.isEmpty else {
      throw Failure(
        "\(missing.count) of \(readings.count) points could not be read: is it a \(profile.name)?",
        Outcomes.unmet)
    }
  }

  private func row(of one: PointReading) -> [(String, JSONText)] {
    let head: [(String, JSONText)] = [
      ("name", .text(one.point.name)), ("address", .whole(Int64(one.point.address))),
    ]
    switch one.value {
    case .success(let text): return head + [("value", .text(text)), ("unit", .text(one.point.unit.rawValue))]
    case .failure(let failure): return head + [("failure", .text(failure.words))]
    }
  }

  private func words(of one: PointReading) -> String {
    switch one.value {
    case .success(let text): "\(text) \(one.point.unit.rawValue)"
    case .failure(let failure): failure.words
    }
  }
}
