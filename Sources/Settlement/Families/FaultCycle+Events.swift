// What may be told of a suspected meter, and of an import meter that runs backwards.

internal import Units

extension EventName {
  public static let meterSuspect = EventName("meter-suspect")
  public static let meterFaultReported = EventName("meter-fault-reported")
  public static let testArranged = EventName("test-arranged")
  public static let meterTested = EventName("meter-tested")
  public static let meterRepaired = EventName("meter-repaired")
  public static let importMeterReported = EventName("import-meter-reported")
}

extension FactKey {
  public static let result = FactKey("result")
  public static let evidenceAccepted = FactKey("evidence-accepted")
}

extension EventDeclaration {
  private static let meter = FactDeclaration(.serial, .text, "serial number; else the export meter")

  static let faultEvents: [EventDeclaration] = [
    EventDeclaration(
      .meterSuspect, "a meter is suspected of being faulty from this moment on", [.fault01],
      [meter, FactDeclaration(.why, .text, "what raised the suspicion")]),
    EventDeclaration(
      .meterFaultReported, "the customer says that a meter is broken or wrong since this moment",
      [.fault04, .fault01],
      [meter, FactDeclaration(.why, .text, "in the customer's words")]),
    EventDeclaration(
      .testArranged, "the customer has arranged a test of the meter", [.fault01],
      [meter, FactDeclaration(.on, .date, "the day of the test")]),
    EventDeclaration(
      .meterTested, "a meter was tested", [.fault02, .fault03],
      [
        meter,
        FactDeclaration(
          .result, .word([FaultCycle.faulty, FaultCycle.good]), needed: true, "what was found"),
        FactDeclaration(.from, .instant, "the first bad half-hour; else the suspicion"),
        FactDeclaration(.until, .instant, "when it was right again; else the repair or exchange"),
        FactDeclaration(.evidenceAccepted, .flag, "whether the licensee accepts that it is good; else yes"),
        FactDeclaration(.why, .text, "what the tester or the licensee said"),
      ]),
    EventDeclaration(.meterRepaired, "a meter was repaired", [.fault02], [meter]),
    EventDeclaration(
      .importMeterReported, "the customer reports that the import meter runs backwards since this moment",
      [.back01, .back02],
      [
        FactDeclaration(.serial, .text, "serial number; else the import meter"),
        FactDeclaration(.to, .word(BackwardsReport.words), "who was told; else both firms"),
      ]),
  ]
}

extension Boundary {
  static let faultLimits: [Boundary] = [backwardsReportDays]

  static let backwardsReportDays = Boundary(
    "withholding.backwards-report-days", .back01,
    "a backwards import meter told on the last of these days was told at once, on the next it was not")
}
