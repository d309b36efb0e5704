// Calls and types that must not be used, as token patterns, each with what to use instead.

/// A run of tokens that is refused in some files.
struct TokenRule: Sendable {
  let id: String
  let patterns: [[String]]
  let instead: String
  let applies: @Sendable (TidyFile) -> Bool
  /// A word that makes the call legitimate when it stands in its parentheses (`using:` of a random call).
  var unlessGiven: String?
  /// Words and marks that make it another thing when they stand just before it (`.print`, `func print`).
  var unlessAfter: Set<String> = []

  func violations(in file: TidyFile) -> [Violation] {
    guard file.isSwift, applies(file) else { return [] }
    return file.tokens.indices.compactMap { index in
      guard let pattern = patterns.first(where: { Self.stands($0, in: file.tokens, at: index) }) else {
        return nil
      }
      if index > 0, unlessAfter.contains(file.tokens[index - 1].text) { return nil }
      let end = index + pattern.count
      if let unlessGiven, Self.call(in: file.tokens, from: end).contains(unlessGiven) { return nil }
      return file.violation(id, at: file.tokens[index].line, "`\(pattern.joined())`: \(instead)")
    }
  }

  private static func stands(_ pattern: [String], in tokens: [SwiftToken], at index: Int) -> Bool {
    guard tokens[index].text == pattern[0], index + pattern.count <= tokens.count else { return false }
    return pattern.indices.allSatisfy {
      tokens[index + $0].text == pattern[$0] && tokens[index + $0].kind != .string
    }
  }

  /// The words between the opening parenthesis just passed and its end.
  private static func call(in tokens: [SwiftToken], from start: Int) -> [String] {
    var depth = 1
    return tokens[min(start, tokens.count)...].prefix { token in
      if token.kind == .mark, token.text == "(" { depth += 1 }
      if token.kind == .mark, token.text == ")" { depth -= 1 }
      return depth > 0
    }.map(\.text)
  }

  /// The modules that may touch the machine: only HostIO does, and tests may.
  private static func awayFromTheMachine(_ file: TidyFile) -> Bool {
    file.isSource && file.module != "HostIO"
  }

  private static func awayFromFiles(_ file: TidyFile) -> Bool {
    let readers = ["HostIO", "backspin", "BackspinTesting", "Scenario"]
    return file.isSource && !readers.contains(file.module ?? "")
  }

  private static func exact(_ file: TidyFile) -> Bool {
    file.isSource && ["Units", "Settlement"].contains(file.module ?? "")
  }

  static let all: [TokenRule] = [
    TokenRule(
      id: "system-clock",
      patterns: [
        ["Date", "(", ")"], ["Date", ".", "now"], ["ContinuousClock"], ["SuspendingClock"], ["DispatchTime"],
        ["clock_gettime"], ["gettimeofday"], ["time", "(", "nil"], ["CFAbsoluteTimeGetCurrent"],
      ],
      instead:
        "take the instant from the VirtualClock, or be given it; only HostIO reads the machine's clock",
      applies: awayFromTheMachine),
    TokenRule(
      id: "system-random",
      patterns: [
        ["SystemRandomNumberGenerator"], ["arc4random"], ["UUID", "(", ")"], ["drand48"], ["getrandom"],
      ],
      instead: "draw by index from a named RandomStream",
      applies: awayFromTheMachine),
    TokenRule(
      id: "global-random",
      patterns: [
        [".", "random", "("], [".", "randomElement", "("], [".", "shuffled", "("], [".", "shuffle", "("],
      ],
      instead: "draw by index from a named RandomStream, or give a generator with `using:`",
      applies: awayFromTheMachine, unlessGiven: "using"),
    TokenRule(
      id: "hash-order", patterns: [[".", "hashValue"]],
      instead: "hash values differ from run to run; use a digest of your own or the value itself",
      applies: awayFromTheMachine),
    TokenRule(
      id: "sleep",
      patterns: [["sleep", "("], ["usleep", "("], ["nanosleep", "("], ["clock_nanosleep", "("]],
      instead:
        "only waiting moves time: schedule on the VirtualClock; a Pace holds back where a person watches",
      applies: awayFromTheMachine),
    TokenRule(
      id: "threads",
      patterns: [
        ["DispatchQueue"], ["DispatchSemaphore"], ["DispatchGroup"], ["Thread"], ["pthread_create"],
        ["Task", "{"],
        ["Task", "."], ["Task", "("],
      ],
      instead: "one world, one thread; HostIO alone starts threads",
      applies: awayFromTheMachine),
    TokenRule(
      id: "files",
      patterns: [
        ["FileManager"], ["FileHandle"], ["contentsOf", ":", "URL"], ["contentsOfFile"], ["fopen"],
        ["ProcessInfo"],
        ["getenv"], ["Process", "("],
      ],
      instead: "be given the text; files and environment are read in HostIO, backspin and Scenario's library",
      applies: awayFromFiles),
    TokenRule(
      id: "printing", patterns: [["print", "("], ["debugPrint", "("], ["NSLog"], ["dump", "("]],
      instead: "return the text; only backspin prints",
      applies: { $0.isSource && $0.module != "backspin" }, unlessAfter: [".", "func"]),
    TokenRule(
      id: "floating-point",
      patterns: ["Double", "Float", "Float16", "Float32", "Float64", "CGFloat", "Decimal"].map { [$0] },
      instead: "whole numbers only: mW·ms, Wh, 1e-6 p/kWh, nano-pence", applies: exact),
    TokenRule(
      id: "forced", patterns: [["try", "!"], ["as", "!"]],
      instead: "let it throw, or unwrap with `guard`/`#require` and say what is wrong", applies: { _ in true }
    ),
    TokenRule(
      id: "fatal", patterns: [["fatalError"]],
      instead:
        "throw a typed error for bad input; `precondition` with its reason for an invariant of our own",
      applies: { $0.isSource }),
  ]
}
