// From flow files to reads and half-hours of the meters of one agreement: whose supply, which register. A
// file that came before is not taken again (FLOW_DUPLICATE, R-READ-11).

public import Settlement
public import Units

/// Takes flow files in, one after another.
public struct FlowIntake: Sendable {
  /// What one file gave.
  public struct Taken: Hashable, Sendable {
    public var reads: [Read] = []
    public var logs: [LogRead] = []
    /// What the settlement party must be told of the file itself (`flow-noted`).
    public var events: [CaseEvent] = []
    /// What a person should know; the events are among them.
    public var notes: [ImportNote] = []

    public init() {}
  }

  /// Core of the MPANs: an import and an export of one home have different ones (R-MPAN-04).
  private let exportMPAN: String?
  private let importMPAN: String?
  private let meters: [MeterDetails]
  private var seen: [FlowFile] = []

  /// - Parameters:
  ///   - meters: those known at the start; a serial number is known again with other blanks or in small
  ///     letters.
  public init(exportMPAN: String?, importMPAN: String? = nil, meters: [MeterDetails] = []) {
    func core(_ text: String?) -> String? { text.flatMap { try? MPAN(parsing: $0) }?.core }
    (self.exportMPAN, self.importMPAN) = (core(exportMPAN), core(importMPAN))
    self.meters = meters
  }

  /// Takes one file. Throws a `Diagnostic`; then nothing of the file is taken.
  ///
  /// - Parameters:
  ///   - registers: which register id (in capitals) counts what. Without it AE and AI say so themselves, and
  ///     otherwise the MPAN does: a register of the export MPAN counts export.
  ///   - cause: the number under which decisions cite a line.
  public mutating func take(
    _ file: FlowFile, registers: [String: RegisterRole] = [:], received: Instant,
    cause: (_ line: Int) -> Cause
  ) throws -> Taken {
    var taken = Taken()
    taken.notes = file.notes
    if let twin = seen.first(where: { $0.isSame(as: file) }) {
      let again = twin.name == file.name ? "came before" : "is the same as \(twin.shortName)"
      taken.notes = [
        ImportNote(
          .flowDuplicate, "\(file.shortName) (file id \(file.fileID)) \(again): nothing of it is taken again")
      ]
    } else {
      taken.reads = try file.readings.compactMap { try read($0, in: file, registers, received, cause) }
      taken.events = try file.withdrawn.compactMap {
        try read($0, in: file, registers, received, cause)?.withdrawal
      }
      taken.logs = logs(file, received, cause)
      noteOthers(file, &taken)
      seen.append(file)
    }
    taken.events += taken.notes.compactMap { note in
      note.kind.flowCode.map { .flowNoted($0, file: file.shortName, text: note.text, at: received) }
    }
    return taken
  }

  private func use(of mpan: String) -> RegisterRole? {
    mpan == exportMPAN ? .export : mpan == importMPAN ? .import : nil
  }

  /// A reading as a read of a known register; nil for another supply.
  private func read(
    _ one: FlowFile.Reading, in file: FlowFile, _ registers: [String: RegisterRole], _ received: Instant,
    _ cause: (Int) -> Cause
  ) throws -> Read? {
    guard let use = use(of: one.mpan) else { return nil }
    let named: [String: RegisterRole] = ["AE": .export, "AI": .import]
    if registers[one.registerID] == nil, named[one.registerID] == nil {
      try refuseSeveral(one, in: file, registers)
    }
    return Read(
      serial: serial(one.serial), register: registers[one.registerID] ?? named[one.registerID] ?? use,
      value: one.value, resolution: one.step, at: one.at, received: received, source: one.source,
      cause: cause(one.line))
  }

  /// Several registers of one meter, and none says what it counts: day and night of one quantity must not be
  /// taken for one register.
  private func refuseSeveral(
    _ one: FlowFile.Reading, in file: FlowFile, _ registers: [String: RegisterRole]
  ) throws {
    let ids = Set(
      file.readings.filter { $0.mpan == one.mpan && $0.serial == one.serial }.map(\.registerID)
    ).subtracting(registers.keys)
    guard ids.count > 1 else { return }
    throw Diagnostic(
      code: "BS-FLOW-10", at: Position(file: file.name, line: one.line, column: 1),
      message:
        "meter \(one.serial) has the registers \(ids.sorted().joined(separator: ", ")) under one MPAN: "
        + "which counts what is not in a D0010",
      help: "state it: \(ids.sorted().map { "\($0)=export" }.joined(separator: ","))")
  }

  /// The serial number as the agreement knows it.
  private func serial(_ written: String) -> String {
    func plain(_ text: String) -> String { text.filter { !$0.isWhitespace }.uppercased() }
    return meters.first { plain($0.serial) == plain(written) }?.serial ?? written
  }

  /// Half-hours carry no serial number: they are of the meter that is there for their quantity.
  private func logs(_ file: FlowFile, _ received: Instant, _ cause: (Int) -> Cause) -> [LogRead] {
    var logs: [LogRead] = []
    for day in file.days {
      guard let use = use(of: day.mpan), let register = day.quantity.register else { continue }
      let wanted: MeterDetails.Use = use == .export ? .export : .import
      let serial = meters.first { $0.uses.contains(wanted) }?.serial ?? day.mpan
      let entries = day.rows.enumerated().map { number, row in
        LogRead.Entry(
          stamp: day.start + HalfHour.length * Int64(number), energy: row.energy, quality: row.quality,
          cause: cause(row.line))
      }
      let last = entries.last.map { $0.stamp + HalfHour.length } ?? day.start
      logs.append(
        LogRead(
          serial: serial, register: register, convention: .start, resolution: file.step,
          received: max(received, last), entries: entries))
    }
    return logs
  }

  private func noteOthers(_ file: FlowFile, _ taken: inout Taken) {
    let others = file.mpans.filter { use(of: $0) == nil }
    if !others.isEmpty {
      taken.notes.append(
        ImportNote(
          .leftOut,
          "\(ImportNote.count(others.count, "other MPAN", ("is", "are"))) in \(file.shortName): left out"
        ))
    }
    if file.days.contains(where: { use(of: $0.mpan) != nil && $0.quantity.register == nil }) {
      taken.notes.append(ImportNote(.leftOut, "reactive energy in \(file.shortName) is left out"))
    }
  }
}

extension Read {
  /// The news that this read counts no more.
  fileprivate var withdrawal: CaseEvent {
    CaseEvent(
      .readingWithdrawn, at: received,
      [.serial: .text(serial), .taken: .instant(at), .register: .text(register.rawValue)], cause: cause)
  }
}

extension ImportNote.Kind {
  /// The reason code of a note that the settlement must know of.
  var flowCode: ReasonCode? {
    switch self {
    case .flowCount: .flowCount
    case .flowDuplicate: .flowDuplicate
    case .periodCount: .valPeriodCount
    default: nil
    }
  }
}
