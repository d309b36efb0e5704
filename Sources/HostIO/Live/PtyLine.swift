// A meter on a pseudo-terminal of its own, under a stable link. The slave stays open here, so that the line
// lives on when a client leaves. The client's speed is looked up whenever bytes go over the line. (Packet
// mode with EXTPROC would tell of each change, but many clients take that flag away, and to set it again is
// to write back settings that the client may be changing at that moment.)

internal import CHost
internal import Glibc
internal import Line
internal import Units

/// One pseudo-terminal on the loop.
final class PtyLine: Watcher, Mouth {
  /// Where clients find it: the link if there is one, else the slave.
  let name: String
  private(set) var pacing = PacingRecord()
  private let path: String
  private let master: Int32
  private var slave: Int32
  private var link: PtyLink?
  private let loop: EventLoop
  private let notice: (String) -> Void
  private var conversation: Conversation?
  private var wire: PtyWire
  private var space = [UInt8](repeating: 0, count: 4096)
  private var chunk: [UInt8] = []
  private var nextTurn: Instant?
  private var complainedOf: Int32?
  private var isClosed = false
  /// Tells of clients that come and go; negative where the system has no room to tell.
  private var presence: Int32 = -1
  private var isSomebodyThere = false

  init(
    link: String?, settings: SerialSettings, isPaced: Bool, farSide: any FarSide, loop: EventLoop,
    notice: @escaping (String) -> Void
  ) throws(HostError) {
    var buffer = [CChar](repeating: 0, count: 64)
    master = chost_pty_open(&buffer, buffer.count)
    path = text(of: buffer)
    (self.loop, self.notice) = (loop, notice)
    wire = PtyWire(settings, isPaced: isPaced)
    name = link ?? path
    slave = -1
    guard master >= 0 else { throw .pseudoTerminal(master) }
    try openSlave()
    if let link { self.link = try PtyLink(link, to: path) }
    conversation = Conversation(farSide, loop: loop, mouth: self)
    loop.watch(master, Interest.read, self)
    watchClients()
  }

  deinit { close() }

  private func openSlave() throws(HostError) {
    slave = chost_terminal_open(path)
    guard slave >= 0 else { throw .device(path, slave) }
    let refused = min(chost_terminal_set_raw(slave, Int32(wire.settings.baud)), chost_terminal_mark(slave))
    guard refused >= 0 else { throw .device(path, refused) }
  }

  /// Whether a path is the pseudo-terminal of a live meter.
  static func isServed(_ path: String) -> Bool {
    let descriptor = chost_terminal_open(path)
    guard descriptor >= 0 else { return false }
    defer { Glibc.close(descriptor) }
    return chost_terminal_is_marked(descriptor) == 1
  }

  func ready(_ events: UInt32) {
    let got = space.withUnsafeMutableBytes { chost_read(master, $0.baseAddress, $0.count) }
    if got == -Int(EAGAIN) { return }
    guard got > 0 else { return hungUp() }
    receive(space[..<got])
  }

  private func receive(_ bytes: ArraySlice<UInt8>) {
    lookUpSpeed()
    let now = loop.clock.now
    let heard = wire.hears(bytes, at: now)
    guard !heard.bytes.isEmpty else { return }
    if heard.at <= now {
      hear(heard.bytes, at: now)
    } else {
      loop.schedule(at: heard.at) { [weak self] in self?.hear(heard.bytes, at: heard.at) }
    }
  }

  private func hear(_ bytes: [UInt8], at instant: Instant) { conversation?.hear(bytes[...], at: instant) }

  func say(_ answers: [TimedBytes], at now: Instant) {
    lookUpSpeed()
    for answer in answers { wire.say(answer) }
    speak()
  }

  /// Writes the characters that are due, and comes back for the next.
  private func speak() {
    nextTurn = nil
    let now = loop.clock.now
    chunk.removeAll(keepingCapacity: true)
    wire.take(by: now) { character in
      chunk.append(character.byte)
      pacing.note(now - character.at)
    }
    // A client that does not read loses characters, as with any UART: nobody stops the sender.
    if !chunk.isEmpty {
      _ = chunk.withUnsafeBytes { chost_write(master, $0.baseAddress, $0.count) }
    }
    if let due = wire.due { takeTurn(at: due) }
  }

  private func takeTurn(at instant: Instant) {
    if let nextTurn, nextTurn <= instant { return }
    nextTurn = instant
    loop.schedule(at: instant) { [weak self] in
      guard let self, nextTurn == instant else { return }
      speak()
    }
  }

  private func watchClients() {
    presence = chost_presence_open(path)
    isSomebodyThere = false
    guard presence >= 0 else { return }
    loop.watch(presence, Interest.read, PresenceWatch { [weak self] in self?.noticeClients() })
  }

  /// A client finds nothing that was meant for the one before it, as with any UART: input is dropped when the
  /// last one leaves, and once more when the first one comes.
  private func noticeClients() {
    let told = chost_presence_read(presence)
    func has(_ news: Int) -> Bool { told & Int32(news) != 0 }
    if has(chost_opened_after_close) || (has(chost_opened) && !isSomebodyThere) {
      chost_terminal_flush_input(slave)
    }
    if has(chost_opened) { isSomebodyThere = true }
    if has(chost_closed) { seeWhetherAnybodyStays() }
  }

  /// Lets go of the slave for a moment: if nobody else has it, the master is then alone. The terminal's
  /// settings survive that.
  private func seeWhetherAnybodyStays() {
    Glibc.close(slave)
    isSomebodyThere = chost_pty_is_alone(master) == 0
    slave = chost_terminal_open(path)
    guard slave >= 0 else { return hungUp() }
    // News of our own closing and opening.
    _ = chost_presence_read(presence)
    if !isSomebodyThere { chost_terminal_flush_input(slave) }
  }

  private func unwatchClients() {
    guard presence >= 0 else { return }
    loop.unwatch(presence)
    Glibc.close(presence)
    presence = -1
  }

  /// One line for each wrong speed, when bytes really go over the line with it.
  private func lookUpSpeed() {
    let baud = max(chost_terminal_speed(slave), 0)
    wire.setClientSpeed(Int(baud))
    guard !wire.hasRightSpeed, complainedOf != baud else { return }
    complainedOf = baud
    notice(
      "\(name): the client talks at \(baud) Bd, the meter at \(wire.settings.baud) Bd (\(wire.settings.format)): "
        + "both hear garbage, as on a real line")
  }

  /// Somebody hung the terminal up although we hold it open: open it again, or give it up.
  private func hungUp() {
    unwatchClients()
    if slave >= 0 { Glibc.close(slave) }
    do throws(HostError) {
      try openSlave()
      watchClients()
      notice("\(name) was hung up; it is open again")
    } catch {
      loop.unwatch(master)
      notice("\(HostError.hungUp(name))")
    }
  }

  func close() {
    guard !isClosed, master >= 0 else { return }
    isClosed = true
    conversation = nil
    link?.remove()
    link = nil
    loop.unwatch(master)
    unwatchClients()
    if slave >= 0 { Glibc.close(slave) }
    slave = -1
    Glibc.close(master)
  }
}

/// News of clients, on a descriptor of its own.
private final class PresenceWatch: Watcher {
  private let onNews: () -> Void
  init(onNews: @escaping () -> Void) { self.onNews = onNews }
  func ready(_ events: UInt32) { onNews() }
}
