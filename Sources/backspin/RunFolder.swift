// Where a run leaves its record: one folder a run, `latest` links to it.
//   run.json         the documented shape (docs/json.md)
//   report.html      the page for people
//   stories/ID.bsj   the journal of each story, for `backspin explain`

internal import Foundation
internal import Report
internal import Runner
internal import Timeline

struct RunFolder {
  let path: String

  /// A new folder under `.backspin/runs` (or `into`), numbered on from the last.
  static func make(into folder: String) throws -> RunFolder {
    let manager = FileManager.default
    do {
      try manager.createDirectory(atPath: folder, withIntermediateDirectories: true)
      let numbers = try manager.contentsOfDirectory(atPath: folder).compactMap { Int($0) }
      var number = (numbers.max() ?? 0) + 1
      // Somebody else may take a number between the look and the making.
      for _ in 0..<100 {
        let path = "\(folder)/\(number)"
        if (try? manager.createDirectory(atPath: path, withIntermediateDirectories: false)) != nil {
          try manager.createDirectory(atPath: path + "/stories", withIntermediateDirectories: true)
          return RunFolder(path: path)
        }
        number += 1
      }
      throw DiskError("no free number in \(folder)")
    } catch {
      throw Failure(
        "cannot write the run record into \(folder): \(Self.words(error)); name another with --record",
        Outcomes.hardware)
    }
  }

  func write(_ run: RunRecord) throws {
    try Self.write(RunJSON.document(run).pretty, to: path + "/run.json")
    try Self.write(HTMLPage.document(run), to: path + "/report.html")
    for story in run.stories {
      try Self.write(Data(story.journal.encoded), to: "\(path)/stories/\(Self.fileName(story.id)).bsj")
    }
    link()
  }

  static func fileName(_ id: String) -> String { id.replacingOccurrences(of: "/", with: "--") }

  /// Writes a whole file or nothing; a device (such as /dev/stdout) is written to as it is.
  static func write(_ text: String, to path: String) throws { try write(Data(text.utf8), to: path) }

  static func write(_ data: Data, to path: String) throws {
    do {
      if path.hasPrefix("/dev/") || path.hasPrefix("/proc/") {
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: path))
        try handle.write(contentsOf: data)
        try handle.close()
      } else {
        try data.write(to: URL(fileURLWithPath: path), options: .atomic)
      }
    } catch {
      throw Failure("cannot write \(path): \(words(error))", Outcomes.hardware)
    }
  }

  static func words(_ error: any Error) -> String {
    let underlying = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
    if let underlying, underlying.domain == NSPOSIXErrorDomain {
      return String(cString: strerror(Int32(underlying.code)))
    }
    if let error = error as? DiskError { return error.description }
    switch (error as? CocoaError)?.code {
    case .fileNoSuchFile: return "its folder is not there"
    case .fileWriteNoPermission: return "no permission"
    case .fileWriteOutOfSpace: return "no space left on device"
    case .fileWriteVolumeReadOnly: return "the file system is read-only"
    default: return (error as NSError).localizedDescription
    }
  }

  /// `latest` beside the folder; a link is changed by renaming, so that it is never missing.
  private func link() {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    let name = URL(fileURLWithPath: path).lastPathComponent
    let fresh = "\(folder)/.latest-\(name)"
    unlink(fresh)
    guard symlink(name, fresh) == 0, rename(fresh, "\(folder)/latest") == 0 else {
      // The record is whole; only what asks for the latest would look at an older one.
      Terminal.error("note: \(folder)/latest does not point to \(path): \(String(cString: strerror(errno)))")
      return
    }
  }
}
