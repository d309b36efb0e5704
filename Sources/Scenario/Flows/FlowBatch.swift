// Some flow files of one supply, ready to be settled without any story: its meters are those that the files
// name, as far as files say anything of them.

public import Settlement
public import Units

/// Flow files of one export MPAN.
public struct FlowBatch: Sendable {
  /// The supply that is settled.
  public let mpan: String
  public private(set) var reads: [Read] = []
  public private(set) var logs: [LogRead] = []
  public private(set) var events: [CaseEvent] = []
  public private(set) var meters: [MeterDetails] = []
  /// What was asked for, or else from the first to the last that the files say.
  public private(set) var span: Range<Instant> = .epoch..<(.epoch)
  public private(set) var notes: [ImportNote] = []
  public private(set) var mapping = ImportMapping()
  /// By the number of a read: its file and its line.
  private var places: [String] = []

  /// Takes files in their order.
  ///
  /// - Parameters:
  ///   - mpan: which supply; the only one of the files where nothing is said.
  ///   - registers: which register id counts what, where it is not told by its name or its MPAN.
  ///   - serial: of a meter whose half-hours come without its number.
  /// - Throws: `Diagnostic`; then nothing is taken.
  public init(
    _ files: [FlowFile], mpan: MPAN?, registers: [String: RegisterRole] = [:], from: Instant?,
    until: Instant?,
    serial: String
  ) throws {
    let all = Set(files.flatMap(\.mpans))
    guard let own = mpan?.core ?? (all.count == 1 ? all.first : nil) else {
      throw Self.none(
        files,
        all.isEmpty
          ? "nothing in these files is of any supply"
          : "the files are of \(all.count) MPANs (\(all.sorted().prefix(3).joined(separator: ", ")) …): "
            + "state which is settled")
    }
    self.mpan = own
    let days = files.flatMap { file in file.days.filter { $0.mpan == own } }
    let readings = files.flatMap { file in file.readings.filter { $0.mpan == own } }
    let ends =
      readings.flatMap { [$0.at] }
      + days.flatMap { [$0.start, $0.start + HalfHour.length * Int64($0.rows.count)] }
    guard let start = from ?? ends.min(), let end = until ?? ends.max() else {
      let why = files.flatMap(\.notes).first.map { ": \($0.text)" } ?? ""
      throw Self.none(files, "nothing in these files is of the MPAN \(own) and can be settled on\(why)")
    }
    span = start..<max(end, start)
    meters = Self.meters(of: readings, days, registers, serial)
    try take(files, registers)
    describe(files)
  }

  /// Where the read of some number stands: `file:line`.
  public func place(_ cause: Cause) -> String {
    places.indices.contains(Int(cause.number) - 1) ? places[Int(cause.number) - 1] : "\(cause.number)"
  }

  private mutating func take(_ files: [FlowFile], _ registers: [String: RegisterRole]) throws {
    var intake = FlowIntake(exportMPAN: mpan, meters: meters)
    for file in files {
      let name = file.shortName
      var lines: [String] = []
      let base = places.count
      let taken = try intake.take(file, registers: registers, received: span.upperBound) { line in
        lines.append("\(name):\(line)")
        return Cause(number: UInt32(clamping: base + lines.count))
      }
      places += lines
      let within = taken.reads.filter { span.contains($0.at) || $0.at == span.upperBound }
      let outside = taken.reads.count - within.count
      if outside > 0 {
        notes.append(
          ImportNote(
            .leftOut,
            "\(ImportNote.count(outside, "reading", ("lies", "lie"))) of \(name) outside the span: left out"))
      }
      reads += within
      logs += taken.logs
      events += taken.events
      notes += taken.notes
    }
  }

  /// The meters that the readings name; one for half-hours alone. What they can count is not told, so they
  /// can count as much as a SMETS2 register: 32 bits of Wh (our assumption).
  private static func meters(
    of readings: [FlowFile.Reading], _ days: [FlowFile.Day], _ registers: [String: RegisterRole],
    _ serial: String
  ) -> [MeterDetails] {
    let register = MeterDetails.Register(modulus: WattHours(1 << 32))
    let named: [String: RegisterRole] = ["AI": .import].merging(registers) { _, stated in stated }
    var serials: [String] = []
    for one in readings where !serials.contains(one.serial) { serials.append(one.serial) }
    if serials.isEmpty { serials = [serial] }
    return serials.map { serial in
      let isImport =
        readings.contains { $0.serial == serial && named[$0.registerID] == .import }
        || days.contains { $0.quantity == .activeImport }
      return MeterDetails(
        serial: serial, uses: [.export],
        registers: isImport ? [.export: register, .import: register] : [.export: register],
        halfHourlyCapable: true, remote: true, kind: "a meter of flow files")
    }
  }

  private mutating func describe(_ files: [FlowFile]) {
    for file in files {
      let what =
        file.days.isEmpty ? "\(file.readings.count) readings" : "\(file.days.count) days, step \(file.step)"
      mapping.add(file.flow, "\(what), file id \(file.fileID)", file.shortName)
    }
    mapping.add("mpan", mpan, "")
    mapping.add("meters", meters.map(\.serial).joined(separator: ", "), "")
  }

  private static func none(_ files: [FlowFile], _ message: String) -> Diagnostic {
    Diagnostic(
      code: "BS-FLOW-12", at: Position(file: files.first?.name ?? "", line: 1, column: 1), message: message,
      help: "name the supply with --mpan")
  }
}

extension SettlementCase {
  /// A case of flow files, settled once when their span ends.
  public init(
    flows batch: FlowBatch, policy: Policy, tariff: [TariffTerms], mpan: String,
    installation: DeclaredInstallation
  ) {
    let agreement = Agreement(
      licensee: policy.name, exportMPAN: mpan, tariff: tariff, start: batch.span.lowerBound,
      installation: installation, meters: batch.meters)
    self.init(
      policy: policy, agreement: agreement, reads: batch.reads, logs: batch.logs, events: batch.events,
      from: batch.span.lowerBound, settlements: [batch.span.upperBound])
  }
}
