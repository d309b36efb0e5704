// Reads one story: its parts in the order in which they need one another, each told apart when it is wrong.

internal import MeterModel
internal import Settlement
internal import Truth
internal import Units

struct StoryDecoder {
  private let story: ScenarioTable.Story
  private let path: String
  private let library: Library
  private var cast = Cast()
  private var problems = Collector()

  init(_ story: ScenarioTable.Story, path: String, library: Library, faults: [FaultDeclaration]) {
    (self.story, self.path, self.library) = (story, path, library)
    (cast.faults, cast.library) = (faults, library)
  }

  /// The story, or everything that is wrong with it as `Diagnostics`.
  func decode() throws -> ScenarioFile {
    var decoder = self
    return try decoder.run()
  }

  private mutating func run() throws -> ScenarioFile {
    var fields: Fields
    do { fields = try Fields(story.node, of: "a scenario") } catch let one as Diagnostic {
      throw Diagnostics([one])
    }
    let head = try problems.attempt { try StoryHead(&fields, row: story.row, rowTitle: story.rowTitle) }
    let siteNode = try problems.attempt { try fields.required("site") }
    try castMeters(
      lines: fields.optional("lines"), meters: try problems.attempt { try fields.required("meters") })
    let agreementNode = fields.optional("agreement")
    let rows = try timelineRows(fields.optional("timeline"))
    let expectNode = try problems.attempt { try fields.required("expect") }
    let files = FileLoader(library.reader, besides: path)
    let site = try siteNode.flatMap { node in try problems.attempt { try SiteDescription(node, files: files) }
    }
    cast.hasAgreement = agreementNode != nil
    let window = try problems.attempt { try head?.window(stated: rows.flatMap(\.stated), story.node) }
    if let window = window ?? nil { (cast.from, cast.until) = (window.from, window.until) }
    // Without who and when, nothing further can be judged.
    let isCastWhole = problems.found.isEmpty
    _ = try problems.attempt { try fields.finish() }
    guard let head, let site, isCastWhole else { throw try unfinished() }
    let timeline = try commands(rows)
    var file = ScenarioFile(
      id: head.id, title: head.title, because: head.because, tags: head.tags, depths: head.depths,
      seed: head.seed,
      from: cast.from, until: cast.until, site: site, meters: cast.meters, lines: cast.lines,
      timeline: timeline,
      expect: try expectations(expectNode), known: head.known, entitled: head.entitled, worked: head.worked,
      declares: head.declares, file: path, node: story.node)
    try agree(agreementNode, &file, files: files)
    try StoryCheck.check(file, fields: story.node, problems: &problems)
    try problems.finish()
    return file
  }

  /// Throws what was found; called only when something was.
  private func unfinished() throws -> any Error {
    try problems.finish()
    return Diagnostics([story.node.diagnostic("BS-SCN-03", "a scenario must be a map of keys")])
  }

  private mutating func castMeters(lines: Node?, meters: Node?) throws {
    for entry in try entries(lines, "the lines") {
      if let line = try problems.attempt({ try LineSetup(entry) }) { cast.lines.append(line) }
    }
    let all = try entries(meters, "the meters")
    if let meters, all.isEmpty, problems.found.isEmpty {
      problems.add(meters.diagnostic("BS-SCN-05", "a story has at least one meter"))
    }
    for entry in all {
      let setup = try problems.attempt {
        try MeterSetup(entry, library: library, lines: cast.lines, isAlone: all.count == 1)
      }
      if let setup { cast.meters.append(setup) }
    }
    if cast.lines.isEmpty, cast.meters.contains(where: { $0.line == LineSetup.usualName }) {
      cast.lines = [LineSetup()]
    }
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
      try problems.attempt { try TimelineRow(item, index: index) }
    }
  }

  private mutating func commands(_ rows: [TimelineRow]) throws -> [Command] {
    var commands: [Command] = []
    for row in rows {
      commands += try problems.attempt { try row.commands(in: cast) } ?? []
    }
    // Swift's sort is stable in practice but not by promise: row and occurrence break ties.
    return commands.sorted { ($0.at, $0.row, $0.occurrence) < ($1.at, $1.row, $1.occurrence) }
  }

  private mutating func expectations(_ node: Node?) throws -> [Expectation] {
    guard let node, let items = try problems.attempt({ try node.list("what is expected") }) else { return [] }
    if items.isEmpty { problems.add(node.diagnostic("BS-SCN-39", "a story expects at least one thing")) }
    return try items.compactMap { item in try problems.attempt { try Expectation(item, in: cast) } }
  }

  private mutating func agree(_ node: Node?, _ file: inout ScenarioFile, files: FileLoader) throws {
    guard let node else { return }
    let export = cast.meters.first { $0.uses.contains(.export) && $0.mpan != nil }
    let dial = cast.meters.first { $0.uses == [.import] && $0.mpan != nil }
    let context = AgreementContext(
      files: files, start: file.from, meters: cast.meters.map { MeterDetails($0) }, exportMPAN: export?.mpan,
      importMPAN: dial?.mpan, site: file.site)
    file.agreement = try problems.attempt { try Agreement(node, in: context) }
    file.policy = try problems.read(node[Node.Path("licensee")]) { try library.policy($0) }
  }
}
