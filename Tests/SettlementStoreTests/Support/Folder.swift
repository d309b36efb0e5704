// A folder for one test, in memory where the machine has such a place: a kill spares what was written, there
// as on a disk.

import Foundation
import Units

@testable import SettlementStore

/// A folder that is removed with it.
final class Folder: Sendable {
  let url: URL

  init() throws {
    let memory = URL(fileURLWithPath: "/dev/shm")
    let isThere = FileManager.default.isWritableFile(atPath: memory.path)
    let base = isThere ? memory : FileManager.default.temporaryDirectory
    url = base.appendingPathComponent("backspin-store-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appendingPathComponent(name).path }

  func store(_ name: String = "store.db", _ access: Store.Access = .create) throws
    -> Store
  {
    try Store(path: path(name), access: access)
  }

  func write(_ text: String, to name: String) throws {
    try Data(text.utf8).write(to: url.appendingPathComponent(name))
  }
}

extension Store {
  var text: [String] {
    get throws {
      var lines: [String] = []
      try writeText { lines.append($0) }
      return lines
    }
  }

  /// Settles all, and gives what was said of the only agreement.
  @discardableResult
  func settled(until: Instant) throws -> SettledAgreement? {
    var last: SettledAgreement?
    try settle(until: until) { last = $0 }
    return last
  }
}
