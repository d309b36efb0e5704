// A column as a person names it, and the text form of such names: `start=COL,export=#3`.

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

/// What the columns of one kind of file are for.
public protocol ColumnRole: RawRepresentable, CaseIterable, Hashable, Sendable where RawValue == String {
  /// The option by which a person names columns.
  static var option: String { get }
}

extension ColumnRole {
  /// Reads `start=COL,export=COL`; a header with a comma in it is kept whole,
  /// as no role stands behind its comma.
  public static func columns(parsing text: String) throws(ColumnMapError) -> [(Self, ColumnName)] {
    var pieces: [String] = []
    for piece in text.split(separator: ",", omittingEmptySubsequences: false) {
      if piece.contains("=") || pieces.isEmpty {
        pieces.append(String(piece))
      } else {
        pieces[pieces.count - 1] += "," + piece
      }
    }
    var columns: [(Self, ColumnName)] = []
    for piece in pieces {
      let parts = piece.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map {
        $0.trimmed
      }
      let known = allCases.map(\.rawValue)
      guard let role = Self(rawValue: parts[0].lowercased()) else {
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
