// From a file to its stories. Everything that is wrong in a file is told at once, in the order of its lines.

internal import Line
internal import MeterModel
internal import Settlement
public import Units

/// Reads scenario files.
public struct ScenarioReader {
  private let library: Library
  private let faults: [FaultDeclaration]

  /// Profiles and licensees come from the library; `faults` is the catalogue that scenarios may name.
  public init(library: Library, faults: [FaultDeclaration]) {
    self.library = library
    self.faults = faults
  }

  /// The stories of a file: one, or one for each row of its table. Throws `Diagnostics`.
  public func read(_ path: String) throws -> [ScenarioFile] {
    let text: String
    do {
      text = try library.reader.text(of: path)
    } catch {
      throw Diagnostics([
        Diagnostic(
          code: "BS-SCN-15", at: Position(file: path, line: 1, column: 1),
          message: "cannot read the scenario: \(error)")
      ])
    }
    return try read(text, path: path)
  }

  /// The stories of a text, as if it stood in a file at that path. Throws `Diagnostics`.
  public func read(_ text: String, path: String) throws -> [ScenarioFile] {
    let stories: [ScenarioTable.Story]
    do {
      stories = try ScenarioTable.stories(of: try Node.parse(text, file: path))
    } catch let one as Diagnostic {
      throw Diagnostics([one])
    }
    var files: [ScenarioFile] = []
    var wrong: [(row: String?, list: [Diagnostic])] = []
    for story in stories {
      do {
        files.append(try StoryDecoder(story, path: path, library: library, faults: faults).decode())
      } catch let several as Diagnostics {
        wrong.append((story.row, several.list))
      }
    }
    guard !wrong.isEmpty else { return files }
    throw Self.merged(wrong, rows: stories.count)
  }

  /// What is wrong in every row is told once; what is wrong in some is told with their names.
  private static func merged(_ wrong: [(row: String?, list: [Diagnostic])], rows: Int) -> Diagnostics {
    var order: [Diagnostic] = []
    var rowsOf: [Diagnostic: [String]] = [:]
    for (row, list) in wrong {
      for one in list {
        if rowsOf[one] == nil { order.append(one) }
        rowsOf[one, default: []].append(row ?? "")
      }
    }
    let told = order.map { one -> Diagnostic in
      guard let names = rowsOf[one], names.count < rows else { return one }
      var one = one
      one.message += " (in row \(names.joined(separator: ", ")))"
      return one
    }
    return Diagnostics(
      told.enumerated().sorted { ($0.element.at.line, $0.offset) < ($1.element.at.line, $1.offset) }.map(
        \.element))
  }
}
