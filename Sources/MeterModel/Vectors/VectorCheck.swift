// Metrology vectors checked row by row: closed-form cases with exact answers, against the very code that the
// emulated meters run on. The shape of a file is known by its columns; inputs are read from a row, and each
// other column must be what we get, to the last digit that is printed.

/// A checked file of vectors.
public struct VectorCheck: Hashable, Sendable {
  public enum Shape: String, Hashable, Sendable, CaseIterable {
    case disc, register, phases, netting, dials, clock
  }

  /// A cell that does not say what we get.
  public struct Difference: Hashable, Sendable {
    public var column: String
    public var expected: String
    public var got: String
  }

  /// What we get in one column, as it would be printed there.
  public struct Result: Hashable, Sendable {
    public var column: String
    public var text: String
  }

  public struct Row: Hashable, Sendable {
    /// 1-based line of the file.
    public var line: Int
    /// What we get, in the order of the columns.
    public var results: [Result]
    public var differences: [Difference]

    public var passes: Bool { differences.isEmpty }
  }

  public var shape: Shape
  public var rows: [Row]

  /// True if there is a row, and each row passes.
  public var passes: Bool { !rows.isEmpty && rows.allSatisfy(\.passes) }

  /// Checks the text of a CSV file. Throws for a file that cannot be read as vectors; a wrong number is no
  /// error but a verdict.
  public init(csv text: String) throws(VectorError) {
    let table = try VectorTable(text)
    let kind = try Self.recognise(table.columns)
    shape = kind.shape
    rows = []
    for row in table.rows { rows.append(try Self.judge(row, try kind.answers(row))) }
  }

  private static let kinds: [any VectorKind.Type] = [
    DiscVector.self, RegisterVector.self, PhasesVector.self, NettingVector.self, DialsVector.self,
    ClockVector.self,
  ]

  /// The shape whose columns these are, in any order.
  private static func recognise(_ columns: [String]) throws(VectorError) -> any VectorKind.Type {
    let given = Set(columns)
    if let kind = kinds.first(where: { Set($0.columns) == given }), columns.count == given.count {
      return kind
    }
    func shared(_ kind: any VectorKind.Type) -> Int { given.intersection(kind.columns).count }
    let nearest = kinds.max { shared($0) < shared($1) } ?? DiscVector.self
    var message = "these columns are no shape of vectors"
    if shared(nearest) > 0 {
      let missing = nearest.columns.filter { !given.contains($0) }
      let strange = columns.filter { !nearest.columns.contains($0) }
      message += "; nearest is \(nearest.shape.rawValue)"
      if !missing.isEmpty { message += ", which also has \(missing.joined(separator: ", "))" }
      if !strange.isEmpty { message += ", which has no \(strange.joined(separator: ", "))" }
      if missing.isEmpty, strange.isEmpty { message += ", with a column twice" }
    } else {
      message += "; known: \(Shape.allCases.map(\.rawValue).joined(separator: ", "))"
    }
    throw VectorError(code: "BS-VEC-02", line: 1, column: nil, message: message)
  }

  private static func judge(_ row: VectorRow, _ answers: [VectorAnswer]) throws(VectorError) -> Row {
    var differences: [Difference] = []
    for answer in answers {
      let expected = row.text(answer.column)
      let got = try row.exactly { () throws(FractionError) in try answer.value.against(expected) }
      if let got { differences.append(Difference(column: answer.column, expected: expected, got: got)) }
    }
    var results: [Result] = []
    for answer in answers {
      let expected = row.text(answer.column)
      results.append(
        Result(
          column: answer.column,
          text: try row.exactly { () throws(FractionError) in try answer.value.text(like: expected) }))
    }
    return Row(line: row.line, results: results, differences: differences)
  }
}

/// One shape of vectors.
protocol VectorKind: Sendable {
  static var shape: VectorCheck.Shape { get }
  /// All its columns: inputs and answers.
  static var columns: [String] { get }
  /// What we get for a row.
  static func answers(_ row: VectorRow) throws(VectorError) -> [VectorAnswer]
}

/// What we get in one column.
struct VectorAnswer {
  enum Value {
    /// Digits of a display: the same characters.
    case text(String)
    /// Exact; right if the printed number is it, rounded to as many places as are printed.
    case number(Fraction)
    /// There is no such quantity: an empty cell.
    case none

    /// Nil if `expected` says it, else what it should say.
    func against(_ expected: String) throws(FractionError) -> String? {
      switch self {
      case .text(let text): return text == expected ? nil : text
      case .none: return expected.isEmpty ? nil : ""
      case .number(let exact):
        guard let printed = Fraction.decimal(expected) else { return try exact.printed(decimals: 6) }
        let places = max(printed.decimals, 0)
        if try exact.prints(as: printed.value, decimals: places) { return nil }
        return exact.printedAsFloat(decimals: places) == expected ? nil : try exact.printed(decimals: places)
      }
    }

    /// With as many places as `expected` has; six where it is no number.
    func text(like expected: String) throws(FractionError) -> String {
      switch self {
      case .text(let text): return text
      case .none: return ""
      case .number(let exact):
        return try exact.printed(decimals: max(Fraction.decimal(expected)?.decimals ?? 6, 0))
      }
    }
  }

  var column: String
  var value: Value

  init(_ column: String, _ value: Value) { (self.column, self.value) = (column, value) }
  init(_ column: String, _ number: Fraction) { (self.column, value) = (column, .number(number)) }
}
