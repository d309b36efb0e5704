// Pulses in a story: a logger is fitted, counts on while the world goes on, and is read.

internal import HeadEnd
internal import MeterModel
internal import Scenario
internal import Timeline
internal import Units

extension World {
  /// Clips a counter to a meter's pulse output; one that was there is taken away with its count.
  func fitPulseLogger(_ order: PulseLoggerOrder, because command: Cause) {
    flow(to: now)
    guard let station = stations[order.meter] else { return refuse("there is no meter '\(order.meter)' now") }
    guard let logger = PulseLogger(order, at: station.meter) else {
      return refuse(
        "\(station.meter.profile.name) has no pulse output, or no \(order.role.rawValue) register")
    }
    station.pulseLogger = logger
    station.pulseLoggerFitted = see(logger.shown, of: station, because: trueCause(at: now), and: command)
  }

  /// Somebody writes down what a logger shows.
  func readPulses(_ order: BenchRead, _ station: Station, because command: Cause) {
    flow(to: now)
    guard let logger = station.pulseLogger else {
      // The meter it was fitted to was taken away.
      let failure = DialogueFailure(.absent, "no logger counts its pulses", at: now)
      return take(failure, of: order, station, because: command)
    }
    logger.count(through: now)
    guard order.roles.contains(logger.role) else {
      let failure = DialogueFailure(.absent, "the logger counts \(logger.role.rawValue)", at: now)
      return take(failure, of: order, station, because: command)
    }
    evidence.benchResults.append(
      BenchResult(meter: station.name, port: .pulse, at: now, values: logger.values))
    let at = now.wholeSecond
    glance(for: at)
    let seen = see(logger.shown, of: station, because: station.pulseLoggerFitted, and: command)
    note(
      BenchRecord(meter: station.name, port: .pulse, role: logger.role, value: logger.shown, at: at),
      step: logger.step, order, of: station, because: seen, and: trueCause(at: now))
  }
}
