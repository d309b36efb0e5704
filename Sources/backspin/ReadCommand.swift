internal import ArgumentParser
internal import HeadEnd
internal import HostIO
internal import Line
internal import MeterModel
internal import Report
internal import Runner
internal import Scenario
internal import Units

/// `backspin read`: read a real meter, or one of ours.
struct ReadCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "read", abstract: "Read a Modbus meter over a serial adapter, a pty or TCP, by its profile.",
    discussion: """
      Exit codes: 0 everything was read · 1 the meter answers, but not everything · 2 wrong use · 7 no device, or \
      no meter that answers.
      """)

  @Option(name: .customLong("profile"), help: "The make of meter (`backspin profiles` lists them).") var make:
    String
  @Option(help: ArgumentHelp("A serial device or pty.", valueName: "device")) var serial: String?
  @Option(help: ArgumentHelp("A meter or gateway.", valueName: "host:port")) var tcp: String?
  @Option(help: "Its Modbus unit, 1 to 247 (default: as it is shipped).") var unit: UInt8?
  @Option(help: "Speed in baud (default: as it is shipped).") var baud: Int?
  @Option(help: ArgumentHelp("How long to wait for an answer.", valueName: "time")) var patience = "500ms"
  @Flag(help: "Every point of the map, not only energies and power.") var all = false
  @Flag(help: "Print JSON.") var json = false
  @OptionGroup var shelves: Shelves

  func validate() throws {
    guard (serial == nil) != (tcp == nil) else {
      throw ValidationError("one of --serial and --tcp is wanted")
    }
    if let unit, !(1...247).contains(unit) { throw ValidationError("--unit must be 1 to 247") }
    if baud != nil, serial == nil { throw ValidationError("--baud is the speed of a --serial line") }
  }

  func run() throws { try read() }

  /// What is put between the reader and the line: it gets the door, how the line stands (nil for TCP) and
  /// what is spoken, and gives the door to read at.
  typealias Witness = (any Door, SerialSettings?, TraceTongue) -> any Door

  func read(_ witness: Witness = { door, _, _ in door }) throws {
    do {
      let profile = try shelves.library.profile(named: make)
      guard let map = profile.modbus else {
        let twin = profile.twin.map { "; did you mean its electronic twin, \($0)?" } ?? ""
        throw Failure("\(profile.name) has no Modbus port\(twin)")
      }
      let unit = unit ?? map.line.unit
      let rules = try rules
      let bench = try ReadBench(serial: serial, tcp: tcp, baud: baud, line: map.line, witness)
      let readings = PointReading.read(map, unit: unit, all: all, over: bench.poll(rules: rules))
      if let lost = bench.lost { throw lost }
      if let first = readings.first, first.isUnheard, case .failure(let failure) = first.value {
        let advice = "check unit, speed and wiring"
        throw Failure(
          "unit \(unit) at \(tcp ?? serial ?? ""): \(failure.words); \(advice)", Outcomes.hardware)
      }
      try show(readings, of: profile, unit: unit)
    } catch let error as HostError {
      throw Failure("\(error)", error.code == .badAddress ? Outcomes.invalid : Outcomes.hardware)
    } catch let error as SerialSettingsError {
      throw Failure("\(error)")
    } catch let error as Diagnostic {
      throw Failure("\(error)")
    }
  }

  private var rules: ReaderRules {
    get throws {
      var rules = ReaderRules()
      rules.firstByte = try quantity(patience, of: "--patience", TimeSpan.init(parsing:))
      guard rules.firstByte > .zero, rules.firstByte <= .minutes(1) else {
        throw Failure("--patience must be above 0 and at most 1 min")
      }
      return rules
    }
  }

  private func show(_ readings: [PointReading], of profile: Profile, unit: UInt8) throws {
    if json {
      let rows = readings.map { JSONText.object(row(of: $0)) }
      let head: [(String, JSONText)] = [("profile", .text(profile.name)), ("unit", .whole(Int64(unit)))]
      Terminal.print(JSONText.object(head + [("readings", .list(rows))]).pretty)
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

/// Where a meter is reached, in real time.
private struct ReadBench {
  let door: any Door
  private let framing: Framing
  private let loss: () -> HostError?

  init(
    serial: String?, tcp: String?, baud: Int?, line: ModbusMap.Line, _ witness: ReadCommand.Witness
  ) throws {
    if let tcp {
      let door = try TCPDoor(connecting: try HostPort(parsing: tcp))
      (self.door, framing, loss) = (witness(door, nil, .modbusTCP), .tcp, { door.lost })
    } else {
      let settings = try SerialSettings(line, baud: baud)
      let door = SerialDoor(try SerialPorts.open(serial ?? "", settings))
      (self.door, framing, loss) = (witness(door, settings, .modbusRTU), .rtu, { door.lost })
    }
  }

  var lost: HostError? { loss() }

  func poll(rules: ReaderRules) -> RegisterPoll {
    RegisterPoll(
      reader: ModbusReader(door: door, framing: framing, rules: rules), rules: rules,
      now: { [door] in door.now }, rest: { [door] in _ = door.wait(until: $0) })
  }
}
