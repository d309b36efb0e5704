// One meter's line on a TCP port, as a serial device server puts it there: whoever connects is on that line.
// What the meter says goes to all of them, also what it pushes by itself; what any of them says the meter
// hears. Raw TCP carries characters and no speed; RFC 2217 carries speed and format too,
// so that a change of speed is seen.

internal import CHost
internal import Glibc
internal import Line
internal import Units

/// One far side and its clients on the loop.
final class NetLine: Mouth {
  private let form: TCPForm
  private let isPaced: Bool
  private let settings: SerialSettings
  private let loop: EventLoop
  private let notice: (String) -> Void
  private var conversation: Conversation?
  private var listener: Listener?
  private var clients: [ObjectIdentifier: NetClient] = [:]

  init(
    _ wanted: HostPort, form: TCPForm, settings: SerialSettings, isPaced: Bool, farSide: any FarSide,
    loop: EventLoop, notice: @escaping (String) -> Void
  ) throws(HostError) {
    (self.form, self.isPaced, self.settings) = (form, isPaced, settings)
    (self.loop, self.notice) = (loop, notice)
    listener = try Listener(wanted, loop: loop, notice: notice) { [unowned self] socket, _, onClose in
      welcome(socket, onClose: onClose)
    }
    let conversation = Conversation(farSide, loop: loop, mouth: self)
    self.conversation = conversation
    conversation.begin(at: loop.clock.now)
  }

  var address: HostPort? { listener?.address }
  var openConnections: Int { clients.count }

  private func welcome(_ socket: Int32, onClose: @escaping (any Guest) -> Void) -> any Guest {
    // Who comes to an empty line finds a meter that no other reader has left in mid session.
    if clients.isEmpty { conversation?.abandon(at: loop.clock.now) }
    let uart = conversation?.farSide.settings ?? settings
    let client = NetClient(socket, line: self, form: form, uart: uart, isPaced: isPaced, loop: loop) {
      [weak self] gone in
      self?.clients[ObjectIdentifier(gone)] = nil
      onClose(gone)
    }
    clients[ObjectIdentifier(client)] = client
    return client
  }

  func hear(_ bytes: [UInt8], at instant: Instant) { conversation?.hear(bytes[...], at: instant) }

  func look(at now: Instant) { conversation?.heed(at: now) }

  func say(_ answers: [TimedBytes], as uart: SerialSettings?, at now: Instant) {
    for client in Array(clients.values) { client.say(answers, as: uart ?? settings) }
  }

  func stand(as uart: SerialSettings?, at now: Instant) {
    for client in clients.values { client.stand(as: uart ?? settings) }
  }

  /// One line for a client at a wrong speed.
  func complain(_ client: Int, of meter: SerialSettings) {
    guard let address else { return }
    notice(
      "\(address): a client talks at \(client) Bd, the meter at \(meter.baud) Bd (\(meter.format)): "
        + "both hear garbage, as on a real line")
  }

  func vanish() { listener?.vanish() }
  func comeBack() throws(HostError) { try listener?.comeBack() }

  func close() {
    conversation = nil
    listener?.close()
  }
}

/// One client of a `NetLine`.
final class NetClient: Watcher, Guest {
  private let socket: Int32
  private unowned let line: NetLine
  private let loop: EventLoop
  private let onClose: (NetClient) -> Void
  private var wire: PtyWire
  /// Nil for raw TCP.
  private var port: ComPortServer?
  private var held = HeldAnswers()
  private var unsent: [UInt8] = []
  private var interest = Interest.read
  private var nextTurn: Instant?
  private var isClosed = false
  private var hasComplained = false

  init(
    _ socket: Int32, line: NetLine, form: TCPForm, uart: SerialSettings, isPaced: Bool, loop: EventLoop,
    onClose: @escaping (NetClient) -> Void
  ) {
    (self.socket, self.line, self.loop, self.onClose) = (socket, line, loop, onClose)
    switch form {
    case .raw: wire = PtyWire(uart, client: nil, isPaced: isPaced)
    case .rfc2217:
      wire = PtyWire(uart, client: .usual, isPaced: isPaced)
      port = ComPortServer(.usual)
    }
    loop.watch(socket, interest, self)
    if let opening = port?.opening() { send(opening) }
  }

  func ready(_ events: UInt32) {
    if events & Interest.write != 0 { send([]) }
    guard events & ~Interest.write != 0, !isClosed else { return }
    var got = 0
    let bytes = [UInt8](unsafeUninitializedCapacity: 4096) { space, count in
      got = chost_read(socket, space.baseAddress, space.count)
      count = max(got, 0)
    }
    if got == -Int(EAGAIN) { return }
    guard got > 0 else { return close() }
    for step in port?.receive(bytes) ?? [.data(bytes)] { take(step) }
  }

  private func take(_ step: ComPortServer.Step) {
    let now = loop.clock.now
    switch step {
    case .reply(let bytes): send(bytes)
    case .purge: unsent = []
    case .stand(let settings):
      wire.setClient(settings, at: now)
      release()
    case .data(let bytes):
      let heard = wire.hears(bytes[...], at: now)
      complain(of: wire.settings)
      held.clientSpoke(at: heard.at)
      guard !heard.bytes.isEmpty else { return }
      loop.schedule(at: max(heard.at, now)) { [weak self] in
        guard let self, !isClosed else { return }
        line.hear(heard.bytes, at: max(heard.at, now))
      }
    }
  }

  private func complain(of meter: SerialSettings) {
    guard let client = wire.clientSettings, client.baud != meter.baud, !hasComplained else { return }
    hasComplained = true
    line.complain(client.baud, of: meter)
  }

  func stand(as uart: SerialSettings) {
    if uart.baud != wire.settings.baud { held.meterChanged() }
    wire.setMeter(uart)
  }

  func say(_ answers: [TimedBytes], as uart: SerialSettings) {
    for answer in answers { held.add(answer, as: uart) }
    release()
  }

  /// A client that can say how it stands is given time to follow a change of speed.
  private func release() {
    while let next = held.waiting.first {
      let now = loop.clock.now
      guard next.answer.at <= now else { return again(at: next.answer.at) }
      let baud = port.map(\.settings.baud) ?? next.uart.baud
      if held.mustWait(at: now, baud: baud, isSomebodyThere: true) {
        return again(at: now + .milliseconds(5))
      }
      if baud != next.uart.baud { complain(of: next.uart) }
      let (answer, uart) = held.takeFirst()
      wire.say(answer, as: uart)
      speak()
    }
  }

  private func again(at instant: Instant) {
    loop.schedule(at: instant) { [weak self] in self?.release() }
  }

  private func speak() {
    nextTurn = nil
    var bytes: [UInt8] = []
    wire.take(by: loop.clock.now) { bytes.append($0.byte) }
    if !bytes.isEmpty { send(port == nil ? bytes : TelnetEncoder.data(bytes)) }
    guard let due = wire.due, nextTurn.map({ due < $0 }) ?? true else { return }
    nextTurn = due
    loop.schedule(at: due) { [weak self] in
      guard let self, nextTurn == due else { return }
      speak()
    }
  }

  /// A client that does not read loses characters, as with any UART: nobody stops the sender.
  private func send(_ bytes: [UInt8]) {
    guard !isClosed else { return }
    if unsent.count <= OutQueue.limit { unsent += bytes }
    if !unsent.isEmpty {
      let done = unsent.withUnsafeBytes { chost_send(socket, $0.baseAddress, $0.count) }
      guard done >= 0 || done == -Int(EAGAIN) else { return close() }
      unsent.removeFirst(max(done, 0))
    }
    let wanted = Interest.read | (unsent.isEmpty ? 0 : Interest.write)
    guard wanted != interest else { return }
    interest = wanted
    loop.change(socket, wanted)
  }

  func close() {
    guard !isClosed else { return }
    isClosed = true
    loop.unwatch(socket)
    Glibc.close(socket)
    onClose(self)
  }
}
