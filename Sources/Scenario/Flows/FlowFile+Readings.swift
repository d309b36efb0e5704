// D0010: register readings. 026 (MPAN) > 028 (meter) > 030 (register), several of each.

internal import Units

extension FlowFile {
  private struct Place {
    var mpan: String?
    var isFailed = false
    var serial: String?
    /// Reading type, in capitals: R where nothing is said.
    var kind = "R"
  }

  /// Reading types that are read (J0171): routine, customer's, initial, final, special, pre-payment, actual
  /// at a change of supplier or of tenancy, and X, which was proposed for remote ones.
  private static let kinds: Set = ["R", "C", "I", "F", "S", "P", "A", "Z", "X"]

  mutating func readReadings(_ envelope: FlowEnvelope, _ clock: Clock) throws {
    var (place, unknown, left) = (Place(), [FlowRecord](), LeftOut())
    var faces = FaceOrder(clock: clock)
    for record in envelope.records {
      switch record.kind {
      case "026":
        place = Place(mpan: try record.mpan(1))
        let status =
          record[2].isEmpty ? "U" : try record.word(2, "validation status", among: ["V", "U", "F"])
        place.isFailed = status == "F"
      case "028":
        guard place.mpan != nil else {
          throw record.fault("BS-FLOW-04", 0, "a meter without its MPAN: 026 comes first")
        }
        place.serial = try record.needed(1, "the meter's serial number")
        place.kind = record[2].isEmpty ? "R" : record[2].uppercased()
      case "030":
        guard let mpan = place.mpan, let serial = place.serial else {
          throw record.fault("BS-FLOW-04", 0, "a reading without its meter: 028 comes first")
        }
        let reading = try reading(record, mpan: mpan, serial: serial, kind: place.kind, &faces)
        let flag = record[6].isEmpty ? "T" : try record.word(6, "reading flag", among: ["T", "F"])
        if flag == "F" || place.isFailed {
          left.add(.failedReading, "marked as failed", record.line)
        } else if Self.kinds.contains(place.kind) {
          readings.append(reading)
        } else if place.kind == "W" {
          withdrawn.append(reading)
        } else {
          left.add(kind: place.kind, record.line)
        }
      case "027", "032": continue  // A site visit, and why a reading failed: nothing is settled on them.
      default: unknown.append(record)
      }
    }
    noteUnknown(unknown)
    notes += left.notes + faces.notes
  }

  private func reading(
    _ record: FlowRecord, mpan: String, serial: String, kind: String, _ faces: inout FaceOrder
  ) throws -> Reading {
    let registerID = try record.needed(1, "the register id").uppercased()
    let (value, step) = try record.energy(3)
    let at = try faces.instant(of: try record.face(2), in: "\(serial)|\(registerID)", record)
    let method = record[7].isEmpty ? "N" : try record.word(7, "reading method", among: ["N", "P"])
    let source: ReadSource = kind == "C" ? .customer : method == "P" ? .visit : .remote
    return Reading(
      mpan: mpan, serial: serial, registerID: registerID, at: at, value: value, step: step, source: source,
      line: record.line)
  }
}

/// Readings of a file that are none to settle on, with the reason.
private struct LeftOut {
  private struct Reason: Hashable {
    var kind: ImportNote.Kind
    var words: String
  }

  private var lines: [(reason: Reason, lines: [Int])] = []

  mutating func add(_ kind: ImportNote.Kind, _ words: String, _ line: Int) {
    let reason = Reason(kind: kind, words: words)
    if let index = lines.firstIndex(where: { $0.reason == reason }) {
      lines[index].lines.append(line)
    } else {
      lines.append((reason, [line]))
    }
  }

  /// By the reading's type; what other letters mean is not known here.
  mutating func add(kind: String, _ line: Int) {
    switch kind {
    // R-EST-01: what was deemed or estimated was not read.
    case "D": add(.deemedReading, "deemed or estimated, and so no reading of a register", line)
    case "Q": add(.unknownReading, "of type 'Q', modified by the collector: ask for what was read", line)
    default: add(.unknownReading, "of type '\(kind)', which is not known here", line)
    }
  }

  var notes: [ImportNote] {
    lines.map { reason, lines in
      let shown = lines.prefix(4).map(String.init).joined(separator: ", ") + (lines.count > 4 ? " …" : "")
      return ImportNote(
        reason.kind,
        "\(ImportNote.count(lines.count, "reading", ("is", "are"))) \(reason.words): left out (line \(shown))"
      )
    }
  }
}

/// Times of one file in its order: in autumn one hour comes twice, and only the order tells which is meant.
private struct FaceOrder {
  let clock: FlowFile.Clock
  private var last: [String: Instant] = [:]
  private(set) var notes: [ImportNote] = []

  init(clock: FlowFile.Clock) { self.clock = clock }

  mutating func instant(of face: Instant, in register: String, _ record: FlowRecord) throws -> Instant {
    let instant = clock == .utc ? face : try london(face, after: last[register], record)
    last[register] = max(instant, last[register] ?? instant)
    return instant
  }

  private mutating func london(_ face: Instant, after last: Instant?, _ record: FlowRecord) throws -> Instant
  {
    let summer = LondonClock.summer(of: CivilDate(dayNumber: Int(floorDivide(face.seconds, 86_400))).year)
    let (spring, autumn) = (summer.lowerBound, summer.upperBound)
    if (spring..<spring + .hours(1)).contains(face) {
      throw record.fault(
        "BS-FLOW-06", 2, "no London clock showed '\(record[2])': in spring they go forward",
        help: "are the times of this file UTC?")
    }
    guard (autumn..<autumn + .hours(1)).contains(face) else {
      return face >= spring && face < autumn ? face - .hours(1) : face
    }
    if let last, last >= face - .hours(1) { return face }
    if !notes.contains(where: { $0.kind == .repeatedHour }) {
      notes.append(
        ImportNote(
          .repeatedHour,
          "'\(record[2])' (line \(record.line)) was shown twice: the first is taken, unless a reading before it "
            + "in the file is as late"))
    }
    return face - .hours(1)
  }
}
