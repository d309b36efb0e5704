// Clauses of documents, as rules and policy values cite them: `EON 4.1.3-4.1.5`, `BUL 3.1.7 and 8.2`, `OCT`.

/// One clause of one document; a document without clauses is a clause of its own.
public struct Clause: Hashable, Sendable, Comparable {
  /// Short name of the document: `BUL`, `EON`, `OCT` …
  public var document: String
  /// `6.13`, `defs`; empty where the document is cited as a whole.
  public var number: String

  public init(_ document: String, _ number: String = "") {
    (self.document, self.number) = (document, number)
  }

  public var text: String { number.isEmpty ? document : "\(document) \(number)" }

  public static func < (left: Clause, right: Clause) -> Bool {
    guard left.document == right.document else { return left.document < right.document }
    let (one, other) = (left.parts, right.parts)
    for (a, b) in zip(one, other) where a != b { return a < b }
    return (one.count, left.number) < (other.count, right.number)
  }

  private var parts: [Int] { number.split(separator: ".").map { Int($0) ?? Int.max } }

  /// All clauses that a source names; a range is written out. What is nobody's clause gives none.
  public static func all(in source: String) -> [Clause] {
    var clauses: [Clause] = []
    var document: String?
    for piece in source.split(separator: ",") {
      for word in piece.split(whereSeparator: { " ;()".contains($0) }).map(String.init) {
        if isDocument(word) {
          document = word
          clauses.append(Clause(word))
        } else if let document, let numbers = numbers(word) {
          // A document that is followed by its clauses is not cited as a whole.
          if clauses.last == Clause(document) { clauses.removeLast() }
          clauses += numbers.map { Clause(document, $0) }
        }
      }
    }
    return clauses
  }

  /// Two or three capitals.
  private static func isDocument(_ word: String) -> Bool {
    (2...3).contains(word.count) && word.allSatisfy { ("A"..."Z").contains($0) }
  }

  /// `5.4` → itself; `6.1-6.2`, `4.1.8.3-4` → each of them; `defs`, `intro` → themselves.
  private static func numbers(_ word: String) -> [String]? {
    if ["defs", "intro"].contains(word) { return [word] }
    let ends = word.split(separator: "-").map(String.init)
    guard let first = ends.first, first.allSatisfy({ $0.isNumber || $0 == "." }) else { return nil }
    guard ends.count == 2, let last = ends[1].split(separator: ".").last.flatMap({ Int($0) }) else {
      return ends.count == 1 ? [first] : nil
    }
    let parts = first.split(separator: ".")
    guard let start = parts.last.flatMap({ Int($0) }), start <= last, last - start < 50 else { return nil }
    let stem = parts.dropLast().map { $0 + "." }.joined()
    return (start...last).map { "\(stem)\($0)" }
  }
}
