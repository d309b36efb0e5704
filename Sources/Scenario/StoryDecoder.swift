// Reads one story: its parts in the order in which they need one another, each told apart when it is wrong.

internal import MeterModel
internal import Settlement
internal import Truth
internal import Units

struct StoryDecoder {
  private let story: ScenarioTable.Story
  private let path: String
  private let library: Library
  private var cast: Cast
  private var problems = Collector()

  init(_ story: ScenarioTable.Story, path: String, library: Library, faults: [FaultDeclaration]) {
    (self.story, self.path, self.library) = (story, path, library)
    cast = Cast(library: library, path: path)
    cast.faults = faults
  }

  /// The story, or everything that is wrong with it as `Diagnostics`.
  func decode() throws -> ScenarioFile {
    var decoder = self
    return try decoder.run()
  }

  private mutating func run() throws -> ScenarioFile {
    guard var fields = try problems.attempt({ try Fields(story.node, of: "a scenario") }) else {
      throw refusal
    }
    let head = try problems.attempt { try StoryHead(&fields, row: story.row, rowTitle: story.rowTitle) }
    let siteNode = fields.optional("site")
    cast.hasSite = siteNode != nil
    cast.cutsAtEnd = siteNode == nil && story.row != nil
    let site = try problems.read(siteNode) { [files = cast.files] in try SiteDescription($0, files: files) }
    let isCastWhole = try castMeters(&fields)
    let agreementNode = fields.optional("agreement")
    cast.hasAgreement = agreementNode != nil
    let rows = try timelineRows(fields.optional("timeline"))
    let expectNode = try problems.attempt { try fields.required("expect") }
    _ = try problems.attempt { try fields.finish() }
    // Where somebody or the time is missing, what names them cannot be judged.
    let window = try problems.attempt { try head?.window(stated: rows.flatMap(\.stated), story.node) }
    guard isCastWhole, let head, let window = window ?? nil else { throw refusal }
    (cast.from, cast.until) = (window.from, window.until)
    // Where nothing is read over a line, no depth differs from another.
    cast.depths = head.depths ?? (cast.hasSite ? Set(ScenarioFile.Depth.allCases) : [.memory])
    let timeline = try commands(rows)
    let expect = try expectations(expectNode)
    let (agreement, policy) = try agree(agreementNode, site)
    let calendar = try problems.attempt { try library.calendar() } ?? nil
    guard problems.found.isEmpty else { throw refusal }
    let file = ScenarioFile(
      id: head.id, title: head.title, because: head.because, tags: head.tags, depths: cast.depths,
      seed: head.seed, from: cast.from, until: cast.until, site: site, meters: cast.meters,
      given: cast.given, lines: cast.lines, agreement: agreement, policy: policy, calendar: calendar,
      timeline: timeline, expect: expect, known: head.known,
      entitled: head.entitled, worked: head.worked, declares: head.declares,
      mustFail: head.mustFail, file: path, node: story.node)
    StoryCheck.check(file, problems: &problems)
    try problems.finish()
    return file
  }

  private var refusal: Diagnostics { Diagnostics(problems.sorted) }

  /// Reads lines and meters; false if one of them could not be read.
  private mutating func castMeters(_ fields: inout Fields) throws -> Bool {
    let before = problems.found.count
    for entry in try entries(fields.optional("lines"), "the lines") {
      if let line = try problems.attempt({ try LineSetup(entry) }) { cast.lines.append(line) }
    }
    let meters = try problems.attempt { try fields.required("meters") }
    let all = try entries(meters, "the meters")
    if let meters, all.isEmpty, problems.found.count == before {
      problems.add(meters.diagnostic("BS-SCN-39", "a story has at least one meter"))
    }
    for entry in all { try castMeter(entry, isAlone: all.count == 1) }
    if cast.lines.isEmpty, cast.meters.contains(where: { $0.line == LineSetup.usualName }) {
      cast.lines = [LineSetup()]
    }
    return problems.found.count == before
  }

  /// A meter is emulated where something flows and it has a profile.
  private mutating func castMeter(_ entry: Node.Entry, isAlone: Bool) throws {
    if entry.value[Node.Path("given")] != nil {
      if let meter = try problems.attempt({ try GivenMeter(entry, isAlone: isAlone) }) {
        cast.given.append(meter)
      }
      return
    }
    let setup = try problems.attempt {
      try MeterSetup(entry, library: library, lines: cast.lines, isAlone: isAlone)
    }
    guard let setup else { return }
    guard !cast.hasSite else { return cast.meters.append(setup) }
    for key in ["reads", "line", "unit"] {
      guard let node = entry.value[Node.Path(key)] else { continue }
      problems.add(
        node.diagnostic(
          "BS-SCN-48", "nothing emulates \(setup.name) in a story without a site, so `\(key)` says nothing",
          help: "leave it out, or add `site:`"))
    }
    cast.given.append(GivenMeter(setup))
  }

  private mutating func entries(_ node: Node?, _ what: String) throws -> [Node.Entry] {
    guard let node else { return [] }
    return try problems.attempt {
      _ = try Fields(node, of: what)
      guard case .map(let entries) = node.content else { return [] }
      return entries
    } ?? []
  }

  private mutating func timelineRows(_ node: Node?) throws -> [TimelineRow] {
    guard let node, let items = try problems.attempt({ try node.list("the timeline") }) else { return [] }
    return try items.enumerated().compactMap { index, item in
      try problems.attempt { [files = cast.files] in try TimelineRow(item, index: index, files: files) }
    }
  }

  private mutating func commands(_ rows: [TimelineRow]) throws -> [Command] {
    var commands: [Command] = []
    for row in rows {
      commands += try problems.attempt { try row.commands(in: cast) } ?? []
    }
    return try cast.takeFlows(commands.inOrder, &problems)
  }

  private mutating func expectations(_ node: Node?) throws -> [Expectation] {
    guard let node, let items = try problems.attempt({ try node.list("what is expected") }) else { return [] }
    if items.isEmpty { problems.add(node.diagnostic("BS-SCN-39", "a story expects at least one thing")) }
    return try items.compactMap { item in try problems.attempt { try Expectation(item, in: cast) } }
  }

  private mutating func agree(
    _ node: Node?, _ site: SiteDescription?
  ) throws -> (Agreement?, Policy?) {
    guard let node else { return (nil, nil) }
    let known = cast.known
    let context = AgreementContext(
      facts: cast.factContext(at: cast.from), meters: known.map(\.details), exportMPAN: cast.exportMPAN,
      importMPAN: cast.importMPAN, site: site)
    let agreement = try problems.attempt { try Agreement(node, in: context) }
    var policy = try problems.read(node[Node.Path("licensee")]) { try library.policy($0) }
    if let own = node[Node.Path("policy")] {
      _ = try problems.attempt { try policy?.override(own) }
    }
    return (agreement, policy)
  }
}
