// A trace on its way to disk: each event is written the moment it happens, so that a kill or a pulled plug
// loses nothing that was seen. A file that is there already is never written over.

internal import ArgumentParser
internal import Foundation
internal import Line
internal import Units

/// A trace file that grows.
final class TraceKeeper {
  let path: String
  private let handle: FileHandle
  private let place: String
  private(set) var events = 0
  /// Why nothing more can be written.
  private(set) var failure: Failure?

  /// Makes the file. Throws `Failure`: 2 where it exists, 7 where it cannot be made.
  init(_ path: String, place: String) throws {
    (self.path, self.place) = (path, place)
    let isDevice = path.hasPrefix("/dev/")
    let flags = O_WRONLY | O_APPEND | O_CLOEXEC | (isDevice ? 0 : O_CREAT | O_EXCL)
    let descriptor = open(path, flags, 0o644)
    guard descriptor >= 0 else {
      if errno == EEXIST { throw Failure("\(path) exists already: a recording is never written over") }
      throw Failure("cannot write \(path): \(String(cString: strerror(errno)))", Outcomes.hardware)
    }
    handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }

  /// Writes the head. Without it the file is no trace.
  func begin(_ origin: Instant, line: SerialSettings?, _ tongue: TraceTongue) {
    let marks = [TraceMark("place", place), TraceMark("by", "backspin \(Backspin.configuration.version)")]
    write(Trace(origin: origin, line: line, tongue: tongue, marks: marks).head)
  }

  /// The same file, with nothing in it: what was tried before was not understood.
  func emptied() throws -> TraceKeeper {
    try? handle.truncate(atOffset: 0)
    events = 0
    return self
  }

  func keep(_ event: TraceEvent) {
    events += 1
    write(event.text)
  }

  /// The first failure is told; what was written before it stays.
  func check() throws { if let failure { throw failure } }

  private func write(_ text: String) {
    guard failure == nil else { return }
    do {
      try handle.write(contentsOf: Data(text.utf8))
    } catch {
      let word = String(cString: strerror(errno))
      failure = Failure("cannot write \(path): \(word); what was seen so far is in it", Outcomes.hardware)
    }
  }

  /// Reads a trace. Throws `Failure` with the place of what is wrong.
  static func read(_ path: String) throws -> Trace {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Failure("cannot read \(path): no such file, or no permission")
    }
    do {
      return try Trace(parsing: Array(data))
    } catch {
      throw Failure("\(path):\(error)")
    }
  }
}
