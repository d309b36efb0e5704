// All flow files of one agreement's meters: for each of its supplies a D0010 of register readings and a D0036
// of half-hours, as far as there are any.

public import Units

/// Flow files to be written together.
public struct FlowSet: Hashable, Sendable {
  public private(set) var files: [WrittenFlow] = []
  public private(set) var notes: [ImportNote] = []

  /// - Parameters:
  ///   - exportMPAN: the supply of export registers, as written on the form; one that is no MPAN has no file.
  ///   - importMPAN: that of import registers.
  ///   - made: when the files are made.
  ///   - firstID: number of the first file; the others count on.
  public init(
    reads: [Read], logs: [LogRead], exportMPAN: String?, importMPAN: String?, made: Instant, firstID: Int
  ) {
    for (role, written) in [(RegisterRole.export, exportMPAN), (.import, importMPAN)] {
      let own = reads.filter { $0.register == role }
      let ownLogs = logs.filter { $0.register == role }
      guard !own.isEmpty || !ownLogs.isEmpty else { continue }
      guard let mpan = written.flatMap({ try? MPAN(parsing: $0) }) else {
        notes.append(
          ImportNote(.leftOut, "reads of \(role.rawValue) registers have no MPAN: no flow tells them"))
        continue
      }
      let (halfHours, stray) = FlowWriter.halfHours(ownLogs)
      if stray > 0 {
        notes.append(
          ImportNote(
            .leftOut, "\(ImportNote.count(stray, "logged row", ("is", "are"))) on no half-hour: left out"))
      }
      let id = firstID + files.count
      if let file = FlowWriter(mpan: mpan, made: made, fileID: id).readings(own) { files.append(file) }
      let next = firstID + files.count
      if let file = FlowWriter(mpan: mpan, made: made, fileID: next).days(halfHours) { files.append(file) }
    }
    let others = reads.count { $0.register == .total || $0.register == .generation }
    if others > 0 {
      notes.append(
        ImportNote(
          .leftOut, "\(ImportNote.count(others, "read", ("is", "are"))) of a total or of generation: left out"
        ))
    }
    notes += files.flatMap(\.notes)
  }
}
