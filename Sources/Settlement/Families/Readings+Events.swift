// What can be told of readings: requests, proof, answers to queries, corrections, tests of the meter's data,
// and what other meters say.

internal import Units

extension FactKey {
  public static let taken = FactKey("taken")
  public static let register = FactKey("register")
  public static let proof = FactKey("proof")
  public static let accepted = FactKey("accepted")
  public static let code = FactKey("code")
  public static let energy = FactKey("energy")
  public static let month = FactKey("month")
  public static let status = FactKey("status")
}

extension EventName {
  public static let readingRequested = EventName("reading-requested")
  public static let readingProcedure = EventName("reading-procedure")
  public static let proofRequested = EventName("proof-requested")
  public static let proofGiven = EventName("proof-given")
  public static let queryAnswered = EventName("query-answered")
  public static let readingWithdrawn = EventName("reading-withdrawn")
  public static let readingCorrected = EventName("reading-corrected")
  public static let provingTest = EventName("proving-test")
  public static let checkMeterRead = EventName("check-meter-read")
  public static let storageDischarged = EventName("storage-discharged")
  public static let historyStated = EventName("history-stated")
  public static let meterStatus = EventName("meter-status")
}

extension EventDeclaration {
  static let readingEvents: [EventDeclaration] = requestEvents + proofEvents + correctionEvents + otherMeters

  private static let serial = FactDeclaration(.serial, .text, needed: true, "serial number of the meter")
  private static let taken = FactDeclaration(.taken, .instant, needed: true, "the instant of the reading")
  private static let register = FactDeclaration(
    .register, .word(RegisterRole.allCases.map(\.rawValue)),
    "which register; the export register if not stated")

  /// Checks that ask. The others find what cannot be right, whatever anybody says.
  private static let queries: [ReasonCode] = [
    .valSeason, .valHistoryHigh, .valNightExport, .valZeroExport, .valSumCheck, .valExportOverGeneration,
    .valRegistersSwapped, .valStuck, .valHint,
  ]

  private static let requestEvents: [EventDeclaration] = [
    EventDeclaration(
      .readingRequested, "the customer is asked for a reading", [.read01, .read02, .read03, .read04],
      [
        serial,
        FactDeclaration(.by, .date, "the last day, as printed in the request"),
        FactDeclaration(.channel, .text, "how the customer is asked"),
        FactDeclaration(.why, .text, "what the reading is for"),
      ]),
    EventDeclaration(
      .readingProcedure, "the customer is told by which way readings are given from now on", [.read14],
      [FactDeclaration(.channel, .text, needed: true, "app, web, e-mail, phone …")]),
  ]

  private static let proofEvents: [EventDeclaration] = [
    EventDeclaration(
      .proofRequested, "a reading looks abnormal, and proof of it is asked for", [.read07],
      [
        serial,
        FactDeclaration(.taken, .instant, "the instant of the reading; the newest if not stated"),
        FactDeclaration(.by, .date, "the last day for the proof, where one is set"),
        FactDeclaration(.why, .text, "what is abnormal"),
      ]),
    EventDeclaration(
      .proofGiven, "proof of a queried reading comes", [.read07],
      [
        serial,
        FactDeclaration(.taken, .instant, "the instant of the reading; that of the last query if not stated"),
        FactDeclaration(.proof, .word(["dated-photo", "visit"]), needed: true, "what is shown"),
        FactDeclaration(.accepted, .flag, needed: true, "whether it satisfies"),
      ]),
    EventDeclaration(
      .queryAnswered, "what a check asked about is explained", [.read07],
      [
        FactDeclaration(
          .code, .word(queries.map(\.rawValue)), needed: true,
          "the code of the query; what fails a check, as VAL_NEGATIVE, is no question that can be answered"),
        FactDeclaration(.accepted, .flag, needed: true, "whether the answer satisfies"),
        FactDeclaration(
          .from, .instant, "the first instant that the answer is about; all time if not stated"),
        FactDeclaration(.until, .instant, "where it ends"),
        FactDeclaration(.why, .text, "the answer"),
      ]),
  ]

  private static let correctionEvents: [EventDeclaration] = [
    EventDeclaration(
      .readingWithdrawn, "a reading is withdrawn", [.read11],
      [serial, taken, register, FactDeclaration(.value, .energy, "only a reading of this value")]),
    EventDeclaration(
      .readingCorrected, "a reading is corrected", [.read11],
      [serial, taken, register, FactDeclaration(.value, .energy, needed: true, "the right value")]),
    EventDeclaration(
      .provingTest, "the data of a meter are compared with its register, and agree or not", [.est06],
      [
        serial,
        FactDeclaration(
          .result, .word(["passed", "failed", "outstanding"]), needed: true,
          "failed: its data count as estimated from now on; passed: they count as measured again"),
      ]),
  ]

  private static let otherMeters: [EventDeclaration] = [
    EventDeclaration(
      .checkMeterRead, "a check meter beside the export meter is read", [.est05],
      [serial, FactDeclaration(.value, .energy, needed: true, "what its export register shows")]),
    EventDeclaration(
      .storageDischarged, "how much a declared store gave in a span", [.val10],
      [
        FactDeclaration(.from, .instant, needed: true, "the start of the span"),
        FactDeclaration(.until, .instant, needed: true, "its end"),
        FactDeclaration(.energy, .energy, needed: true, "what it gave"),
      ]),
    EventDeclaration(
      .historyStated, "what was exported in a month before the data begin", [.val04],
      [
        FactDeclaration(.month, .date, needed: true, "any day of the month"),
        FactDeclaration(.energy, .energy, needed: true, "what was exported in it"),
      ]),
    EventDeclaration(
      .meterStatus, "the meter reports a flag of its own", [.val13],
      [serial, FactDeclaration(.status, .text, needed: true, "invalid time, memory error, reverse run …")]),
  ]
}
