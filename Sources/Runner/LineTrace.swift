// Everything that passes on a line, written into the journal with its causes: a request by the command that
// asked for it; an answer by the request that the meter heard and the register it showed then, however late
// it arrives; a refused frame by its bytes. What leaves a meter as bytes is the line's belief of its
// register.

internal import HeadEnd
internal import Line
internal import MeterModel
internal import Timeline
internal import Units

/// The journal's eye on one line.
final class LineTrace {
  /// More answers than these are never under way at once.
  private static let mostPending = 8

  /// An answer that left a meter and did not arrive yet.
  private struct Said {
    let bytes: [UInt8]
    let request: Cause
    let seen: Cause
    /// What it says of the export register.
    let belief: Belief?
  }

  /// An answer that arrived and that no read took yet.
  private struct Arrived {
    let bytes: [UInt8]
    let cause: Cause
  }

  let form: ModbusForm
  private var stations: [Station]
  private let units: ModbusUnits
  private let flushes: Bool
  private unowned let world: World
  private let subject: UInt16

  private var command = Cause.none
  private var lastRequest = Cause.none
  private var lastRefusal = Cause.none
  private var heard: (question: ModbusForm.Question?, request: Cause) = (nil, .none)
  private var seen = Cause.none
  private var said: [Said] = []
  private var arrived: [Arrived] = []

  init(
    name: String, stations: [Station], units: ModbusUnits, form: ModbusForm, flushes: Bool, world: World
  ) {
    (self.stations, self.form, self.flushes, self.world) = (stations, form, flushes, world)
    self.units = units
    subject = world.journal.subject(name)
  }

  /// A meter makes way for another.
  func replace(_ old: Station, by new: Station) {
    stations = stations.map { $0 === old ? new : $0 }
  }

  /// A new read begins, by a command of the story.
  func beginDialogue(because command: Cause) {
    self.command = command
    (lastRefusal, lastRequest) = (.none, .none)
  }

  /// A request is about to be answered: the meters count up to here, and what the register shows is a cause
  /// of the answer that carries it.
  func visit(at instant: Instant) {
    world.glance(for: instant)
    guard let question = heard.question, let station = answering(to: question.unit),
      let role = station.role(of: question), let shown = station.meter.shown(role)
    else { return }
    seen = world.see(shown, of: station, because: world.trueCause(at: instant))
  }

  func see(_ sight: LineSight) {
    switch sight.place {
    case .requestSent:
      // A reader that flushes has dropped what came before.
      if flushes { arrived.removeAll(keepingCapacity: true) }
      lastRequest = world.journal.append(
        .requestBytes, at: sight.at, subject: subject, value: Int64(sight.bytes.count), because: command,
        and: lastRefusal, bytes: sight.bytes)
    case .requestHeard:
      // Meters that stand otherwise hear garbage of the same request.
      let question = form.question(in: sight.bytes)
      guard question != nil || heard.request != lastRequest else { return }
      (heard, seen) = ((question, lastRequest), .none)
    case .answerSent: leave(sight.bytes)
    case .answerArrived: arrive(sight.bytes, at: sight.at)
    }
  }

  /// The reader refused what came, or what came before its patience ended.
  func refuse(_ fault: String) {
    lastRefusal = world.journal.append(
      .frameRefused, at: world.now, subject: subject, because: latest, bytes: fault.utf8)
  }

  /// What a read that failed rests on: the refused frame, the latest answer, or the request itself.
  var latest: Cause { lastRefusal != .none ? lastRefusal : arrived.last?.cause ?? lastRequest }

  /// The answer from which a reader took these registers: the oldest that holds them, as a reader that does
  /// not flush takes a late one first.
  func answer(holding registers: [UInt16]) -> Cause {
    guard let index = arrived.firstIndex(where: { form.holds(registers, $0.bytes) }) else {
      return arrived.last?.cause ?? lastRequest
    }
    defer { arrived.removeFirst(index + 1) }
    return arrived[index].cause
  }

  private func leave(_ bytes: [UInt8]) {
    said.append(
      Said(
        bytes: bytes, request: heard.request, seen: seen, belief: heard.question.flatMap { belief($0, bytes) }
      ))
    if said.count > Self.mostPending { said.removeFirst() }
  }

  /// What the bytes that leave a meter say of the register that was asked for.
  private func belief(_ question: ModbusForm.Question, _ bytes: [UInt8]) -> Belief? {
    guard let station = addressed(question), let role = station.role(of: question),
      let registers = form.registers(Int(question.count), in: bytes),
      let (value, step) = station.energies[role]?.value(of: registers)
    else { return nil }
    return world.belief(.line, value, of: role, in: world.exportView, at: station, step: step, cause: seen)
  }

  private func arrive(_ bytes: [UInt8], at instant: Instant) {
    // One that arrives as it left is that one; a disturbed one is most likely the latest.
    let index = said.firstIndex { $0.bytes == bytes } ?? said.indices.last
    let origin = index.map { said.remove(at: $0) }
    let cause = world.journal.append(
      .answerBytes, at: instant, subject: subject, value: Int64(bytes.count),
      because: origin?.request ?? lastRequest, and: origin?.seen ?? .none, bytes: bytes)
    if var belief = origin?.belief {
      belief.cause = cause
      world.beliefs.add(belief)
    }
    arrived.append(Arrived(bytes: bytes, cause: cause))
    if arrived.count > Self.mostPending { arrived.removeFirst() }
  }

  /// Whose register is asked for, whoever answers.
  private func addressed(_ question: ModbusForm.Question) -> Station? {
    stations.first { $0.answering?.unit == question.unit } ?? answering(to: question.unit)
  }

  private func answering(to unit: UInt8) -> Station? {
    let answering = units.answering(to: unit)
    return stations.first { $0.answering === answering }
  }
}

extension Station {
  func role(of question: ModbusForm.Question) -> RegisterRole? {
    role(function: question.function, address: question.address, count: question.count)
  }
}
