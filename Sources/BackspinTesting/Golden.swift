// Golden files: text that a person has looked at once, kept beside the test that makes it. A difference is
// shown as the lines that differ, never as two long texts. `BACKSPIN_UPDATE_GOLDENS=1` rewrites the files;
// the change is then reviewed as any other text.

internal import Foundation
public import Testing

/// Compares text with files in the folder `Goldens` beside a test file.
public struct Golden: Sendable {
  /// Name of the environment variable that turns comparing into rewriting when it is `1`.
  public static let updateVariable = "BACKSPIN_UPDATE_GOLDENS"

  private let folder: URL
  private let updating: Bool

  /// Goldens in the folder `Goldens` beside the calling source file.
  public init(beside file: String = #filePath) {
    let folder = URL(fileURLWithPath: file).deletingLastPathComponent().appendingPathComponent("Goldens")
    self.init(folder: folder.path, updating: ProcessInfo.processInfo.environment[Self.updateVariable] == "1")
  }

  init(folder: String, updating: Bool) {
    self.folder = URL(fileURLWithPath: folder, isDirectory: true)
    self.updating = updating
  }

  /// What is wrong with `text` against the golden `name` (`help.txt`, `run/json.txt`), if anything is.
  public func problem(
    with text: String, matching name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) -> Problem? {
    let file = folder.appendingPathComponent(name)
    let golden = try? Data(contentsOf: file)
    if golden.map({ $0.elementsEqual(text.utf8) }) == true { return nil }
    if updating { return rewrite(file, text, sourceLocation) }
    let remedy = "if the new text is right: \(Self.updateVariable)=1 swift test, then review the change"
    guard let golden else {
      return Problem("there is no golden \(file.path) yet; \(remedy)", at: sourceLocation)
    }
    let difference = LineDifference(from: String(decoding: golden, as: UTF8.self), to: text)
    return Problem("not as in the golden \(file.path)\n\(difference)\n\(remedy)", at: sourceLocation)
  }

  /// As `problem`, made an issue of the running test.
  public func expect(
    _ text: String, matches name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    problem(with: text, matching: name, sourceLocation: sourceLocation)?.record()
  }

  private func rewrite(_ file: URL, _ text: String, _ location: SourceLocation) -> Problem? {
    do {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
      return nil
    } catch {
      return Problem("the golden \(file.path) cannot be written: \(error)", at: location)
    }
  }
}
