// How many lines each function takes, from the line of its keyword to its closing brace.

struct FunctionLength {
  let name: String
  let line: Int
  let lines: Int

  private static let keywords: Set = ["func", "init", "deinit", "subscript", "var"]
  /// Words that start the next member: a declaration that meets one has no body (a protocol's requirement).
  private static let nextMember: Set = [
    "func", "init", "deinit", "subscript", "var", "let", "case", "static", "mutating", "struct", "enum",
    "class",
    "extension", "typealias", "associatedtype", "protocol", "import", "public", "private", "internal",
  ]

  static func all(in tokens: [SwiftToken]) -> [FunctionLength] {
    tokens.indices.compactMap { index in
      let token = tokens[index]
      guard token.kind == .word, keywords.contains(token.text) else { return nil }
      // `.init(…)` and `self.init(…)` are calls.
      if index > 0, tokens[index - 1].text == "." { return nil }
      guard let open = body(of: tokens, after: index, isVariable: token.text == "var"),
        let close = end(of: tokens, from: open)
      else { return nil }
      let following =
        index + 1 < tokens.count && tokens[index + 1].kind == .word ? tokens[index + 1].text : ""
      let name = ["func", "var"].contains(token.text) ? following : token.text
      return FunctionLength(name: name, line: token.line, lines: tokens[close].line - token.line + 1)
    }
  }

  /// The brace that opens the body. Braces within parentheses are default arguments.
  private static func body(of tokens: [SwiftToken], after index: Int, isVariable: Bool) -> Int? {
    var depth = 0
    for place in tokens.indices[(index + 1)...] {
      let token = tokens[place]
      if token.kind == .word, depth == 0, nextMember.contains(token.text) { return nil }
      guard token.kind == .mark else { continue }
      switch token.text {
      case "(", "[": depth += 1
      case ")", "]": depth -= 1
      case "{" where depth == 0: return place
      case "}" where depth == 0: return nil
      // A stored property: its value may be a long table.
      case "=" where depth == 0 && isVariable: return nil
      default: break
      }
      if depth < 0 { return nil }
    }
    return nil
  }

  private static func end(of tokens: [SwiftToken], from open: Int) -> Int? {
    var depth = 0
    for place in tokens.indices[open...] where tokens[place].kind == .mark {
      if tokens[place].text == "{" { depth += 1 }
      if tokens[place].text == "}" { depth -= 1 }
      if depth == 0 { return place }
    }
    return nil
  }
}
