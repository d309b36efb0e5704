// What a column of an export file can be for, and the words by which people name such columns.

/// What a column says.
public enum ExportRole: String, Hashable, Sendable, CaseIterable {
  /// When the half-hour starts.
  case start
  /// When it ends.
  case end
  /// A stamp that does not say of which end it is.
  case stamp
  /// A date whose time stands in another column, or whose settlement period does.
  case date
  case time
  /// The number of the half-hour in its settlement day, from 1 (R-SP-01).
  case period
  /// Energy sent to the grid.
  case export
  /// Energy taken from the grid.
  case `import`
  /// Measured, estimated or missing.
  case quality
  /// Whose row it is, in files of several supplies.
  case mpan

  static let ofTime: Set<ExportRole> = [.start, .end, .stamp, .date, .time, .period]
}

/// A column as somebody names it.
public enum ColumnName: Hashable, Sendable, CustomStringConvertible {
  /// By its header; letters may be large or small.
  case header(String)
  /// By its place, from 1: `#3`.
  case number(Int)
  /// No column, whatever the header says.
  case none

  init(_ text: String) {
    if text.lowercased() == "none" {
      self = .none
    } else if text.first == "#", let number = Int(text.dropFirst()) {
      self = .number(number)
    } else {
      self = .header(text)
    }
  }

  public var description: String {
    switch self {
    case .header(let text): text
    case .number(let number): "#\(number)"
    case .none: "none"
    }
  }
}

/// A `start=COL,export=COL` that cannot be read.
public struct ColumnMapError: Error, Hashable, Sendable, CustomStringConvertible {
  public var description: String
}

extension ExportRole {
  /// Reads `start=COL,export=COL`; a header with a comma in it is kept whole, as no role stands behind its comma.
  public static func columns(parsing text: String) throws(ColumnMapError) -> [(ExportRole, ColumnName)] {
    var pieces: [String] = []
    for piece in text.split(separator: ",", omittingEmptySubsequences: false) {
      if piece.contains("=") || pieces.isEmpty {
        pieces.append(String(piece))
      } else {
        pieces[pieces.count - 1] += "," + piece
      }
    }
    var columns: [(ExportRole, ColumnName)] = []
    for piece in pieces {
      let parts = piece.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map {
        $0.trimmed
      }
      let known = allCases.map(\.rawValue)
      guard let role = ExportRole(rawValue: parts[0].lowercased()) else {
        let near = Spelling.nearest(to: parts[0], among: known).map { "did you mean '\($0)'?" }
        throw ColumnMapError(
          description: "'\(parts[0])' is nothing that a column is for; "
            + (near ?? "there are: \(known.joined(separator: ", "))"))
      }
      guard parts.count == 2, !parts[1].isEmpty else {
        throw ColumnMapError(
          description: "'\(piece)' names no column: write \(role.rawValue)=HEADER, \(role.rawValue)=#3 or "
            + "\(role.rawValue)=none")
      }
      guard !columns.contains(where: { $0.0 == role }) else {
        throw ColumnMapError(description: "'\(role.rawValue)' is given twice")
      }
      columns.append((role, ColumnName(parts[1])))
    }
    return columns
  }
}

extension StringProtocol {
  /// Without blanks at both ends.
  var trimmed: String {
    var rest = self[...]
    while rest.first?.isWhitespace == true { rest = rest.dropFirst() }
    while rest.last?.isWhitespace == true { rest = rest.dropLast() }
    return String(rest)
  }
}
