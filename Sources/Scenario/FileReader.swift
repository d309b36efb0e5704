// How files are read, without touching the machine here: whoever runs us brings a reader. Tests bring a
// dictionary.

/// Reads text files and lists folders. Paths use `/`; what is not there is an error of the reader's own
/// choosing.
public protocol FileReader {
  /// The text of a file (UTF-8).
  func text(of path: String) throws -> String
  /// The names in a folder, in any order; the name of a folder within ends with `/`. Empty where there is
  /// none; throws where there is one that cannot be listed.
  func names(in folder: String) throws -> [String]
}

/// Reads the files that a scenario names by paths relative to itself.
public struct FileLoader {
  private let reader: any FileReader
  private let folder: String

  public init(_ reader: any FileReader, besides file: String) {
    self.reader = reader
    folder = file.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
  }

  /// Where a file is that a scenario names.
  public func path(of name: String) -> String {
    folder.isEmpty || name.hasPrefix("/") ? name : "\(folder)/\(name)"
  }

  /// The file that a scalar names: its path, for the positions of errors, and its text.
  public func file(_ node: Node, _ what: String) throws -> (path: String, text: String) {
    let name = try node.text(what)
    guard !name.hasPrefix("/") else {
      throw node.diagnostic(
        "BS-SCN-14", "\(what) is named by an absolute path", help: "write it relative to this file")
    }
    let path = path(of: name)
    do {
      return (path, try reader.text(of: path))
    } catch {
      throw node.diagnostic("BS-SCN-15", "cannot read \(what) \(path): \(error)")
    }
  }
}
