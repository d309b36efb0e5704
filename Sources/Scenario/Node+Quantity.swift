// Scalars with units: the text is parsed by the quantity's own type, and its complaint is put at the right
// column.

public import Units

extension Node {
  /// A quantity with its unit ("3.95 kWp"), a date, an instant, an MPAN …; `what` names it in errors: "the
  /// power".
  public func quantity<Quantity: WrittenText>(
    _ what: String, _ type: Quantity.Type = Quantity.self
  ) throws -> Quantity {
    let text = try text(what)
    do {
      return try Quantity(parsing: text)
    } catch {
      throw diagnostic("BS-SCN-13", "\(what) cannot be '\(text)': \(error.message)", under: error.offending)
    }
  }

  /// An error about a part of a scalar, given in characters of its text.
  public func diagnostic(
    _ code: String, _ message: String, help: String = "", under part: Range<Int>
  ) -> Diagnostic {
    guard case .scalar(let text) = content, let line = source.line(at.line) else {
      return diagnostic(code, message, help: help)
    }
    let letters = Array(line)
    let start = at.column - 1
    let quoted = letters.indices.contains(start) && (letters[start] == "\"" || letters[start] == "'")
    let textStart = start + (quoted ? 1 : 0)
    // A scalar with escapes or over several lines does not stand in the line as it is: mark where it begins.
    guard letters.dropFirst(textStart).starts(with: text) else {
      return diagnostic(code, message, help: help)
    }
    let position = Position(file: at.file, line: at.line, column: textStart + part.lowerBound + 1)
    return Diagnostic(
      code: code, at: position, message: message, help: help, excerpt: line, width: max(part.count, 1))
  }
}
