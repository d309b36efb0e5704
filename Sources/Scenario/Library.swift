// Where meter profiles, licensees and scenarios are found by name: in the folders that users name, then in
// the shipped one (PREFIX/share/backspin, or the root of the repository).

public import MeterModel
public import Settlement

/// Finds data files by name. Not shared between threads: it remembers what it has read.
public final class Library {
  /// What a folder holds, by the name of its subfolder.
  public enum Shelf: String, Hashable, Sendable, CaseIterable {
    case meters, licensees, calendars

    /// What one thing on it is called, in errors.
    var what: String {
      switch self {
      case .meters: "meter profile"
      case .licensees: "licensee"
      case .calendars: "calendar"
      }
    }
  }

  public let reader: any FileReader
  /// Folders with `meters` and `licensees` in them, or with the files themselves; the first that has a name
  /// wins.
  public let folders: [String]
  private var profiles: [String: Profile]
  private var policies: [String: Policy]
  private var workingDays: WorkingDays??

  /// `profiles` and `policies` are at hand without a file, and win.
  public init(
    reader: any FileReader, folders: [String], profiles: [Profile] = [], policies: [Policy] = []
  ) {
    (self.reader, self.folders) = (reader, folders)
    self.profiles = Dictionary(profiles.map { ($0.name, $0) }) { first, _ in first }
    self.policies = Dictionary(policies.map { ($0.name, $0) }) { first, _ in first }
  }

  /// The names on a shelf, sorted.
  public func names(_ shelf: Shelf) throws -> [String] {
    let made: [String] =
      switch shelf {
      case .meters: Array(profiles.keys)
      case .licensees: Array(policies.keys)
      case .calendars: []
      }
    return try Set(places(shelf).flatMap { try reader.names(in: $0) }.compactMap(Self.name) + made).sorted()
  }

  /// The path of a file by name; nothing where no folder has it.
  public func path(_ shelf: Shelf, _ name: String) throws -> String? {
    for place in places(shelf) where try reader.names(in: place).contains(name + ".yaml") {
      return "\(place)/\(name).yaml"
    }
    return nil
  }

  /// The profile that a scalar names.
  public func profile(_ node: Node) throws -> Profile {
    let name = try node.text("the name of a meter profile")
    if let known = profiles[name] { return known }
    let profile = try Profile(try file(.meters, name, asked: node))
    profiles[name] = profile
    return profile
  }

  /// The profile with a name, as somebody typed it.
  public func profile(named name: String) throws -> Profile { try profile(.scalar(name)) }

  /// The licensee that a scalar names.
  public func policy(_ node: Node) throws -> Policy {
    let name = try node.text("the name of a licensee")
    if let known = policies[name] { return known }
    let policy = try Policy(try file(.licensees, name, asked: node))
    policies[name] = policy
    return policy
  }

  public func policy(named name: String) throws -> Policy { try policy(.scalar(name)) }

  /// The bank holidays of England and Wales, by which working days are counted (R-PAY-04); nil where no
  /// folder has them.
  public func calendar() throws -> WorkingDays? {
    if let known = workingDays { return known }
    var found: WorkingDays?
    for place in places(.calendars) where try reader.names(in: place).contains(Self.calendarFile) {
      let path = "\(place)/\(Self.calendarFile)"
      found = try WorkingDays(csv: try reader.text(of: path), file: path)
      break
    }
    workingDays = .some(found)
    return found
  }

  private static let calendarFile = "england-and-wales.csv"

  /// Paths of all scenario files at or under a path, sorted.
  public func scenarios(at path: String) throws -> [String] {
    if path.hasSuffix(".yaml") || path.hasSuffix(".yml") { return [path] }
    let folder = path.hasSuffix("/") ? String(path.dropLast()) : path
    let found = try reader.names(in: folder).filter { !$0.hasPrefix(".") }.flatMap { name in
      try name.hasSuffix("/") || name.hasSuffix(".yaml") || name.hasSuffix(".yml")
        ? scenarios(at: "\(folder)/\(name)") : []
    }
    return found.sorted()
  }

  /// The folder of shipped data for an executable: `../share/backspin` beside its folder, else the nearest
  /// folder above it that has `Profiles/meters`. The folder holds `Profiles` and `Scenarios`.
  public static func shippedFolder(of executable: String, reader: any FileReader) -> String? {
    // Folders above may be anybody's: one that cannot be listed is not ours.
    func has(_ name: String, _ folder: String) -> Bool {
      let path = (folder.isEmpty ? "" : folder + "/") + name
      return (try? reader.names(in: path))?.isEmpty == false
    }
    var parts = executable.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    let installed = (parts.dropLast() + ["share", "backspin"]).joined(separator: "/")
    if has("Profiles/meters", installed) { return installed }
    while !parts.isEmpty {
      let folder = parts.joined(separator: "/")
      if has("Profiles/meters", folder) { return folder }
      parts.removeLast()
    }
    return nil
  }

  private func places(_ shelf: Shelf) -> [String] { folders.flatMap { ["\($0)/\(shelf.rawValue)", $0] } }

  private static func name(_ file: String) -> String? {
    file.hasSuffix(".yaml") ? String(file.dropLast(5)) : nil
  }

  private func file(_ shelf: Shelf, _ name: String, asked node: Node) throws -> Node {
    guard let path = try path(shelf, name) else {
      let known = try names(shelf)
      let near = Spelling.nearest(to: name, among: known).map { "did you mean '\($0)'?" }
      let list = known.isEmpty ? "no folder has any" : "there are: \(known.joined(separator: ", "))"
      throw node.diagnostic("BS-SCN-20", "no \(shelf.what) is called '\(name)'", help: near ?? list)
    }
    do {
      return try Node.parse(try reader.text(of: path), file: path)
    } catch let known as Diagnostic {
      throw known
    } catch {
      throw node.diagnostic("BS-SCN-15", "cannot read the \(shelf.what) \(path): \(error)")
    }
  }
}
