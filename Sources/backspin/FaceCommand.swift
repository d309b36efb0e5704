internal import ArgumentParser
internal import Faces
internal import MeterModel
internal import Runner

/// `backspin face METER`: what a meter looks like.
struct FaceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "face", abstract: "Draw the face of a meter: its register, disc or display, and its plate.",
    discussion: """
      backspin face disc-187.5-rev-5-digit --set import=15329.95kWh --out disc.svg
      backspin face export --story Scenarios/STORY.yaml --at 2026-05-03T12:00Z --page export --out face.png
      PNG needs rsvg-convert (librsvg2-bin), which scripts/setup installs; without it the exit code is 7.
      """)

  @OptionGroup var options: FaceOptions
  @Option(help: ArgumentHelp("Which page of its display (default: whose turn it is).", valueName: "page"))
  var page: String?
  @Option(help: ArgumentHelp("The picture: an .svg or a .png.", valueName: "file")) var out: String
  @Option(help: "How wide a PNG is, in points.") var width = 600

  func validate() throws {
    try PictureFile.check(out)
    guard (16...8192).contains(width) else { throw ValidationError("--width must be 16 to 8192") }
    try FacePage.check(page)
  }

  func run() throws {
    let look = try options.look()
    try PictureFile.write(FaceDrawing.svg(try FacePage.face(of: look, page)), to: out, width: width)
  }
}

/// The page of a display by its name.
enum FacePage {
  static func check(_ name: String?) throws {
    if let name, DisplayPage(rawValue: name) == nil {
      let known = DisplayPage.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--page: '\(name)' is none of \(known)")
    }
  }

  /// The face with that page up, or one line that says why there is none.
  static func face(of look: MeterLook, _ name: String?) throws -> FaceState {
    let pages = look.meter.profile.displayPages
    guard !pages.isEmpty else {
      throw Failure("\(look.meter.profile.name) has no display, so it has no face")
    }
    guard let face = look.meter.face(page: name.flatMap(DisplayPage.init(rawValue:))) else {
      let known = pages.map(\.rawValue).joined(separator: ", ")
      throw Failure("--page: \(look.meter.profile.name) has no page '\(name ?? "")'; it has \(known)")
    }
    return face
  }
}
