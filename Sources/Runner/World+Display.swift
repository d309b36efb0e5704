// Somebody looks at a display and says what they saw, with a photograph or without.

internal import MeterModel
internal import Scenario
internal import Timeline
internal import Units

extension World {
  /// A read of a display, taken now and received after its delay.
  func readDisplay(_ order: DisplayRead) {
    guard let station = stations[order.meter] else { return }
    flow(to: now)
    let meter = station.meter
    guard let face = meter.profile.display, let shown = meter.displayed(order.register) else {
      return fail(station, "the display of \(meter.profile.name) shows no \(order.register.rawValue) register")
    }
    let seen = journal.append(
      .registerSeen, at: now, subject: station.subject, value: shown.value, because: trueCause(at: now))
    let value = order.value ?? shown
    let register = meter.profile.register(order.register)
    var read = Read(
      serial: meter.serial, register: order.register, value: value,
      resolution: max(face.resolution, register?.resolution ?? WattHours(1)), at: now,
      received: now + order.delay, source: order.source)
    read.photo = order.photo.map { photo in
      Photo(
        serial: photo.serial ?? meter.serial, register: photo.register ?? order.register,
        value: photo.value ?? shown)
    }
    believe(.line, shown, of: order.register, at: station, cause: seen)
    schedule(at: read.received) { [unowned self] in receive(read, of: station, because: seen) }
  }

  /// A read arrives at the settlement party.
  func receive(_ read: Read, of station: Station, because seen: Cause) {
    var read = read
    read.cause = journal.append(
      .read, at: now, subject: station.subject, value: read.value.value, because: seen)
    evidence.reads.append(read)
    believe(.reader, read.value, of: read.register, at: station, readAt: read.at, step: read.resolution, cause: read.cause)
  }

  /// A read that gave nothing.
  func fail(_ station: Station, _ reason: String, because cause: Cause = .none) {
    let entry = journal.append(
      .readFailed, at: now, subject: station.subject, because: cause, bytes: Array(reason.utf8))
    evidence.failures.append(FailedRead(meter: station.name, at: now, reason: reason, cause: entry))
  }

  /// Notes what a layer believes of cumulative export; only the export register of the settled meter counts.
  func believe(
    _ layer: Layer, _ value: WattHours, of role: RegisterRole, at station: Station, readAt: Instant? = nil,
    step: WattHours? = nil, cause: Cause
  ) {
    guard role == .export, station === exportStation, let face = station.meter.profile.register(.export),
      let opening = station.opening[.export]
    else { return }
    let modulus = face.rollover.modulus.value
    // The advance nearest to nothing: half the range forwards, half backwards.
    let turned = floorModulo(value.value - opening.value + modulus / 2, modulus) - modulus / 2
    let step = max(step ?? face.resolution, face.resolution)
    let at = readAt ?? now
    beliefs.add(
      Belief(
        layer: layer, at: at, truth: trueExport(at: at), believed: WattHours(turned),
        tolerance: Beliefs.meterTolerance + step, cause: cause))
  }
}
