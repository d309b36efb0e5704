// Case files into a store: a story is lived in memory, and the case that its readers and events make is taken
// in.

internal import Runner
internal import Scenario
internal import Settlement
internal import SettlementStore
internal import Units

extension SettleStore {
  /// Takes the cases of stories into the store, all or none, and settles each up to its end.
  ///
  /// - Parameter until: settles so far instead.
  func take(_ files: [ScenarioFile], until: Instant?, json: Bool) throws {
    let cases = try files.map { file in (file, try Self.lived(file)) }
    let intakes = try cases.map { file, one in
      let bytes = Array(try DiskReader().text(of: file.file).utf8)
      return Intake(one, file: SourceFile(name: file.file, bytes: bytes, numbers: .entries))
    }
    for (_, twins) in Dictionary(grouping: zip(files, intakes), by: \.1.agreement) where twins.count > 1 {
      throw Failure(
        "\(twins[0].0.id) and \(twins[1].0.id) are both of \(twins[0].1.agreement): a store keeps one life of an "
          + "agreement; take them into stores of their own")
    }
    let store = try open(.create)
    let taken = try Self.told { try store.take(intakes) }
    if !json {
      for (one, intake) in zip(taken, intakes) {
        Terminal.print(StoreText.text([one], file: intake.file?.name ?? one.agreement))
      }
    }
    var done: [SettledAgreement] = []
    for (one, (_, lived)) in zip(taken, cases) {
      done += try settle(store, [one.agreement], until: until ?? lived.until, json: json)
    }
    if json { Terminal.print(StoreText.json(taken, done).pretty) }
  }

  /// The case of a story.
  private static func lived(_ file: ScenarioFile) throws -> SettlementCase {
    let runner = StoryRunner(seed: 1, today: CivilDate(dayNumber: 0), checksFaults: false)
    let why: String
    do {
      if let one = try runner.settlementCase(of: file) { return one }
      why = "it states no agreement"
    } catch {
      why = "\(error)"
    }
    throw Failure("\(file.file): \(file.id) is no case to settle: \(why)")
  }
}
