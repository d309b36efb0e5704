// What a story states without a meter goes straight to the evidence, when it arrives: nothing measured it, so
// its causes are of a kind of their own.

internal import Scenario
internal import Settlement
internal import Timeline
internal import Units

extension World {
  /// A reading arrives.
  func take(_ read: Read, of meter: String, because command: Cause) {
    let given = journal.append(
      .given, at: read.at, subject: journal.subject(meter), value: read.value.value, because: command)
    if let station = stations[meter], station.serial == read.serial {
      return receive(read, of: station, because: given)
    }
    var read = read
    read.cause = journal.append(
      .read, at: now, subject: journal.subject(meter), value: read.value.value, because: given)
    evidence.reads.append(read)
  }

  /// Half-hours arrive.
  func take(_ log: LogRead, of meter: String, because command: Cause) {
    let subject = journal.subject(meter)
    var log = log
    log.cause = command
    for index in log.entries.indices {
      let entry = log.entries[index]
      log.entries[index].cause = journal.append(
        .given, at: entry.stamp, subject: subject, value: entry.energy.value, because: command)
    }
    evidence.logs.append(log)
  }

  /// The settlement party hears of something.
  func take(_ event: CaseEvent, because command: Cause) {
    var event = event
    event.cause = journal.append(
      .given, at: event.at, subject: journal.subject("events"), because: command,
      bytes: event.name.name.utf8)
    events += life.tell(event)
  }
}
