// Which programs have a device open, as far as this user may see it (proc(5)).

internal import Glibc

/// A program that has a device open.
public struct PortHolder: Hashable, Sendable, CustomStringConvertible {
  public var process: Int32
  /// Its command, cut off by the kernel after 15 characters.
  public var name: String

  public init(process: Int32, name: String) { (self.process, self.name) = (process, name) }

  public var description: String { "\(name) (process \(process))" }

  /// The programs other than this one that have a device open;
  /// programs of other users are seen by root alone.
  public static func all(of path: String) -> [PortHolder] {
    guard let real = realpath(path, nil) else { return [] }
    defer { free(real) }
    let device = String(cString: real)
    return entries(of: "/proc").compactMap { Int32($0) }.sorted().filter { $0 != getpid() }.compactMap {
      process in
      let folder = "/proc/\(process)/fd"
      guard entries(of: folder).contains(where: { target(of: "\(folder)/\($0)") == device }) else {
        return nil
      }
      return PortHolder(process: process, name: name(of: process))
    }
  }

  private static func entries(of folder: String) -> [String] {
    guard let open = opendir(folder) else { return [] }
    defer { closedir(open) }
    var names: [String] = []
    while let entry = readdir(open) {
      names.append(
        withUnsafeBytes(of: entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
    }
    return names
  }

  private static func target(of link: String) -> String? {
    var space = [CChar](repeating: 0, count: 256)
    let length = readlink(link, &space, space.count - 1)
    return length > 0 ? text(of: space) : nil
  }

  private static func name(of process: Int32) -> String {
    smallFile("/proc/\(process)/comm") ?? "a program"
  }
}

/// The first line of a small file of the kernel; nil where it is not there or may not be read.
func smallFile(_ path: String) -> String? {
  let descriptor = open(path, O_RDONLY | O_CLOEXEC)
  guard descriptor >= 0 else { return nil }
  defer { close(descriptor) }
  var space = [UInt8](repeating: 0, count: 256)
  let got = read(descriptor, &space, space.count)
  guard got > 0 else { return nil }
  return String(decoding: space.prefix(got).prefix { $0 != 0x0A }, as: UTF8.self)
}
