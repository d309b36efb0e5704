// Where data is found: the folders a user names with --profiles, then the shipped ones.

internal import ArgumentParser
internal import Foundation
internal import Scenario

/// Options that every command with profiles or licensees has.
struct Shelves: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "A folder with your own meters and licensees; may be given more than once.", valueName: "dir"))
  var profiles: [String] = []

  var library: Library {
    Library(
      reader: DiskReader(), folders: profiles + [Self.shipped.map { $0 + "/Profiles" }].compactMap { $0 })
  }

  /// The folder that holds the shipped `Profiles` and `Scenarios`.
  static var shipped: String? {
    let executable = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().path
    return Library.shippedFolder(of: executable, reader: DiskReader())
  }

  func validate() throws {
    for folder in profiles where !FileManager.default.fileExists(atPath: folder) {
      throw ValidationError("--profiles: no such folder: \(folder)")
    }
  }
}
