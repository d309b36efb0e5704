// What `backspin meter` was asked for, read and checked before anything is opened.

internal import Line
internal import MeterModel
internal import Runner
internal import Scenario
internal import Truth
internal import Units

/// The meters of a desk, and the faults they begin with.
struct MeterPlan {
  struct Row {
    var setup: LiveMeter.Setup
    var faults: [FaultSetting]
  }

  var rows: [Row]
  /// Faults of the line that all of them share.
  var lineFaults: [FaultSetting]
  /// When their world begins; nil is now.
  var start: Instant?
  /// The port that was asked for; nil for the first that suits the place.
  var port: MeterProtocol?

  init(_ command: MeterCommand) throws {
    let library = command.shelves.library
    port = command.portProtocol
    let faults = try command.fault.map { try Self.fault($0) }
    lineFaults = faults.filter { LineFaults.declaration($0.id) != nil }
    let meterFaults = faults.filter { LineFaults.declaration($0.id) == nil }
    let story = try command.site.map { try Self.story($0, library) }
    start = story?.from
    let power = try quantity(command.power ?? "1 kW", of: "--power", Power.init(parsing:))
    func site(of profile: Profile, power own: Power?) -> SiteDescription {
      if own == nil, let site = story?.site { return site }
      return LiveMeter.constant(PhasePower(l1: own ?? power), at: profile)
    }
    guard let bus = command.bus else {
      let profile = try library.profile(named: command.profile ?? "")
      guard profile.modbus != nil || command.unit == nil else {
        throw Failure("\(profile.name) has no Modbus port, so it has no unit")
      }
      let setup = LiveMeter.Setup(
        profile: profile, serial: command.serialNumber ?? Self.serial(command.seed, 0), unit: command.unit,
        site: site(of: profile, power: nil), registers: try Self.registers(command.set, of: profile))
      rows = [Row(setup: setup, faults: meterFaults)]
      return
    }
    if let first = meterFaults.first {
      throw Failure("--fault \(first.id) befalls one meter: say it in \(bus), for that meter")
    }
    let file = try BusFile(bus, library: library, faults: FaultsCommand.all)
    rows = file.rows.enumerated().map { index, row in
      let setup = LiveMeter.Setup(
        profile: row.profile, serial: Self.serial(command.seed, index), unit: row.unit,
        site: site(of: row.profile, power: row.power), registers: row.reads)
      return Row(setup: setup, faults: row.faults)
    }
    if let shared = file.rows.flatMap(\.faults).first(where: { LineFaults.declaration($0.id) != nil }) {
      throw Failure("\(bus): \(shared.id) befalls the line, not a meter: give it with --fault")
    }
  }

  /// Eight digits, as on a plate: a serial number register shows them too.
  private static func serial(_ seed: UInt64, _ index: Int) -> String {
    String(20_000_000 + (seed % 1_000_000) * 70 + UInt64(index))
  }

  /// `--fault ID,k=v`; the id in small letters too.
  private static func fault(_ text: String) throws -> FaultSetting {
    let comma = text.firstIndex(of: ",") ?? text.endIndex
    let setting: FaultSetting
    do {
      setting = try FaultSetting(
        parsing: text[..<comma].uppercased() + text[comma...], among: FaultsCommand.all)
    } catch {
      throw Failure("--fault \(text): \(error)")
    }
    if let fault = FaultCatalogue.declaration(setting.id), !fault.layer.isLive {
      throw Failure("--fault: " + Desk.homeless(fault))
    }
    return setting
  }

  private static func story(_ path: String, _ library: Library) throws -> ScenarioFile {
    let stories = try ScenarioReader(library: library, faults: FaultsCommand.all).read(path)
    guard let story = stories.first else { throw Failure("\(path) holds no story") }
    guard story.site != nil else {
      throw Failure("\(path): this story has no site: it states facts alone, and nothing flows")
    }
    return story
  }

  private static func registers(_ option: String?, of profile: Profile) throws -> [RegisterRole: WattHours] {
    var registers: [RegisterRole: WattHours] = [:]
    for part in (option ?? "").split(separator: ",", omittingEmptySubsequences: option == nil) {
      let pair = part.split(separator: "=", maxSplits: 1).map(String.init)
      guard pair.count == 2, let role = RegisterRole(rawValue: pair[0]), profile.register(role) != nil else {
        let known = profile.registers.map(\.role.rawValue).joined(separator: ", ")
        throw Failure(
          "--set: '\(part)' is no register with a value; \(profile.name) has \(known), "
            + "written as import=10kWh"
        )
      }
      guard registers[role] == nil else { throw Failure("--set: \(pair[0]) stands twice") }
      registers[role] = try quantity(pair[1], of: "--set \(pair[0])", WattHours.init(parsing:))
    }
    return registers
  }
}
