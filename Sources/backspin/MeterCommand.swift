internal import ArgumentParser
internal import HostIO
internal import Line
internal import MeterModel
internal import Runner
internal import Scenario
internal import Truth
internal import Units

/// `backspin meter PROFILE`: one emulated meter, live.
struct MeterCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "meter", abstract: "Put one emulated meter, faults and all, on a pty, a serial device or a TCP port.",
    discussion: """
      JSON lines on standard input drive it, and each is answered by a JSON line: {"power": "-2 kW"}, \
      {"fault": "ME-14", "on": true}, {"set": {"import": "10 kWh"}}, {"advance": "30m"}, {"registers": true}, \
      {"quit": true}. It ends with the input, or on SIGINT or SIGTERM, and leaves nothing behind.
      """)

  @Argument(help: "A make of meter (`backspin profiles` lists them).") var profile: String
  @Option(help: ArgumentHelp("Serve it at this new link, or on this existing serial device.", valueName: "path"))
  var serial: String?
  @Option(help: ArgumentHelp("Serve it over Modbus TCP; port 0 takes a free one.", valueName: "host:port")) var tcp: String?
  @Option(help: "Its Modbus unit, 1 to 247 (default: as it is shipped).") var unit: UInt8?
  @Option(help: "Speed of the line in baud (default: as it is shipped).") var baud: Int?
  @Option(
    help: ArgumentHelp("A fault from the start, with parameters; may be given more than once.", valueName: "id[,k=v…]"))
  var fault: [String] = []
  @Option(help: ArgumentHelp("A scenario whose site flows through it.", valueName: "file")) var site: String?
  @Option(help: "A constant power; import positive. Without --site it is 1 kW, so that registers move.") var power: String?
  @Option(help: ArgumentHelp("Registers at the start.", valueName: "import=…,export=…")) var set: String?
  @Option(help: ArgumentHelp("Its world's time.", valueName: "real|xN|manual")) var clock = "real"
  @Option(help: "The seed of every random draw.") var seed: UInt64 = 1
  @OptionGroup var shelves: Shelves

  func validate() throws {
    if let unit, !(1...247).contains(unit) { throw ValidationError("--unit must be 1 to 247") }
    if serial != nil, tcp != nil { throw ValidationError("--serial and --tcp: choose one") }
    if site != nil, power != nil { throw ValidationError("--site and --power: choose one") }
    if LiveClock.Rate(parsing: clock) == nil { throw ValidationError("--clock must be real, xN (such as x60) or manual") }
  }

  func run() throws {
    let library = shelves.library
    let make: Profile
    do { make = try library.profile(named: profile) } catch { throw Failure("\(error)") }
    let settings = try FaultOptions.settings(fault)
    do {
      let desk = try Desk(
        profile: make, unit: unit, site: try siteDescription(library, make), registers: try registers(make),
        clock: clock, seed: seed, faults: settings)
      try desk.serve(serial: serial, tcp: tcp, baud: baud)
    } catch let error as HostError {
      throw Failure("\(error)", Outcomes.hardware)
    } catch let error as FaultRefusal {
      throw Failure("--fault \(error)")
    } catch let error as MeterFaultError {
      throw Failure("--fault: \(error)")
    } catch let error as StoryError {
      throw Failure(error.message)
    }
  }

  private func siteDescription(_ library: Library, _ make: Profile) throws -> SiteDescription {
    guard let site else {
      let watts = try quantity(power ?? "1 kW", of: "--power", Power.init(parsing:))
      let supply: SiteDescription.Supply = make.phases > 1 ? .three : .single
      return SiteDescription(supply: supply, boundary: .prescribed(.constant(PhasePower(l1: watts))))
    }
    do {
      let stories = try ScenarioReader(library: library, faults: FaultsCommand.all).read(site)
      guard let story = stories.first else { throw Failure("\(site) holds no story") }
      return story.site
    } catch let error as Diagnostics {
      throw Failure("\(error)")
    }
  }

  private func registers(_ make: Profile) throws -> [RegisterRole: WattHours] {
    var registers: [RegisterRole: WattHours] = [:]
    for part in (set ?? "").split(separator: ",") {
      let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
      guard pair.count == 2, let role = RegisterRole(rawValue: pair[0]), make.register(role) != nil else {
        let known = make.registers.map(\.role.rawValue).joined(separator: ", ")
        throw Failure("--set: '\(part)' is no register with a value; \(make.name) has \(known), written as import=10kWh")
      }
      registers[role] = try quantity(pair[1], of: "--set \(pair[0])", WattHours.init(parsing:))
    }
    return registers
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

/// `--fault ID,k=v`: a fault with its parameters.
enum FaultOptions {
  static func settings(_ options: [String]) throws -> [FaultSetting] {
    try options.map { option in
      let parts = option.split(separator: ",").map(String.init)
      guard let id = parts.first, let known = FaultsCommand.all.first(where: { $0.id == id.uppercased() }) else {
        let near = parts.first.flatMap { Spelling.nearest(to: $0, among: FaultsCommand.all.map(\.id)) }
        throw Failure("--fault: no fault '\(option)'" + (near.map { "; did you mean \($0)?" } ?? "; `backspin faults` lists them"))
      }
      var setting = FaultSetting(id: known.id)
      for part in parts.dropFirst() {
        let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
        guard pair.count == 2 else { throw Failure("--fault \(known.id): '\(part)' is not written as name=value") }
        if let whole = Int64(pair[1]) { setting.whole[pair[0]] = whole } else { setting.choices[pair[0]] = pair[1] }
      }
      return setting
    }
  }
}
