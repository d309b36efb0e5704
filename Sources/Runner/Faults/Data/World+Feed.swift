// Half-hours arrive at the settlement party: straight from the meter, or, where its feed is at fault, through
// a file that somebody wrote and our importer reads.

internal import MeterModel
internal import Scenario
internal import Timeline
internal import Units

extension World {
  /// Half-hours of a meter, as a reader brought them home.
  func deliver(_ log: LogRead, of station: Station) {
    guard !station.feed.isIdle, !log.entries.isEmpty else { return evidence.logs.append(log) }
    let source = FeedSource { [meter = station.meter] end in
      meter.readLog(.import, from: end, through: end).first?.energy ?? .zero
    }
    sendOldAgain(log, of: station)
    var sheet = FeedSheet(log)
    for (_, fault) in station.feed.active { fault.spoil(&sheet, of: source) }
    do {
      let file = try ExportFile(sheet.text, file: "half-hours of \(station.name)", options: sheet.reader)
      guard var read = file.logs(serial: log.serial, received: now).first else { return }
      read.register = log.register
      read.cause = log.cause
      for index in read.entries.indices { read.entries[index].cause = log.cause }
      evidence.logs.append(read)
    } catch {
      let reason = (error as? Diagnostic)?.short ?? (error as? Diagnostics)?.list.first?.short ?? "\(error)"
      fail(station, "the file is refused: \(reason)", because: log.cause)
    }
  }

  /// Where a batch says something new of half-hours that were sent before, their old version follows it.
  private func sendOldAgain(_ log: LogRead, of station: Station) {
    guard let delay = station.feed.active.compactMap(\.fault.sendsOldAgain).first else { return }
    var known: [Instant: LogRead.Entry] = [:]
    for old in evidence.logs where old.serial == log.serial && old.register == log.register {
      for entry in old.entries { known[entry.stamp] = entry }
    }
    var again = log
    again.entries = log.entries.compactMap { known[$0.stamp] }
    let isNew = log.entries.contains { entry in
      known[entry.stamp].map { $0.energy != entry.energy } ?? false
    }
    guard isNew else { return }
    schedule(at: now + delay) { [unowned self] in
      again.received = now
      evidence.logs.append(again)
    }
  }
}

extension Diagnostic {
  /// Its code and sentence.
  fileprivate var short: String { "\(message) [\(code)]" }
}
