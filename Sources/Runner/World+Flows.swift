// A flow file arrives: what it says of the story's meters goes to the evidence, with the line of the timeline
// as its cause.

internal import Scenario
internal import Settlement
internal import Units

extension World {
  func take(_ arrival: FlowArrival, because command: Cause) {
    for read in arrival.taken.reads { take(read, of: name(of: read.serial), because: command) }
    for log in arrival.taken.logs { take(log, of: name(of: log.serial), because: command) }
    for event in arrival.taken.events { take(event, because: command) }
  }

  /// What the story calls a meter; its serial number for one that it does not emulate.
  private func name(of serial: String) -> String {
    stations.first { $0.value.serial == serial }?.key ?? serial
  }
}
