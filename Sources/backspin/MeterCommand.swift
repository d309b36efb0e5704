internal import ArgumentParser
internal import HostIO
internal import Line
internal import MeterModel
internal import Runner
internal import Scenario
internal import Units

/// `backspin meter PROFILE`: emulated meters, live.
struct MeterCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "meter",
    abstract: "Put emulated meters, faults and all, on a pty, a serial device or a TCP port.",
    discussion: """
      It prints one line when it is ready. JSON lines on standard input drive it, and each is answered by \
      a JSON line: {"power": "-2 kW"}, {"fault": "ME-14", "on": true}, {"set": {"import": "10 kWh"}}, \
      {"advance": "30m"}, {"registers": true}, {"quit": true}. It ends with the input, or on SIGINT or \
      SIGTERM, and leaves nothing behind.
      """)

  @Argument(help: "A make of meter (`backspin profiles` lists them).") var profile: String?
  @Option(help: ArgumentHelp("Many meters on one line instead: a YAML list.", valueName: "file")) var bus:
    String?
  @Option(
    help: ArgumentHelp(
      "Serve it at this new link, on this existing serial device, or as rfc2217://host:port.",
      valueName: "path"))
  var serial: String?
  @Option(help: ArgumentHelp("Serve it over TCP; port 0 takes a free one.", valueName: "host:port"))
  var tcp: String?
  @Option(
    name: .customLong("protocol"),
    help: ArgumentHelp(
      "The port that is served: \(DeskPort.words.joined(separator: ", ")) (default: its first that suits the place).",
      valueName: "name"))
  var port: String?
  @Option(
    help: ArgumentHelp(
      "Modbus over TCP: tcp, or rtu as behind a serial server (default: tcp).", valueName: "tcp|rtu"))
  var framing: String?
  @Option(
    help: ArgumentHelp(
      "So many meters alike, units 1, 2, 3 …; over TCP each 247 on the next port.", valueName: "number"))
  var count: Int?
  @Option(help: "Its Modbus unit, 1 to 247 (default: as it is shipped).") var unit: UInt8?
  @Option(help: "Speed of the line in baud (default: as it is shipped).") var baud: Int?
  @Option(
    help: ArgumentHelp(
      "A fault from the start, with parameters; may be given more than once.", valueName: "id[,k=v…]"))
  var fault: [String] = []
  @Option(
    help: ArgumentHelp("A scenario whose site flows through it, from that story's start.", valueName: "file"))
  var site: String?
  @Option(
    parsing: .unconditional,
    help: "A constant power; import positive. Without --site it is 1 kW, so that registers move.")
  var power: String?
  @Option(help: ArgumentHelp("Registers at the start.", valueName: "import=…,export=…")) var set: String?
  @Option(
    help: ArgumentHelp(
      "Its number, on its plate and at its ports (default: made of the seed).", valueName: "text"))
  var serialNumber: String?
  @Option(help: ArgumentHelp("Its world's time; xN runs N times as fast.", valueName: "real|xN|manual"))
  var clock = "real"
  @Option(help: "The seed of every random draw.") var seed: UInt64 = 1
  @OptionGroup var shelves: Shelves

  var portProtocol: MeterProtocol? { port.flatMap(MeterProtocol.init(rawValue:)) }

  func validate() throws {
    guard (profile == nil) != (bus == nil) else {
      throw ValidationError(
        profile == nil ? "a make of meter or --bus is wanted" : "a make of meter or --bus: choose one")
    }
    if bus != nil,
      let name = [("--unit", unit != nil), ("--set", set != nil), ("--serial-number", serialNumber != nil)]
        .first(where: \.1)?.0
    {
      throw ValidationError("\(name) does not go with --bus: say it in the file, for each meter")
    }
    if let framing, !["tcp", "rtu"].contains(framing) {
      throw ValidationError("--framing must be tcp or rtu")
    }
    if framing != nil, tcp == nil { throw ValidationError("--framing goes with --tcp") }
    if let count {
      guard (1...Self.mostMeters).contains(count) else {
        throw ValidationError("--count must be 1 to \(Self.mostMeters)")
      }
      if bus != nil || unit != nil { throw ValidationError("--count goes without --bus and --unit") }
    }
    if let unit, !(1...247).contains(unit) { throw ValidationError("--unit must be 1 to 247") }
    if let serialNumber, !Self.isNumber(serialNumber) {
      throw ValidationError("--serial-number has 1 to 32 letters, digits, '-', '.' and blanks")
    }
    if let port, portProtocol == nil {
      throw ValidationError(
        "--protocol: '\(port)' is none of \(DeskPort.words.joined(separator: ", "))")
    }
    if port != nil, serial == nil, tcp == nil {
      throw ValidationError("--protocol goes with --serial or --tcp")
    }
    if serial != nil, tcp != nil { throw ValidationError("--serial and --tcp: choose one") }
    if baud != nil, serial == nil { throw ValidationError("--baud is the speed of a --serial line") }
    if site != nil, power != nil { throw ValidationError("--site and --power: choose one") }
    guard DeskClock.rate(clock) != nil else {
      throw ValidationError("--clock must be real, manual or xN, with N from 1 to \(DeskClock.fastest)")
    }
  }

  /// More ports than this leave none for clients.
  static let mostMeters = 100_000

  private static func isNumber(_ text: String) -> Bool {
    (1...32).contains(text.utf8.count)
      && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-. ".contains($0)) }
  }

  func run() throws {
    do {
      let place = try DeskPlace.Wanted(serial: serial, tcp: tcp, baud: baud)
      let desk = try Desk(try MeterPlan(self), clock: DeskClock.rate(clock) ?? .real, seed: seed)
      try desk.serve(place)
    } catch let error as HostError {
      throw Failure("\(error)", error.code == .badAddress ? Outcomes.invalid : Outcomes.hardware)
    } catch let error as FaultRefusal {
      throw Failure("--fault \(error)")
    } catch let error as MeterFaultError {
      throw Failure("--fault: \(error)")
    } catch let error as StoryError {
      throw Failure(error.message)
    } catch let error as SerialSettingsError {
      throw Failure("\(error)")
    } catch let error as Diagnostic {
      throw Failure("\(error)")
    } catch let error as Diagnostics {
      throw Failure("\(error)")
    }
  }
}

/// The time of a live world.
enum DeskClock {
  /// So much faster than real a world may run: more would be a year in five minutes.
  static let fastest: Int64 = 100_000
  /// The most that time may be moved by hand at once; a year of a modelled site takes seconds to live
  /// through.
  static let longestAdvance = TimeSpan.days(366)

  static func rate(_ text: String) -> LiveClock.Rate? {
    guard let rate = LiveClock.Rate(parsing: text) else { return nil }
    if case .times(let times) = rate, times > fastest { return nil }
    return rate
  }
}

/// A quantity of an option, or one clear line about it.
func quantity<Quantity>(
  _ text: String, of option: String, _ parse: (String) throws(UnitsError) -> Quantity
) throws -> Quantity {
  do throws(UnitsError) {
    return try parse(text)
  } catch {
    throw Failure("\(option): \(error.message)")
  }
}
