// The import meter and the export register together (R-BACK-01 … -05, R-VAL-11). Import costs 24.5 p/kWh,
// export pays 4.1 p/kWh flat.

import BackspinTesting
import Settlement
import Testing
import Units

@Suite("Import meters that run back or count both ways")
struct ImportMeterTests {
  private func home(occupied: Bool = true) -> Agreement {
    var one = agreement([flat("4.1")], meters: [disc(step: 100), smets2()])
    one.generatorIsOccupier = occupied
    return one
  }

  private func dial(_ value: String, _ when: String, cause: UInt32 = 0) -> Read {
    read(value, when, .import, of: "DISC", by: .customer, step: 100, cause: cause)
  }

  @Test(
    "a disc that runs back is told to licensee and import supplier when the read arrives, and pays nothing")
  func backwards() {
    let outcome = settle(
      story(
        home(), from: "2026-05-01T09:00Z", to: "2026-05-09T00:00Z",
        reads: [
          dial("15320.4", "2026-05-01T09:00Z", cause: 1), dial("15290.3", "2026-05-08T09:00Z", cause: 2),
          read("500", "2026-05-01T09:00Z"), read("560", "2026-05-08T09:00Z"),
        ]))
    let fall = outcome.decision(.impRunsBackwards)
    #expect(fall?.rule == "R-BACK-04")
    #expect(fall?.at == at("2026-05-08T09:00Z"))
    #expect(fall?.reads == [Cause(number: 1), Cause(number: 2)])
    #expect(fall?.text.contains("ran back by 30.1 kWh") == true)
    #expect(fall?.text.contains("99969.9 kWh") == true)
    #expect(outcome.decision(.notifyLicensee)?.at == at("2026-05-08T09:00Z"))
    #expect(outcome.decision(.notifyImportSupplier)?.rule == "R-BACK-01")
    #expect(!outcome.codes.contains("NOTIFY_OCCUPIER"))
    // Only the export register pays: 60 kWh × 4.1 p = 246 p; the 30.1 kWh of the dial are no part of it.
    #expect(outcome.paid == Pence(246))
    // The dial gave back all 60 kWh that were exported; 60 − 30.1 = 29.9 kWh of import turned it up again. So
    // 60 kWh are in both: × 24.5 p = 1470 p = £14.70 off the import bill, × 4.1 p = 246 p = £2.46 as export.
    let twice = outcome.decision(.impPaidTwice)?.text ?? ""
    #expect(twice.contains("lost 30.1 kWh"))
    #expect(twice.contains("so 60 kWh count twice"))
    #expect(twice.contains("£14.70 off the import bill"))
    #expect(twice.contains("worth £2.46"))
  }

  @Test("export known for a part of the time only bounds what counts twice, and no rate leaves it unpriced")
  func twiceAtLeast() {
    var unpriced = home()
    unpriced.importRate = nil
    func twice(_ agreement: Agreement) -> String {
      settle(
        story(
          agreement, from: "2026-05-01T09:00Z", to: "2026-05-09T00:00Z",
          reads: [
            dial("15320.4", "2026-05-01T09:00Z"), dial("15290.3", "2026-05-08T09:00Z"),
            // The reads lie a day inside the looks at the dial: 45 kWh × 24.5 p = 1102.5 p → £11.03.
            read("505", "2026-05-02T09:00Z"), read("550", "2026-05-07T09:00Z"),
          ])
      ).decision(.impPaidTwice)?.text ?? ""
    }
    #expect(twice(home()).contains("so at least 45 kWh count twice"))
    #expect(twice(home()).contains("takes at least £11.03 off the import bill"))
    // 45 kWh × 4.1 p = 184.5 p → £1.85.
    #expect(
      twice(unpriced).hasSuffix(
        "cannot be priced, for no import rate is known; as export they are worth at least £1.85 at "
          + "4.1 p/kWh, which is due"))
  }

  @Test("an occupier who is not the generator must be told too")
  func landlord() {
    let outcome = settle(
      story(
        home(occupied: false), from: "2026-05-01T09:00Z", to: "2026-05-09T00:00Z",
        reads: [dial("15320.4", "2026-05-01T09:00Z"), dial("15290.3", "2026-05-08T09:00Z")]))
    #expect(outcome.decision(.notifyOccupier)?.rule == "R-BACK-02")
  }

  @Test("a rollover of the import dial is no fall, and the look-alike through zero is")
  func lookAlike() {
    func outcome(_ open: String, _ close: String) -> Outcome {
      settle(
        story(
          home(), from: "2026-05-01T09:00Z", to: "2026-05-09T00:00Z",
          reads: [dial(open, "2026-05-01T09:00Z"), dial(close, "2026-05-08T09:00Z")]))
    }
    let rolled = outcome("99990", "12")
    #expect(rolled.codes.contains("READ_ROLLOVER"))
    #expect(!rolled.codes.contains("IMP_RUNS_BACKWARDS"))
    let fell = outcome("12", "99990")
    #expect(fell.codes.contains("IMP_RUNS_BACKWARDS"))
    #expect(fell.decision(.impRunsBackwards)?.text.contains("ran back by 22 kWh") == true)
  }

  @Test("backwards by day and forwards by night needs daily readings to be seen")
  func hiddenByNight() {
    let days = (0...6).flatMap { day in
      // Down 8 kWh between 06:00 and 18:00, up 9 kWh overnight.
      [
        dial("\(1000 + day)", "2026-05-0\(day + 1)T06:00Z"),
        dial("\(992 + day)", "2026-05-0\(day + 1)T18:00Z"),
      ]
    }
    let seen = settle(
      story(home(), from: "2026-05-01T00:00Z", to: "2026-05-08T00:00Z", settle: [], reads: days))
    #expect(seen.decisions.filter { $0.code == .impRunsBackwards && $0.rule == "R-BACK-04" }.count == 7)
    #expect(seen.decisions.filter { $0.code == .notifyLicensee }.count == 1)
    let hidden = settle(
      story(
        home(), from: "2026-05-01T00:00Z", to: "2026-05-08T00:00Z", settle: [],
        reads: days.filter { [at("2026-05-01T06:00Z"), at("2026-05-07T06:00Z")].contains($0.at) }))
    #expect(!hidden.codes.contains("IMP_RUNS_BACKWARDS"))
  }

  @Test("one wrong zero of an import dial is no fall")
  func importGlitch() {
    let outcome = settle(
      story(
        home(), from: "2026-05-01T00:00Z", to: "2026-05-08T00:00Z", settle: [],
        reads: [
          dial("15320", "2026-05-01T09:00Z"), dial("0", "2026-05-02T09:00Z"),
          dial("15330", "2026-05-03T09:00Z"),
        ]))
    #expect(!outcome.codes.contains("IMP_RUNS_BACKWARDS"))
    #expect(outcome.codes.contains("READ_NEGATIVE"))
  }

  // MARK: Import beside export

  /// Nine days from 2026-06-01: export by day, and import made from it.
  private func nineDays(_ importing: (Int, Int64) -> Int64) -> Outcome {
    let exported: [Int64] = [20, 4, 12, 18, 6, 15, 9, 22, 11]  // kWh
    var reads: [Read] = []
    var (taken, given): (Int64, Int64) = (1000, 500)
    for day in 0...9 {
      let when = "2026-06-\(day < 9 ? "0" : "")\(day + 1)T21:00Z"
      reads += [
        read("\(given)", when, .export), read("\(taken)", when, .import, of: "E", by: .customer, step: 1000),
      ]
      guard day < 9 else { continue }
      given += exported[day]
      taken += importing(day, exported[day])
    }
    var absolute = disc("E", step: 1000)
    absolute.kind = "electronic"
    return settle(
      story(
        agreement([flat("4.1")], meters: [absolute, smets2()]), from: "2026-06-01T00:00Z",
        to: "2026-06-11T00:00Z", reads: reads))
  }

  @Test("an import meter that adds export to import is found by its import rising with the sun")
  func absolute() {
    // Truly imported: 6 kWh on cloudy days, 4 on sunny ones; the meter adds the export.
    let outcome = nineDays { _, export in (export < 10 ? 6 : 4) + export }
    #expect(outcome.decision(.impCountsExportAsImport)?.rule == "R-BACK-05")
    // 117 kWh of export are paid all the same: × 4.1 = 479.7 p.
    #expect(outcome.paid == Pence(480))
  }

  @Test("honest import, which falls when the sun shines or does not care, is not taken for it")
  func honest() {
    #expect(!nineDays { _, export in 14 - export / 2 }.codes.contains("IMP_COUNTS_EXPORT_AS_IMPORT"))
    #expect(
      !nineDays { day, _ in [7, 5, 8, 6, 9, 5, 7, 6, 8][day] }.codes.contains("IMP_COUNTS_EXPORT_AS_IMPORT"))
  }

  @Test("with line and load reversed, night export and noon import hold everything")
  func swapped() {
    // Two days of half-hours. Truly: 150 Wh import in each night half-hour, 900 Wh export around noon; the
    // registers are swapped.
    var (import_, export): ([Int64], [Int64]) = ([], [])
    for slot in 0..<96 {
      let day = slot % 48
      let sun = (16..<34).contains(day)
      import_.append(sun ? 900 + Int64(day) : 0)
      export.append(sun ? 0 : 150 + Int64(day % 7))
    }
    let outcome = settle(
      story(
        agreement([flat("4.1")], meters: [smets2(uses: [.import, .export])]), from: "2026-06-01T00:00Z",
        to: "2026-06-03T00:00Z",
        logs: [
          log(import_, from: "2026-06-01T00:00Z", received: "2026-06-03T00:00Z", .import),
          log(export, from: "2026-06-01T00:00Z", received: "2026-06-03T00:00Z"),
        ]))
    #expect(outcome.decision(.valRegistersSwapped)?.rule == "R-VAL-11")
    #expect(outcome.paid == Pence(0))
    // The right way round nothing is said.
    let right = settle(
      story(
        agreement([flat("4.1")], meters: [smets2(uses: [.import, .export])]), from: "2026-06-01T00:00Z",
        to: "2026-06-03T00:00Z",
        logs: [
          log(export, from: "2026-06-01T00:00Z", received: "2026-06-03T00:00Z", .import),
          log(import_, from: "2026-06-01T00:00Z", received: "2026-06-03T00:00Z"),
        ]))
    #expect(!right.codes.contains("VAL_REGISTERS_SWAPPED"))
    #expect(right.paid > Pence(0))
  }

  @Test("a reversed meter read by registers alone is caught by its night advances")
  func reversedByRegisters() {
    // Hourly reads: 0.3 kWh of "export" each dark hour.
    let night = [
      read("100", "2026-06-01T22:00Z"), read("100.3", "2026-06-01T23:00Z"),
      read("100.6", "2026-06-02T00:00Z"),
      read("100.9", "2026-06-02T01:00Z"),
    ]
    let outcome = settle(
      story(agreement([flat("4.1")]), from: "2026-06-01T22:00Z", to: "2026-06-02T01:00Z", reads: night))
    // One decision for the night, when the last of it is known.
    #expect(outcome.decision(.valNightExport)?.at == at("2026-06-02T01:00Z"))
    #expect(outcome.summary == ["held VAL_NIGHT_EXPORT 0.9 kWh"])
    // Of the same night, the second read comes last of all: nobody could have said it before.
    let late = settle(
      story(
        agreement([flat("4.1")]), from: "2026-06-01T22:00Z", to: "2026-06-02T12:00Z",
        reads: [
          night[0], read("100.3", "2026-06-01T23:00Z", received: "2026-06-02T09:00Z"), night[2], night[3],
        ]))
    #expect(late.decision(.valNightExport)?.at == at("2026-06-02T09:00Z"))
  }
}
