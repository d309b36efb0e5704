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
    commandName: "read", abstract: "Read a Modbus meter over a serial adapter, a pty or TCP, by its profile.")

  @Option(name: .customLong("profile"), help: "The make of meter (`backspin profiles` lists them).") var make: String
  @Option(help: ArgumentHelp("A serial device or pty.", valueName: "device")) var serial: String?
  @Option(help: ArgumentHelp("A meter or gateway.", valueName: "host:port")) var tcp: String?
  @Option(help: "Its Modbus unit, 1 to 247 (default: as it is shipped).") var unit: UInt8?
  @Option(help: "Speed in baud (default: as it is shipped).") var baud: Int?
  @Option(help: ArgumentHelp("How long to wait for an answer.", valueName: "time")) var patience = "500ms"
  @Flag(help: "Every point of the map, not only energies and power.") var all = false
  @Flag(help: "Print JSON.") var json = false
  @OptionGroup var shelves: Shelves

  func validate() throws {
    guard (serial == nil) != (tcp == nil) else { throw ValidationError("one of --serial and --tcp is wanted") }
  }

  func run() throws {
    let profile: Profile
    do { profile = try shelves.library.profile(named: make) } catch { throw Failure("\(error)") }
    guard let map = profile.modbus else {
      throw Failure("\(profile.name) has no Modbus port" + (profile.twin.map { "; did you mean its twin, \($0)?" } ?? ""))
    }
    guard let first = try? TimeSpan(parsing: patience), first > .zero else {
      throw Failure("--patience must be a length of time such as 500ms")
    }
    var rules = ReaderRules()
    rules.firstByte = first
    do {
      let bench = try Bench(serial: serial, tcp: tcp, baud: baud, line: map.line)
      let reader = ModbusReader(door: bench.door, framing: bench.framing, rules: rules)
      let poll = RegisterPoll(
        reader: reader, rules: rules, now: { bench.door.now }, rest: { _ = bench.door.wait(until: $0) })
      let readings = PointReading.read(map, unit: unit ?? map.line.unit, all: all, over: poll)
      if let lost = bench.lost { throw lost }
      try show(readings)
    } catch let error as HostError {
      throw Failure("\(error)", Outcomes.hardware)
    } catch let error as SerialSettingsError {
      throw Failure("\(error)")
    }
  }

  private func show(_ readings: [PointReading]) throws {
    var isWhole = true
    var rows: [JSONText] = []
    for one in readings {
      switch one.value {
      case .success(let text):
        rows.append(.object([("name", .text(one.point.name)), ("value", .text(text)), ("unit", .text(one.point.unit.rawValue))]))
        if !json { Terminal.line(columns([one.point.name, text + " " + one.point.unit.rawValue], widths: [34])) }
      case .failure(let failure):
        isWhole = false
        rows.append(.object([("name", .text(one.point.name)), ("failure", .text(failure.words))]))
        if !json { Terminal.line(columns([one.point.name, failure.words], widths: [34])) }
      }
    }
    if json { Terminal.print(JSONText.object([("readings", .list(rows))]).pretty) }
    guard isWhole else {
      throw Failure(
        "not everything could be read: check unit, speed and wiring, and that --profile is this make of meter",
        Outcomes.unmet)
    }
  }
}

/// Where a meter is reached, in real time.
private struct Bench {
  let door: any Door
  let framing: Framing
  private let loss: () -> HostError?

  init(serial: String?, tcp: String?, baud: Int?, line: ModbusMap.Line) throws {
    if let tcp {
      let door = try TCPDoor(connecting: try HostPort(parsing: tcp))
      (self.door, framing, loss) = (door, .tcp, { door.lost })
    } else {
      let settings = try SerialSettings(
        baud: baud ?? line.baud, parity: SerialSettings.Parity(rawValue: line.parity.rawValue) ?? .none,
        stopBits: line.stopBits)
      let door = SerialDoor(try SerialPorts.open(serial ?? "", settings))
      (self.door, framing, loss) = (door, .rtu, { door.lost })
    }
  }

  var lost: HostError? { loss() }
}
