// `backspin settle`: cases whose facts are given, or half-hours from a supplier's file and rates, no meter;
// the statement, and every decision behind it.

internal import ArgumentParser
internal import Runner
internal import Scenario
internal import Settlement
internal import SettlementStore
internal import Units

struct SettleCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "settle",
    abstract: "Settle cases, or half-hourly export from a supplier's file, without any meter.",
    discussion: """
      A case is a scenario file without a site: its readings, half-hours and events are given (docs/cases.md). It is \
      judged by its own expectations: exit 1 if one is not met.

      How the columns were understood is shown first and can be overruled; what is ambiguous is an error that \
      names the choices. Spans are half-open: --from 2026-05-01 --until 2026-06-01 is the month \
      of May by the London clock.
      """)

  @Argument(help: ArgumentHelp("Scenario files whose facts are given.", valueName: "case"))
  var cases: [String] = []
  @OptionGroup(title: "The half-hours") var reads: SettleReads
  @OptionGroup(title: "Or flow files") var flows: SettleFlows
  @OptionGroup(title: "The prices") var rates: SettleRates
  @OptionGroup(title: "The agreement") var terms: SettleTerms
  @OptionGroup(title: "The store") var store: SettleStore
  @Flag(help: "Show every half-hour with its price, pence and state.") var halfHours = false
  @Flag(help: "Print JSON: mapping and notes, then statements, decisions and half-hours as in a run.")
  var json = false
  @OptionGroup var shelves: Shelves
  @OptionGroup(title: "The settlement core") var target: TargetOptions
  @OptionGroup var redaction: RedactOptions
  @OptionGroup var flowsOut: FlowsOption
  @OptionGroup var paper: StatementOption

  func validate() throws {
    guard
      store.store == nil
        || !redaction.redact && target.target == "embedded" && flowsOut.flows == nil
          && paper.statement == nil
    else {
      throw ValidationError(
        "--store keeps what it is given and settles with our own core: no --redact, --target, --flows or "
          + "--statement with it"
      )
    }
    guard cases.isEmpty else { return try refuseStated() }
    guard reads.reads == nil || flows.flow.isEmpty else {
      throw ValidationError("one of --reads and --flow is wanted, not both")
    }
    guard store.store != nil || reads.reads != nil || !flows.flow.isEmpty else {
      throw ValidationError("a case, --reads or --flow is wanted")
    }
  }

  /// A case says all of this itself.
  private func refuseStated() throws {
    let stated: [(Bool, String)] = [
      (reads.reads != nil, "--reads"), (!flows.flow.isEmpty, "--flow"), (rates.flat != nil, "--flat"),
      (rates.rates != nil, "--rates"), (rates.notSeg, "--not-seg"), (terms.licensee != nil, "--licensee"),
      (terms.from != nil, "--from"), (terms.until != nil && store.store == nil, "--until"),
      (terms.mpan != nil, "--mpan"), (terms.capacity != nil, "--capacity"),
      (terms.exportLimit != nil, "--export-limit"), (terms.storage, "--storage"),
    ]
    if let option = stated.first(where: \.0)?.1 {
      throw ValidationError("\(option) does not go with a case: the file says it")
    }
  }

  func run() throws {
    if store.store != nil, try settleStore() { return }
    guard cases.isEmpty else {
      return try redaction.masking { redactor in
        try SettleCase(cases, shelves.library).settle(
          try target.bench(), &redactor, flows: flowsOut.flows, paper: paper, halfHours: halfHours, json: json
        )
      }
    }
    try redaction.masking { redactor in
      let policy = try Self.told { [library = shelves.library] in
        try library.policy(named: try terms.name)
      }
      var settled = flows.flow.isEmpty ? try halfHoursOfFile(policy) : try readsOfFlows(policy)
      if store.store != nil {
        return try store.take(settled.one, try source(), stated: terms, json: json)
      }
      // A made-up serial number says nothing of anybody.
      let names = Identifiers(of: settled.one)
      redactor?.learn(
        Identifiers(mpans: names.mpans, serials: names.serials.subtracting([SettleTerms.madeUpSerial])))
      settled.outcome = try target.outcome(of: settled.one)
      if let redactor { settled.redact(redactor) }
      if let path = flowsOut.flows { try settled.leaveFlows(in: path) }
      try paper.leave(settled.papers)
      Terminal.print(json ? settled.json.pretty : settled.text(halfHours: halfHours))
    }
  }

  private func halfHoursOfFile(_ policy: Policy) throws -> Settled {
    let file = try reads.file(mpan: try terms.ownMPAN(), span: try terms.span())
    let priced = try rates.priced(from: file.span.lowerBound)
    let agreed = try terms.agreed(own: file.mpan)
    let one = SettlementCase(
      export: file, policy: policy, tariff: [priced.terms], mpan: agreed.mpan, serial: terms.serial,
      installation: agreed.installation)
    return Settled(
      reads: reads.reads ?? "", mapping: file.mapping, span: file.span, rates: priced,
      notes: file.notes + priced.notes + agreed.notes + basisNotes(policy), policy: policy, one: one)
  }

  private func readsOfFlows(_ policy: Policy) throws -> Settled {
    let read = try flows.read(mpan: try terms.ownMPAN(), span: try terms.span(), serial: terms.serial)
    let priced = try rates.priced(from: read.span.lowerBound)
    let agreed = try terms.agreed(own: read.mpan)
    let one = SettlementCase(
      flows: read, policy: policy, tariff: [priced.terms], mpan: agreed.mpan,
      installation: agreed.installation)
    return Settled(
      reads: flows.flow.joined(separator: ", "), mapping: read.mapping, span: read.span, rates: priced,
      notes: read.notes + priced.notes + agreed.notes, policy: policy, one: one,
      place: read.place)
  }

  /// The bytes that were read, for the store.
  private func source() throws -> SourceFile {
    let paths = flows.flow.isEmpty ? [reads.reads ?? ""] : flows.flow
    let texts = try Self.told { try paths.map { try DiskReader().text(of: $0) } }
    return SourceFile(name: paths.joined(separator: ", "), bytes: texts.flatMap { Array($0.utf8) })
  }

  /// What is asked of a store alone; false if something is to be taken in.
  private func settleStore() throws -> Bool {
    guard !store.onlyLooks else {
      guard reads.reads == nil, flows.flow.isEmpty, cases.isEmpty, terms.until == nil else {
        throw Failure(
          "--replay, --verify and --dump look at what is kept: nothing is taken in or settled then")
      }
      try store.look(json: json)
      return true
    }
    guard cases.isEmpty else {
      try store.take(try stories(), until: try terms.span().until, json: json)
      return true
    }
    guard reads.reads == nil, flows.flow.isEmpty else { return false }
    guard let until = try terms.span().until else {
      throw Failure("--until is missing: up to when the store is to be settled")
    }
    let done = try store.settle(try store.open(.write), until: until, json: json)
    if json { Terminal.print(StoreText.json([], done).pretty) }
    return true
  }

  private func stories() throws -> [ScenarioFile] {
    let library = shelves.library
    let reader = ScenarioReader(library: library, faults: FaultsCommand.all)
    return try Self.told { try cases.flatMap { try reader.read($0) } }
  }

  /// Some terms pay a flat rate on register readings alone; half-hours do not help there.
  private func basisNotes(_ policy: Policy) -> [ImportNote] {
    guard rates.flat != nil, !policy.payableBasis.value.contains(.halfHours) else { return [] }
    return [
      ImportNote(
        .basis,
        "the terms of \(policy.name) pay a flat rate on register readings only: half-hours are not paid")
    ]
  }

  /// What a file's reader has to say, as the end of the command.
  static func told<Value>(_ body: () throws -> Value) throws -> Value {
    do {
      return try body()
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure("\(error)")
    }
  }

  /// One of a closed set of words, in large or small letters.
  static func choice<Choice>(_ text: String?, _ option: String, _ type: Choice.Type = Choice.self) throws
    -> Choice?
  where Choice: RawRepresentable & CaseIterable, Choice.RawValue == String {
    guard let text else { return nil }
    if let exact = Choice(rawValue: text) { return exact }
    let known = Choice.allCases.map(\.rawValue)
    let alike = Choice.allCases.filter { $0.rawValue.lowercased() == text.lowercased() }
    if alike.count == 1 { return alike[0] }
    let near = Spelling.nearest(to: text, among: known).map { "; did you mean '\($0)'?" } ?? ""
    throw Failure("\(option) is one of \(known.joined(separator: ", ")), not '\(text)'\(near)")
  }

  /// A quantity with its unit, or the end of the command with the offending part underlined.
  static func quantity<Quantity: WrittenText>(_ text: String, _ option: String) throws -> Quantity {
    do {
      return try Quantity(parsing: text)
    } catch {
      throw Failure("\(option): \(error)")
    }
  }
}
