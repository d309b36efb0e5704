// Files as the scenario language wants them, from the disk.

internal import Foundation
internal import Scenario

struct DiskReader: FileReader {
  func text(of path: String) throws -> String {
    let data: Data
    do {
      data = try Data(contentsOf: URL(fileURLWithPath: path))
    } catch {
      throw DiskError(Self.words(error, path: path))
    }
    guard let text = String(data: data, encoding: .utf8) else { throw DiskError("\(path) is not UTF-8 text") }
    return text
  }

  func names(in folder: String) throws -> [String] {
    let manager = FileManager.default
    let path = folder.isEmpty ? "." : folder
    var isThere: ObjCBool = false
    guard manager.fileExists(atPath: path, isDirectory: &isThere), isThere.boolValue else { return [] }
    let names: [String]
    do { names = try manager.contentsOfDirectory(atPath: path) } catch {
      throw DiskError("\(path): the folder cannot be listed: \(RunFolder.words(error))")
    }
    return names.map { name in
      var isFolder: ObjCBool = false
      _ = manager.fileExists(atPath: path + "/" + name, isDirectory: &isFolder)
      return isFolder.boolValue ? name + "/" : name
    }
  }

  private static func words(_ error: any Error, path: String) -> String {
    let manager = FileManager.default
    var isFolder: ObjCBool = false
    if !manager.fileExists(atPath: path, isDirectory: &isFolder) { return "\(path): no such file" }
    if isFolder.boolValue { return "\(path) is a folder" }
    if !manager.isReadableFile(atPath: path) { return "\(path): no permission to read it" }
    return "\(path): \(error)"
  }
}

/// Why a file cannot be read, in one line.
struct DiskError: Error, CustomStringConvertible {
  var description: String
  init(_ description: String) { self.description = description }
}
