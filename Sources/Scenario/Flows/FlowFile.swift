// What a flow file says, before anybody has said whose meter it is about: register readings (D0010) and days
// of half-hours (D0036 by the London clock, D0379 in UTC).

public import Units

/// One file of a data-transfer flow, read whole or not at all.
public struct FlowFile: Hashable, Sendable {
  /// One register reading.
  public struct Reading: Hashable, Sendable {
    public var mpan: String
    public var serial: String
    /// As written, in capitals: what it counts is not in the flow.
    public var registerID: String
    public var at: Instant
    public var value: WattHours
    /// The step of the decimals written.
    public var step: WattHours
    public var source: ReadSource
    /// The line of the file, from 1.
    public var line: Int
  }

  /// One day of half-hours of one quantity.
  public struct Day: Hashable, Sendable {
    public struct Row: Hashable, Sendable {
      public var energy: WattHours
      public var quality: Quality
      public var line: Int
    }

    public var mpan: String
    public var quantity: Quantity
    public var date: CivilDate
    /// The start of its first half-hour.
    public var start: Instant
    /// One for each half-hour of the day, in order.
    public var rows: [Row]
  }

  /// What half-hours count.
  public enum Quantity: String, Hashable, Sendable, CaseIterable {
    case activeImport = "AI"
    case activeExport = "AE"
    case reactiveImport = "RI"
    case reactiveExport = "RE"

    /// The register that it fills; nil for what is no active energy.
    public var register: RegisterRole? {
      switch self {
      case .activeImport: .import
      case .activeExport: .export
      case .reactiveImport, .reactiveExport: nil
      }
    }
  }

  /// The clock of times and days.
  public enum Clock: String, Hashable, Sendable, CaseIterable { case london, utc }

  public var name: String
  /// The sender's name of the file.
  public var fileID: String
  /// `D0010`, `D0036`, `D0379`.
  public var flow: String
  public internal(set) var readings: [Reading] = []
  /// Readings that are taken back, given before by this file or another.
  public internal(set) var withdrawn: [Reading] = []
  public internal(set) var days: [Day] = []
  /// The step of the half-hours: the finest that is written.
  public internal(set) var step = WattHours(1000)
  public internal(set) var notes: [ImportNote] = []
  /// 64 bits over the content, so that the same file is known again under another name.
  public var digest: UInt64

  /// Reads a text; `file` names it in errors. `clock` is that of the reading times of a D0010 (our
  /// assumption: London, as settlement days are). Throws a `Diagnostic`.
  public init(_ text: String, file: String, clock: Clock = .london) throws {
    let envelope = try FlowEnvelope(text, file: file)
    (name, fileID, flow) = (file, envelope.fileID, envelope.flow)
    digest = Self.digest(of: envelope)
    notes = envelope.notes
    switch envelope.flow {
    case "D0010": try readReadings(envelope, clock)
    case "D0036": try readDays(envelope, .d0036)
    case "D0379": try readDays(envelope, .d0379)
    default:
      throw Diagnostic(
        code: "BS-FLOW-02", at: Position(file: file, line: 1, column: 1),
        message: "\(envelope.flow) is not read here", help: "D0010, D0036 and D0379 are")
    }
  }

  /// Whether this is the same file as another: the header's id and all of the content.
  public func isSame(as other: FlowFile) -> Bool { fileID == other.fileID && digest == other.digest }

  /// The name without its folders.
  public var shortName: String { name.split(separator: "/").last.map(String.init) ?? name }

  /// The MPANs that the file speaks of, each once, in its order.
  public var mpans: [String] {
    var seen: Set<String> = []
    return (readings.map(\.mpan) + days.map(\.mpan)).filter { seen.insert($0).inserted }
  }

  /// FNV-1a over the records, so that line ends and a missing last one make no difference.
  private static func digest(of envelope: FlowEnvelope) -> UInt64 {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for text in [envelope.flow] + envelope.records.map(\.text) {
      for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
      hash = (hash ^ 0x0A) &* 0x100_0000_01b3
    }
    return hash
  }

  /// One note for all records of one kind that nobody knows.
  mutating func noteUnknown(_ unknown: [FlowRecord]) {
    for (kind, some) in Dictionary(grouping: unknown, by: \.kind).sorted(by: { $0.key < $1.key }) {
      let lines = some.prefix(4).map { "\($0.line)" }.joined(separator: ", ") + (some.count > 4 ? " …" : "")
      notes.append(
        ImportNote(
          .unknownRecord,
          "\(ImportNote.count(some.count, "record", ("is", "are"))) '\(kind)', which \(flow) does not have here: "
            + "skipped (line \(lines))"))
    }
  }
}
