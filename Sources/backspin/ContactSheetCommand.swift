internal import ArgumentParser
internal import Faces
internal import MeterModel
internal import Runner
internal import Scenario
internal import Truth
internal import Units

/// `backspin contact-sheet`: all faces on one sheet, for docs/images (scripts/contact-sheet).
struct ContactSheetCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "contact-sheet", abstract: "Draw the faces of makes of meter on one sheet.",
    shouldDisplay: false)

  @Argument(help: "Makes of meter, in order; one may be PROFILE:page (default: those of docs/faces.md).")
  var meters: [String] = []
  @Option(help: ArgumentHelp("The picture: an .svg or a .png.", valueName: "file")) var out: String
  @Option(help: "How wide a PNG is, in points.") var width = 1160
  @OptionGroup var shelves: Shelves

  /// One of each kind of front, and some pages and variants.
  private static let usual = [
    "disc-187.5-rev-5-digit", "disc-166-2-3-rev-red-tenth", "disc-240-rev-pointer-dials", "generation-meter",
    "electronic-import-only", "elster-a100c", "smets1-with-export:export", "smets2-single-element:export",
    "elster-a1140", "eastron-sdm120:export", "eastron-sdm630-v2", "carlogavazzi-em24-rs485",
  ]

  func validate() throws {
    try PictureFile.check(out)
    guard (16...8192).contains(width) else { throw ValidationError("--width must be 16 to 8192") }
  }

  func run() throws {
    let start = try quantity(FaceOptions.usualInstant, of: "--at", Instant.init(parsing:))
    let faces = try (meters.isEmpty ? Self.usual : meters).map { name in
      let parts = name.split(separator: ":", maxSplits: 1).map(String.init)
      let profile = try shelves.library.profile(named: parts.first ?? "")
      let setup = LiveMeter.Setup(
        profile: profile, serial: MeterPlan.serial(1, 0),
        site: LiveMeter.constant(PhasePower(l1: Power(milliwatts: 1_200_000)), at: profile),
        registers: ContactSheet.standings.filter { profile.register($0.key) != nil })
      let look = MeterLook(try LiveMeter(setup, start: start, seed: 1).meter)
      return (caption: profile.name, face: try FacePage.face(of: look, parts.count > 1 ? parts[1] : "import"))
    }
    try PictureFile.write(ContactSheet.svg(faces), to: out, width: width)
  }
}
