// What a live meter has in its logs beside its registers, as JSON: events by log, averages of the voltage.

internal import MeterModel
internal import Report
internal import Runner
internal import Units

enum LiveLogs {
  /// `events`, `security` and `power` as far as the meter keeps such logs, oldest first; `voltage` by phase
  /// where it watches one; its clock, and the export MPAN that it holds.
  static func json(_ meter: Meter) -> JSONText {
    var fields: [(String, JSONText)] = EventLog.allCases.compactMap { log in
      meter.events(in: log).map { (log.rawValue, .list($0.map(json))) }
    }
    if meter.watchesVoltage {
      fields.append(("voltage", .list((1...meter.profile.phases).map { phase(meter, $0) })))
    }
    if let limit = meter.loadLimit {
      fields.append(
        (
          "loadLimit",
          .object([
            ("thresholdW", .whole(limit.threshold.milliwatts / 1000)),
            ("exceeded", .whole(Int64(meter.loadLimitCount))),
          ])
        ))
    }
    if meter.profile.clock != nil { fields.append(("clock", .text(meter.clockStatus.rawValue))) }
    if let mpan = meter.exportMPAN { fields.append(("exportMPAN", .text(mpan))) }
    return .object(fields)
  }

  private static func json(_ event: MeterEvent) -> JSONText {
    var fields: [(String, JSONText)] = [("at", .text("\(event.stamp)"))]
    if let alert = event.alert { fields.append(("code", .text(String(alert, radix: 16, uppercase: true)))) }
    fields.append(("means", .text(event.code.words)))
    if event.phase > 0 { fields.append(("phase", .whole(Int64(event.phase)))) }
    if event.detail > 0 { fields.append(("detail", .whole(Int64(event.detail)))) }
    return .object(fields)
  }

  private static func phase(_ meter: Meter, _ phase: Int) -> JSONText {
    let averages = meter.averageVoltages(phase: phase, from: .epoch, through: .distantFuture)
    let counters = meter.voltageCounters(phase: phase)
    return .object([
      ("above", .whole(Int64(counters.over))), ("below", .whole(Int64(counters.under))),
      (
        "averages",
        .list(
          averages.map {
            .object([("end", .text("\($0.stamp)")), ("decivolts", .whole(Int64($0.decivolts)))])
          })
      ),
    ])
  }
}
