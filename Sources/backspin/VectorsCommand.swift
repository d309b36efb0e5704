internal import ArgumentParser
internal import MeterModel

/// `backspin vectors FILE…`: metrology vectors, a verdict per row.
struct VectorsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vectors",
    abstract: "Check metrology vectors (CSV) row by row against the code the meters run on.",
    discussion: "The shape (disc, register, phases, netting, dials, clock) is recognised by the columns.")

  @Argument(help: "CSV files.") var files: [String]
  @Flag(help: "Print only rows that differ.") var failed = false

  func run() throws {
    var isMet = true
    for file in files {
      let check: VectorCheck
      do {
        check = try VectorCheck(csv: try DiskReader().text(of: file))
      } catch let error as VectorError {
        throw Failure("\(file):\(error)")
      } catch {
        throw Failure("\(error)")
      }
      isMet = isMet && check.passes
      Terminal.line("\(file): \(check.shape.rawValue), \(check.rows.count) rows")
      for row in check.rows where !failed || !row.passes {
        let results = row.results.map { "\($0.column)=\($0.text)" }.joined(separator: " ")
        Terminal.line("  line \(row.line) \(row.passes ? "exact" : "DIFFERS"): \(results)")
        for one in row.differences {
          Terminal.line("    \(one.column): expected \(one.expected), got \(one.got)")
        }
      }
    }
    guard isMet else { throw Outcomes.unmet }
  }
}
