// A stable name for a pseudo-terminal. It never replaces what it did not make: only a link that points to no
// terminal any more, as a killed meter leaves behind.

internal import Glibc

/// A symbolic link to a pseudo-terminal, removed again if it is still ours.
struct PtyLink {
  let path: String
  let target: String

  /// Makes the link. Throws `linkTaken`, `linkRefused`.
  init(_ path: String, to target: String) throws(HostError) {
    (self.path, self.target) = (path, target)
    if Self.isLeftOver(path, of: target) { unlink(path) }
    guard symlink(target, path) != 0 else { return }
    switch errno {
    case EEXIST:
      throw HostError(
        .linkTaken, "\(path) already exists: \(Self.what(path))", help: "choose another name, or remove it")
    case ENOENT, ENOTDIR:
      throw HostError(
        .linkRefused, "the folder of \(path) does not exist", help: "create it, or choose another name")
    case EACCES, EPERM, EROFS:
      throw HostError(
        .linkRefused, "no permission to create \(path)", help: "choose a folder of your own, such as /tmp")
    default:
      throw HostError(
        .linkRefused, "\(path) cannot be created (\(systemWord(errno)))", help: "choose another name")
    }
  }

  /// Removes the link unless somebody else has put something in its place.
  func remove() { if Self.target(of: path) == target { unlink(path) } }

  private static func target(of path: String) -> String? {
    var space = [CChar](repeating: 0, count: 4096)
    let length = readlink(path, &space, space.count - 1)
    return length > 0 ? text(of: space) : nil
  }

  /// A link to a terminal that is gone, or to the very number that we were just given.
  private static func isLeftOver(_ path: String, of own: String) -> Bool {
    guard let target = target(of: path), target.hasPrefix("/dev/pts/") else { return false }
    return target == own || access(target, F_OK) != 0
  }

  private static func what(_ path: String) -> String {
    if let target = target(of: path) {
      return target.hasPrefix("/dev/pts/")
        ? "a link to the live terminal \(target), perhaps of another meter" : "a link to \(target)"
    }
    var facts = stat()
    guard lstat(path, &facts) == 0 else { return "something" }
    return facts.st_mode & S_IFMT == S_IFDIR ? "a folder" : "a file"
  }
}
