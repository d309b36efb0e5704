// Somebody looks at a display and says what they saw, with a photograph or without; and what becomes of any
// read once it has arrived.

internal import Faces
internal import MeterModel
internal import Scenario
internal import Timeline
internal import Units

extension World {
  /// A read of a display, taken now and received after its delay.
  func readDisplay(_ order: DisplayRead, because command: Cause) {
    guard let station = stations[order.meter] else { return refuse("there is no meter '\(order.meter)' now") }
    flow(to: now)
    let meter = station.meter
    guard meter.isPowered else { return fail(station, "the display is dark: no supply", because: command) }
    guard let face = meter.profile.display, meter.displayed(order.register) != nil,
      let register = meter.profile.register(order.register)
    else {
      let what = "the display of \(meter.profile.name) shows no \(order.register.rawValue) register"
      return fail(station, what, because: command)
    }
    guard let shown = meter.sight(of: order.register, look: lookNumber) else {
      return fail(station, "the display of \(meter.profile.name) is blank", because: command)
    }
    let seen = see(shown, of: station, because: trueCause(at: now), and: command)
    var read = Read(
      serial: meter.serial, register: order.register, value: order.value ?? shown,
      resolution: max(face.resolution, register.resolution), at: now, received: now + order.delay,
      source: order.source)
    read.photo = order.photo.map { photo in
      Photo(
        serial: photo.serial ?? meter.serial, register: photo.register ?? order.register,
        value: photo.value ?? shown)
    }
    people.send(
      &read, of: station, face: face, beside: others(beside: station), draws: stream)
    if let photo = read.photo, !photograph(photo, order, of: station, because: seen) {
      // Whoever looks at it finds no serial number or no register there: nothing was proven (R-READ-06).
      read.photo = nil
    }
    let modulus = min(
      register.rollover.modulus, RegisterFace.Rollover.digits(face.digits).modulus)
    glance(for: now)
    believe(
      .line, shown, of: order.register, at: station, step: read.resolution, modulus: modulus, cause: seen)
    schedule(at: read.received) { [unowned self] in
      receive(read, of: station, modulus: modulus, because: seen)
    }
  }

  /// Tells the looks of a story apart: no two of one meter are within a second.
  private var lookNumber: UInt64 { UInt64(bitPattern: now.seconds) }

  /// Keeps the picture that came with a read: the face that it shows, whosever that is. Returns whether the
  /// serial number and the register can be made out in it.
  private func photograph(
    _ photo: Photo, _ order: DisplayRead, of station: Station, because cause: Cause
  ) -> Bool {
    let taken = self.order.first { $0.serial == photo.serial } ?? station
    let meter = taken.meter
    guard let display = meter.profile.display,
      var face = meter.face(page: DisplayPage(photo.register)) ?? meter.face()
    else { return true }
    if face.serial != photo.serial { face = face.numbered(photo.serial) }
    if meter.sight(of: photo.register, look: lookNumber) != photo.value {
      face = face.showing(photo.value, of: display)
    }
    let seed = stream.stream("photo").stream(station.serial).bits(lookNumber)
    let picture = Photograph(face: face, flaws: order.photo?.flaws ?? [], seed: seed)
    evidence.photographs.append(
      TakenPhotograph(meter: station.name, at: now, photo: photo, photograph: picture, cause: cause))
    let legible = PhotoDrawing.legibility(picture)
    return legible.register && legible.serial
  }

  /// The meters that hang beside one.
  private func others(beside station: Station) -> [Meter] {
    self.order.filter { $0 !== station }.map(\.meter)
  }

  /// A register somebody looked at.
  func see(
    _ value: WattHours, of station: Station, because cause: Cause, and second: Cause = .none
  ) -> Cause {
    journal.append(
      .registerSeen, at: now, subject: station.subject, value: value.value, because: cause, and: second)
  }

  /// A read arrives at the settlement party.
  func receive(
    _ read: Read, of station: Station, modulus: WattHours? = nil, because first: Cause,
    and second: Cause = .none
  ) {
    var read = read
    read.cause = journal.append(
      .read, at: now, subject: station.subject, value: read.value.value, because: first, and: second)
    evidence.reads.append(read)
    believe(
      .reader, read.value, of: read.register, at: station, readAt: read.at, step: read.resolution,
      modulus: modulus, cause: read.cause)
    let dial = belief(
      .reader, read.value, of: read.register, in: importView, at: station, readAt: read.at,
      step: read.resolution, modulus: modulus, cause: read.cause)
    if let dial { beliefs.addDialRead(at: dial.at, counted: dial.believed, cause: dial.cause) }
  }

  /// A read that gave nothing.
  func fail(_ station: Station, _ reason: String, because cause: Cause) {
    let entry = journal.append(
      .readFailed, at: now, subject: station.subject, because: cause, bytes: reason.utf8)
    evidence.failures.append(FailedRead(meter: station.name, at: now, reason: reason, cause: entry))
  }

  /// Notes what a layer believes of cumulative export.
  func believe(
    _ layer: Layer, _ value: WattHours, of role: RegisterRole, at station: Station, readAt: Instant? = nil,
    step: WattHours, modulus: WattHours? = nil, cause: Cause
  ) {
    let belief = belief(
      layer, value, of: role, in: exportView, at: station, readAt: readAt, step: step, modulus: modulus,
      cause: cause)
    if let belief { beliefs.add(belief) }
  }

  /// What a layer believes of the register that a view is about; nil for any other register. `step` is what
  /// the layer could see, `readAt` the instant of which it speaks, where it is not now.
  func belief(
    _ layer: Layer, _ value: WattHours, of role: RegisterRole, in view: RegisterView, at station: Station,
    readAt: Instant? = nil, step: WattHours, modulus: WattHours? = nil, cause: Cause
  ) -> Belief? {
    guard station === view.station, role == view.role, let face = station.meter.profile.register(role),
      let counted = view.counted(by: value, modulus: modulus ?? face.rollover.modulus)
    else { return nil }
    let truth = truth(at: readAt ?? now)
    // To the second: what one look told to several is of one instant, and its layers tell who was first.
    return Belief(
      layer: layer, at: (readAt ?? now).wholeSecond, truth: truth.export, believed: counted,
      tolerance: Beliefs.meterTolerance + max(step, face.resolution) + truth.lag, cause: cause)
  }
}

extension Instant {
  /// Cut to its second.
  var wholeSecond: Instant { Instant(seconds: seconds) }
}
