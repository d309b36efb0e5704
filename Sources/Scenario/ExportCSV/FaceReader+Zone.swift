// From what clocks showed to instants. The zone is what each stamp says of itself, or what a person or the
// header states, or what the rows prove: the hour that no London clock shows in spring,
// or the hour it shows twice in autumn.

internal import Truth
internal import Units

/// Instants, and how they were found.
struct ZoneReading {
  var instants: [Instant]
  var zone: ExportOptions.Zone
  /// What told so.
  var because: String
  var notes: [ImportNote] = []
}

extension ExportOptions.Zone {
  /// For people.
  var words: String {
    switch self {
    case .utc: "UTC"
    case .london: "London clock"
    case .offset: "each with its offset"
    }
  }
}

extension FaceReader {
  /// Places faces in time; `words` are those of their header, `isEnd` says that they are ends of half-hours.
  func instants(of faces: ClockFaces, words: HeaderWords, isEnd: Bool) throws -> ZoneReading {
    if let reading = try byOffsets(faces) { return reading }
    let stated = zone ?? (words.has(HeaderWords.utc) ? .utc : words.has(HeaderWords.london) ? .london : nil)
    let because = zone == nil ? "header" : "--\(prefix)zone"
    switch stated {
    case .utc: return ZoneReading(instants: faces.faces, zone: .utc, because: because)
    case .london:
      switch london(faces.faces, isEnd: isEnd) {
      case .success(let reading): return self.reading(reading, because: because)
      case .failure(let problem): throw fault(problem, faces)
      }
    case .offset:
      throw source.fault(
        "BS-IMP-12", faces.cells[0], "'\(faces.cells[0].text)' carries no offset",
        help: zoneHelp)
    case nil: return try proven(faces, isEnd: isEnd)
    }
  }

  // MARK: Offsets

  /// Instants of stamps that carry their offsets; nil if none does.
  private func byOffsets(_ faces: ClockFaces) throws -> ZoneReading? {
    guard let exact = faces.offsets.firstIndex(where: { $0 != nil }) else { return nil }
    if let bare = faces.offsets.firstIndex(where: { $0 == nil }) {
      throw source.fault(
        "BS-IMP-12", faces.cells[bare],
        "'\(faces.cells[bare].text)' carries no offset and '\(faces.cells[exact].text)' does",
        help: "write all of them one way")
    }
    if let zone, zone != .offset {
      let says = faces.offsets[exact] == .zero ? "UTC" : "its own offset"
      guard zone == .utc, faces.offsets.allSatisfy({ $0 == .zero }) else {
        throw source.fault(
          "BS-IMP-12", faces.cells[exact],
          "'\(faces.cells[exact].text)' says \(says), against --\(prefix)zone \(zone.rawValue)",
          help: "leave the option out, or take the offsets out of the file if they are wrong")
      }
    }
    let instants = zip(faces.faces, faces.offsets).map { face, offset in face - (offset ?? .zero) }
    let isUTC = faces.offsets.allSatisfy { $0 == .zero }
    return ZoneReading(
      instants: instants, zone: isUTC ? .utc : .offset, because: "the stamps")
  }

  // MARK: London

  private struct LondonReading {
    var instants: [Instant]
    var repeatedHours: [CivilDate]
    /// Ends are half an hour after the clock of the start, so that 00:30 to 02:00 BST ends at "01:00".
    var endsByStart = false
  }

  private func london(_ faces: [Instant], isEnd: Bool) -> Result<LondonReading, LondonFace.Problem> {
    do throws(LondonFace.Problem) {
      let reading = try LondonFace.read(faces)
      return .success(LondonReading(instants: reading.instants, repeatedHours: reading.repeatedHours))
    } catch {
      // Some write as end what the clock showed at the start and half an hour:
      // the change falls otherwise then.
      if isEnd, let reading = try? LondonFace.read(faces.map { $0 - HalfHour.length }) {
        return .success(
          LondonReading(
            instants: reading.instants.map { $0 + HalfHour.length }, repeatedHours: reading.repeatedHours,
            endsByStart: true))
      }
      return .failure(error)
    }
  }

  private func reading(_ london: LondonReading, because: String) -> ZoneReading {
    var reading = ZoneReading(instants: london.instants, zone: .london, because: because)
    for day in london.repeatedHours {
      reading.notes.append(
        ImportNote(
          .repeatedHour, "01:00 to 02:00 of \(day) comes twice; by the order of its rows the first is BST"))
    }
    if london.endsByStart {
      reading.notes.append(
        ImportNote(
          .endsByStart,
          "on days of a clock change the end stamps are half an hour after the London time of the start"))
    }
    return reading
  }

  private func fault(_ problem: LondonFace.Problem, _ faces: ClockFaces) -> Diagnostic {
    let cell = faces.cells[problem.row]
    switch problem.kind {
    case .inSpringGap:
      return source.fault(
        "BS-IMP-15", cell, "no clock in London showed '\(cell.text)': the clocks went forward over it",
        help: "if the file is in UTC, let the header say so, or state --\(prefix)zone utc")
    case .inRepeatedHour:
      return source.fault(
        "BS-IMP-16", cell,
        "'\(cell.text)' came twice on the London clock that day, and the rows do not tell which",
        help: "all four half-hours of that hour, in order, would tell; so would offsets, or UTC")
    }
  }

  // MARK: Proof

  /// The zone where nobody states it: both readings agree, or one of them cannot be.
  private func proven(_ faces: ClockFaces, isEnd: Bool) throws -> ZoneReading {
    switch london(faces.faces, isEnd: isEnd) {
    case .success(let found) where found.instants == faces.faces:
      return ZoneReading(
        instants: faces.faces, zone: .utc, because: "no row lies in summer time, so London time is the same")
    case .success(let found) where !found.repeatedHours.isEmpty:
      return reading(found, because: "the hour that comes twice on \(found.repeatedHours[0])")
    case .failure(let problem) where problem.kind == .inSpringGap:
      return ZoneReading(
        instants: faces.faces, zone: .utc,
        because: "no London clock showed line \(faces.cells[problem.row].line)")
    default:
      throw source.fault(
        "BS-IMP-10", faces.cells[0], "'\(faces.cells[0].text)' may be UTC or London time",
        help: zoneHelp)
    }
  }

  private var zoneHelp: String {
    "let the header end in _utc or _local, or state --\(prefix)zone utc or --\(prefix)zone london"
  }
}
