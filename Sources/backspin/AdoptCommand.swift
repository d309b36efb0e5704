internal import ArgumentParser
internal import Foundation
internal import HostIO
internal import Line
internal import Runner
internal import Scenario
internal import Wire

/// `backspin adopt TRACE`: a recorded meter as profile, vectors and scenario.
struct AdoptCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "adopt", abstract: "Make a profile, vectors and a scenario of a trace.",
    discussion: """
      Traces of Modbus, IEC 62056-21 and DLMS (HDLC and wrapper). DIR gets meters/NAME.yaml (that of the make \
      whose registers fit, or a skeleton), vectors.csv (every value with its address, as read) and NAME.yaml, a \
      scenario that runs: `backspin run --profiles DIR DIR/NAME.yaml`. Serial numbers and MPANs are replaced, the \
      same one always by the same (key in .backspin/redact-key), passwords by examples; keys are never written.

      Exit codes: 0 made · 2 wrong use, no trace, or nothing in it · 7 it cannot be written.
      """)

  @Argument(help: ArgumentHelp("A trace (`backspin record`).", valueName: "file")) var trace: String
  @Option(
    help: ArgumentHelp("A folder for what is made; files in it are not written over.", valueName: "dir"))
  var out: String
  @Option(help: ArgumentHelp("What the meter shall be called (default: as the trace is).", valueName: "name"))
  var name: String?
  @Option(help: ArgumentHelp("The make that it is (default: as its registers tell).", valueName: "make"))
  var profile: String?
  @Option(
    help: ArgumentHelp(
      "Of a ciphered DLMS dialogue: 32 hexadecimal digits, @FILE, or from BACKSPIN_KEY_ENCRYPTION.",
      valueName: "key"))
  var keyEncryption: String?
  @Option(
    help: ArgumentHelp(
      "Of a ciphered DLMS dialogue: 32 hexadecimal digits, @FILE, or from BACKSPIN_KEY_AUTHENTICATION.",
      valueName: "key"))
  var keyAuthentication: String?
  @Flag(
    name: .customLong("keep-identifiers"), help: "Keep serial numbers, MPANs and passwords as they are.")
  var keepIdentifiers = false
  @OptionGroup var shelves: Shelves

  func run() throws {
    let trace = try TraceKeeper.read(trace)
    let name = try meterName()
    let keys = try ReadDLMS.keys(encryption: keyEncryption, authentication: keyAuthentication)
    // Nothing is made, the key of masks neither, of a trace of which nothing can be made.
    _ = try adoption(of: trace, name, keys, nil)
    let key = keepIdentifiers ? nil : try RedactOptions.key()
    let adoption = try adoption(of: trace, name, keys, key.map { Redactor(key: $0) })
    try write(adoption.files)
    for remark in adoption.remarks { Terminal.error("note: \(remark)") }
    let options = adoption.serving.joined(separator: " ")
    Terminal.error("note: served by backspin meter \(name) --profiles \(out) --serial LINK \(options)")
    for file in adoption.files { Terminal.line("\(out)/\(file.path)") }
  }

  private func adoption(of trace: Trace, _ name: String, _ keys: COSEMKeys?, _ redactor: Redactor?) throws
    -> Adoption
  {
    do {
      return try Adoption(
        trace, name: name, from: URL(fileURLWithPath: self.trace).lastPathComponent, make: profile,
        keys: keys, library: shelves.library, redactor: redactor)
    } catch let error as StoryError {
      throw Failure("\(self.trace): \(error.message)")
    }
  }

  private func meterName() throws -> String {
    let file = URL(fileURLWithPath: trace).deletingPathExtension().lastPathComponent
    let wanted = (name ?? file).lowercased()
    let isName =
      !wanted.isEmpty && wanted.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-.".contains($0)) }
    guard isName, wanted.first != "." else {
      throw Failure(
        "'\(wanted)' cannot be a meter's name: letters, digits, '-' and '.'; give one with --name")
    }
    return wanted
  }

  /// All of them or none: nothing is written over.
  private func write(_ files: [Adoption.File]) throws {
    let manager = FileManager.default
    for file in files where manager.fileExists(atPath: "\(out)/\(file.path)") {
      throw Failure("\(out)/\(file.path) exists already: choose another folder or name")
    }
    let hadFolder = manager.fileExists(atPath: out)
    var written: [String] = []
    do {
      for file in files {
        let path = "\(out)/\(file.path)"
        let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
        do {
          try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
        } catch {
          throw Failure("cannot make the folder \(folder): \(RunFolder.words(error))", Outcomes.hardware)
        }
        written.append(path)
        try RunFolder.write(file.text, to: path)
      }
    } catch {
      for path in written { try? manager.removeItem(atPath: path) }
      // Only an empty folder goes.
      _ = rmdir("\(out)/meters")
      if !hadFolder { _ = rmdir(out) }
      throw error
    }
  }
}
