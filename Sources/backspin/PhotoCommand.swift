internal import ArgumentParser
internal import Faces
internal import MeterModel
internal import Runner
internal import Timeline
internal import Units

/// `backspin photo METER --at TIME`: what a customer would send.
struct PhotoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "photo",
    abstract: "Make the photograph that a customer would send, and the truth beside it.",
    discussion: """
      backspin photo smets2-single-element --set export=1234kWh --at 2026-05-01T09:00Z --out photo.png
      Without --flaw the picture has flaws as customers' pictures have them, drawn from the seed. \
      Flaws of the picture: \(names(PhotoFlaw.Kind.self)), each with a strength of 1 to 100 (blur=60). \
      Flaws of what it shows, and of what is said with it: \(names(PhotoMistake.self)).
      The truth is printed as JSON, or goes into --truth FILE.
      """)

  private static func names<Word: CaseIterable & RawRepresentable>(_ type: Word.Type) -> String
  where Word.RawValue == String {
    type.allCases.map(\.rawValue).joined(separator: ", ")
  }

  @OptionGroup var options: FaceOptions
  @Option(help: "The register that the customer means to send (default: export if it has one).")
  var register: String?
  @Option(help: ArgumentHelp("A flaw, or `none`; may be given more than once.", valueName: "flaw[=strength]"))
  var flaw: [String] = []
  @Option(help: ArgumentHelp("The picture: an .svg or a .png.", valueName: "file")) var out: String
  @Option(help: ArgumentHelp("Where the truth is written (default: standard output).", valueName: "file"))
  var truth: String?
  @Option(help: "How wide a PNG is, in points.") var width = 900

  func validate() throws {
    try PictureFile.check(out)
    guard (16...8192).contains(width) else { throw ValidationError("--width must be 16 to 8192") }
    _ = try wanted()
  }

  func run() throws {
    let look = try options.look()
    let (flaws, mistakes) = try wanted()
    let taken = try photograph(look, flaws, mistakes)
    try PictureFile.write(PhotoDrawing.svg(taken.photograph), to: out, width: width)
    let legible = PhotoDrawing.legibility(taken.photograph)
    let text = taken.json(register: legible.register, serial: legible.serial).pretty
    if let truth { try RunFolder.write(text, to: truth) } else { Terminal.print(text) }
  }

  private func photograph(
    _ look: MeterLook, _ flaws: [PhotoFlaw]?, _ mistakes: Set<PhotoMistake>
  ) throws -> CustomerPhoto {
    let role = try role(look.meter.profile)
    do {
      return try CustomerPhoto(look, role: role, flaws: flaws, mistakes: mistakes, seed: options.seed)
    } catch let error as StoryError {
      throw Failure(error.message)
    }
  }

  private func role(_ profile: Profile) throws -> RegisterRole {
    guard let register else { return profile.hasExportRegister ? .export : profile.registers[0].role }
    guard let role = RegisterRole(rawValue: register), profile.register(role) != nil else {
      let known = profile.registers.map(\.role.rawValue).joined(separator: ", ")
      throw Failure("--register: \(profile.name) has no '\(register)'; it has \(known)")
    }
    return role
  }

  /// Nil flaws: drawn from the seed.
  private func wanted() throws -> (flaws: [PhotoFlaw]?, mistakes: Set<PhotoMistake>) {
    var flaws: [PhotoFlaw]? = flaw.isEmpty ? nil : []
    var mistakes: Set<PhotoMistake> = []
    for text in flaw where text != "none" {
      let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
      if parts.count == 1, let mistake = PhotoMistake(rawValue: text) {
        mistakes.insert(mistake)
        continue
      }
      guard let kind = parts.first.flatMap(PhotoFlaw.Kind.init(rawValue:)),
        let strength = Int(parts.count > 1 ? parts[1] : "50"), PhotoFlaw.strengths.contains(strength)
      else {
        let known = PhotoFlaw.Kind.allCases.map(\.rawValue) + PhotoMistake.allCases.map(\.rawValue)
        throw ValidationError(
          "--flaw: '\(text)' is none of none, \(known.joined(separator: ", ")), "
            + "or its strength is not 1 to 100")
      }
      flaws?.removeAll { $0.kind == kind }
      flaws?.append(PhotoFlaw(kind, strength))
    }
    return (flaws, mistakes)
  }
}
