// Which meter is drawn, and in what state: options that `face` and `photo` share.

internal import ArgumentParser
internal import HostIO
internal import MeterModel
internal import Runner
internal import Scenario
internal import Truth
internal import Units

/// A meter of no story, set as told; or a meter of a story, at an instant of it.
struct FaceOptions: ParsableArguments {
  @Argument(help: "A make of meter (`backspin profiles` lists them); with --story, a meter's name in it.")
  var meter: String
  @Option(
    help: ArgumentHelp("The story that the meter hangs in: it is lived up to --at.", valueName: "file"))
  var story: String?
  @Option(
    help: ArgumentHelp(
      "When, as 2026-05-01T09:00Z (default: the story's end, or that instant).", valueName: "instant"))
  var at: String?
  @Option(help: ArgumentHelp("Registers, of a make of meter.", valueName: "import=…,export=…")) var set:
    String?
  @Option(help: "Power at that instant, of a make of meter; import positive.") var power: String?
  @Option(
    help: ArgumentHelp(
      "A fault it has, with parameters; may be given more than once.", valueName: "id[,k=v…]"))
  var fault: [String] = []
  @Option(help: ArgumentHelp("Its number.", valueName: "text")) var serialNumber: String?
  @Option(help: "The seed of every random draw.") var seed: UInt64 = 1
  @OptionGroup var shelves: Shelves

  /// Where a make of meter stands if nobody says when.
  static let usualInstant = "2026-05-01T09:00:00Z"

  func validate() throws {
    guard story != nil else { return }
    let own = [
      ("--set", set != nil), ("--power", power != nil), ("--fault", !fault.isEmpty),
      ("--serial-number", serialNumber != nil),
    ]
    if let name = own.first(where: \.1)?.0 {
      throw ValidationError("\(name) does not go with --story: the story says it")
    }
  }

  /// The meter as it stands then.
  func look() throws -> MeterLook {
    let instant = try at.map { try quantity($0, of: "--at", Instant.init(parsing:)) }
    do {
      guard let story else { return try lone(at: instant) }
      let files = try ScenarioReader(library: shelves.library, faults: FaultsCommand.all).read(story)
      guard let file = files.first else { throw Failure("\(story) holds no story") }
      let runner = StoryRunner(seed: seed, today: CivilDate(dayNumber: 0))
      return try runner.look(at: meter, of: file, at: instant ?? file.until)
    } catch let error as StoryError {
      throw Failure(error.message)
    } catch let error as MeterFaultError {
      throw Failure("--fault: \(error)")
    } catch let error as FaultRefusal {
      throw Failure("--fault \(error)")
    }
  }

  private func lone(at instant: Instant?) throws -> MeterLook {
    let profile = try shelves.library.profile(named: meter)
    let settings = try fault.map { try MeterPlan.fault($0) }
    let flow = try power.map { try quantity($0, of: "--power", Power.init(parsing:)) } ?? .zero
    let start = try instant ?? quantity(Self.usualInstant, of: "--at", Instant.init(parsing:))
    let setup = LiveMeter.Setup(
      profile: profile, serial: serialNumber ?? MeterPlan.serial(seed, 0),
      site: LiveMeter.constant(PhasePower(l1: flow), at: profile),
      registers: try MeterPlan.registers(set, of: profile))
    let live = try LiveMeter(setup, start: start, seed: seed)
    for setting in settings { try live.begin(setting) }
    return MeterLook(live.meter)
  }
}

/// Writes a picture as its name's ending says: `.svg`, or `.png` by rsvg-convert.
enum PictureFile {
  static func check(_ path: String, option: String = "--out") throws {
    guard path.hasSuffix(".svg") || path.hasSuffix(".png") else {
      throw ValidationError("\(option): '\(path)' ends neither in .svg nor in .png")
    }
  }

  /// `width` is that of a PNG, in points.
  static func write(_ svg: String, to path: String, width: Int) throws {
    guard path.hasSuffix(".png") else { return try RunFolder.write(svg, to: path) }
    do {
      try PictureMaker.writePNG(of: svg, to: path, width: width)
    } catch {
      throw Failure("\(error)", Outcomes.hardware)
    }
  }
}
