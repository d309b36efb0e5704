// What a story says of itself: name, reason, window, and what is agreed beforehand about its verdict.

internal import Settlement
internal import Units

struct StoryHead {
  var id: String
  var title: String
  var because: [String]
  var tags: [String]
  /// Nil where nothing is said.
  var depths: Set<ScenarioFile.Depth>?
  var seed: UInt64?
  var entitled: ScenarioFile.Entitled
  var worked: String?
  var known: ScenarioFile.KnownGap?
  var declares: ScenarioFile.Declarations
  var mustFail: Expectation.Check.Kind?
  private let fromNode: Node?
  private let untilNode: Node?

  init(_ fields: inout Fields, row: String?, rowTitle: String?) throws {
    var problems = Collector()
    // Every key is asked for before anything is thrown, so that `finish` knows them all.
    let idNode = try problems.attempt { try fields.required("id") }
    let titleNode = try problems.attempt { try fields.required("title") }
    let nodes = ["because", "tags", "depths", "seed", "entitled", "worked", "known", "declares", "must-fail"]
      .reduce(into: [String: Node]()) { found, key in found[key] = fields.optional(key) }
    (fromNode, untilNode) = (fields.optional("from"), fields.optional("until"))
    let id = try problems.read(idNode) { try $0.identifier("the id") }
    let title = try problems.read(titleNode) { try $0.sentence("the title") }
    because =
      try problems.read(nodes["because"]) { try $0.items("the reasons").map { try $0.reason() } } ?? []
    tags =
      try problems.read(nodes["tags"]) { try $0.items("the tags").map { try $0.identifier("a tag") } } ?? []
    depths = try problems.read(nodes["depths"], Self.depths)
    seed = try problems.read(nodes["seed"]) { UInt64(try $0.whole("the seed", in: 0...Int64.max)) }
    worked = try problems.read(nodes["worked"]) { try $0.sentence("the working") }
    known = try problems.read(nodes["known"]) { try ScenarioFile.KnownGap($0) }
    declares = try problems.read(nodes["declares"]) { try ScenarioFile.Declarations($0) } ?? .init()
    mustFail = try problems.read(nodes["must-fail"]) { try $0.word("checker") }
    let isWorked = worked != nil
    entitled = try problems.read(nodes["entitled"]) { try .init($0, isWorked: isWorked) } ?? .trueValue
    self.id = [id, row].compactMap(\.self).joined(separator: "/")
    self.title = rowTitle ?? title ?? ""
    try problems.finish()
  }

  /// The window: as stated, or from the midnight (UTC) before the first instant of the timeline to the last.
  func window(stated: [Instant], _ node: Node) throws -> (from: Instant, until: Instant) {
    let from = try fromNode?.quantity("the start", Instant.self)
    let until = try untilNode?.quantity("the end", Instant.self)
    let earliest = stated.min().map { Instant(seconds: floorDivide($0.seconds, 86_400) * 86_400) }
    guard let start = from ?? earliest else {
      throw node.diagnostic(
        "BS-SCN-27", "nothing says when the story begins", help: "add `from: 2026-05-01T00:00Z`")
    }
    guard let end = until ?? stated.max() else {
      throw node.diagnostic(
        "BS-SCN-27", "nothing says when the story ends", help: "add `until: 2026-05-02T00:00Z`")
    }
    guard end > start else {
      throw (untilNode ?? fromNode ?? node).diagnostic(
        "BS-SCN-41", "the end of the story, \(end), does not lie after its start, \(start)")
    }
    guard end - start <= .days(36_525) else {
      throw (untilNode ?? node).diagnostic("BS-SCN-10", "a story lasts at most 36525 days")
    }
    return (start, end)
  }

  private static func depths(_ node: Node) throws -> Set<ScenarioFile.Depth> {
    let depths: [ScenarioFile.Depth] = try node.items("the depths").map { try $0.word("depth") }
    guard !depths.isEmpty else {
      throw node.diagnostic("BS-SCN-39", "a story means something at one depth at least")
    }
    return Set(depths)
  }
}

extension ScenarioFile.Entitled {
  init(_ node: Node, isWorked: Bool) throws {
    if case .scalar("true-value") = node.content {
      self = .trueValue
      return
    }
    self = .stated(try node.quantity("what the customer is entitled to"))
    guard isWorked else {
      throw node.diagnostic(
        "BS-SCN-33", "an amount stated by hand needs its working",
        help: "add `worked:` with the sum, or write entitled: true-value")
    }
  }
}

extension ScenarioFile.KnownGap {
  init(_ node: Node) throws {
    var fields = try Fields(node, of: "a known gap")
    self.init(
      until: try fields.required("until").quantity("the day"),
      because: try fields.required("because").sentence("the reason"), at: node.at)
    try fields.finish()
  }
}

extension ScenarioFile.Declarations {
  init(_ node: Node) throws {
    var fields = try Fields(node, of: "what is declared")
    let ids = try fields.optional("no-effect")?.words("ids of faults") ?? []
    let kinds: [Expectation.Check.Kind] =
      try fields.optional("vacuous")?.items("checkers").map { try $0.word("checker") } ?? []
    self.init(noEffect: Set(ids), vacuous: Set(kinds))
    try fields.finish()
  }
}

extension Node {
  /// Text that is not empty.
  func sentence(_ what: String) throws -> String {
    let text = try text(what)
    guard text.contains(where: { !$0.isWhitespace }) else {
      throw diagnostic("BS-SCN-07", "\(what) is empty")
    }
    return text
  }

  /// A rule of the rule book, which must be there, or a clause in words: `BUL 6.13`.
  func reason() throws -> String {
    let text = try sentence("a reason")
    guard text.hasPrefix("R-") else { return text }
    let known = Rule.allCases.map(\.rawValue)
    guard !known.contains(text) else { return text }
    let near = Spelling.nearest(to: text, among: known).map { "did you mean '\($0)'?" }
    throw diagnostic("BS-SCN-12", "'\(text)' is no rule", help: near ?? "`backspin rules` lists them")
  }

  func words(_ what: String) throws -> [String] { try items(what).map { try $0.sentence(what) } }
}
