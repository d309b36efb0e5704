// A meter on a pseudo-terminal of its own, under a stable link. The slave stays open here, so that the line
// lives on when a client leaves. The client's speed is looked up whenever bytes go over the line, and while a
// meter that has changed its own waits for the client to follow. (Packet mode with EXTPROC would tell of each
// change, but many clients take that flag away, and to set it again is to write back settings that the client
// may be changing at that moment.)

internal import CHost
internal import Glibc
internal import Line
internal import Units

/// One pseudo-terminal on the loop.
final class PtyLine: Watcher, Mouth {
  /// Where clients find it: the link if there is one, else the slave.
  private(set) var name = ""
  private(set) var pacing = PacingRecord()
  private(set) var path = ""
  /// Negative while the port is away.
  private(set) var master: Int32 = -1
  var slave: Int32 = -1
  let loop: EventLoop
  let notice: (String) -> Void
  var wire: PtyWire
  var speed: PtySpeed
  var held = HeldAnswers()
  /// How the line was set: how a meter stands that does not say itself.
  private let settings: SerialSettings
  private let wantedLink: String?
  private var link: PtyLink?
  private var conversation: Conversation?
  private let head: FaultyFarSide?
  private var space = [UInt8](repeating: 0, count: 4096)
  private var chunk: [UInt8] = []
  private var nextTurn: Instant?
  private var isClosed = false
  /// Tells of clients that come and go; negative where the system has no room to tell.
  var presence: Int32 = -1
  var isSomebodyThere = false
  /// Whether a client has come or left and nobody has written since.
  var isNewcomer = false
  /// Readers so far that were told from the one before; messages of the present one that still travel.
  private var clients = 0
  private var underWay = 0
  var isPokeDue = false

  init(
    link: String?, settings: SerialSettings, isPaced: Bool, farSide: any FarSide, loop: EventLoop,
    notice: @escaping (String) -> Void
  ) throws(HostError) {
    (self.loop, self.notice, self.settings, wantedLink) = (loop, notice, settings, link)
    wire = PtyWire(settings, isPaced: isPaced)
    speed = PtySpeed(settings, mayChange: farSide.settings != nil)
    head = farSide as? FaultyFarSide
    try open()
    let conversation = Conversation(farSide, loop: loop, mouth: self)
    self.conversation = conversation
    if let own = farSide.settings { wire.setMeter(own) }
    conversation.begin(at: loop.clock.now)
  }

  deinit { close() }

  private func open() throws(HostError) {
    var buffer = [CChar](repeating: 0, count: 64)
    master = chost_pty_open(&buffer, buffer.count)
    guard master >= 0 else { throw .pseudoTerminal(master) }
    path = text(of: buffer)
    name = wantedLink ?? path
    try openSlave()
    if let wantedLink { link = try PtyLink(wantedLink, to: path) }
    loop.watch(master, Interest.read, self)
    watchClients()
  }

  // MARK: A port that vanishes

  /// Hangs the terminal up and takes its link away. The meter does not know of it; what it says is lost.
  func vanish() {
    guard master >= 0 else { return }
    takeDown()
    clients += 1
    underWay = 0
    held.dropAll()
    wire = PtyWire(settings, isPaced: wire.isPaced)
    wire.setMeter(conversation?.farSide.settings ?? settings)
    speed = PtySpeed(settings, mayChange: speed.mayChange)
    (isSomebodyThere, isNewcomer) = (false, true)
  }

  /// A new terminal under the same link. Throws where there is none to be had, or the link is another's now.
  func comeBack() throws(HostError) {
    guard master < 0, !isClosed else { return }
    do { try open() } catch {
      takeDown()
      throw error
    }
  }

  private func takeDown() {
    link?.remove()
    link = nil
    if master >= 0 { loop.unwatch(master) }
    unwatchClients()
    if slave >= 0 { Glibc.close(slave) }
    if master >= 0 { Glibc.close(master) }
    (slave, master) = (-1, -1)
  }

  func openSlave() throws(HostError) {
    slave = chost_terminal_open(path)
    guard slave >= 0 else { throw .device(path, slave) }
    let refused = min(chost_terminal_set_raw(slave, Int32(settings.baud)), chost_terminal_mark(slave))
    guard refused >= 0 else { throw .device(path, refused) }
    speed.poke(slave)
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
    let now = loop.clock.now
    speed.lookUp(slave, at: now)
    // Who came and went before these bytes may not have been told yet.
    if speed.mayChange, presence >= 0 {
      noticeClients()
      if !isSomebodyThere { askWhoIsThere() }
    }
    if isNewcomer { greet(at: now) }
    // A client that wrote and then changed its speed at once has both behind it when we look: what it wrote
    // is taken to have been written at whichever speed the meter understands.
    let suits = speed.mayChange && speed.mayHaveBeen(wire.settings.baud, at: now)
    wire.setClientSpeed(suits ? wire.settings.baud : speed.baud, at: now)
    let reflected = wire.clientSettings?.onWire
    let heard = wire.hears(bytes, at: now)
    complain()
    wire.setClientSpeed(speed.baud, at: now)
    for echo in head?.reflection(of: Array(bytes), sentAs: reflected, start: heard.start) ?? [] {
      wire.reflect(echo)
    }
    if let due = wire.due { takeTurn(at: due) }
    pokeSoon()
    held.clientSpoke(at: heard.at)
    guard !heard.bytes.isEmpty else { return }
    if heard.at <= now {
      hear(heard.bytes, at: now)
    } else {
      let client = clients
      underWay += 1
      loop.schedule(at: heard.at) { [weak self] in
        guard let self, client == clients else { return }
        underWay -= 1
        hear(heard.bytes, at: heard.at)
      }
    }
  }

  /// A client that comes at the speed at which sessions begin, where a session was left at another or with a
  /// message under way, is a new reader. (One that follows a change of speed by opening the port anew comes
  /// at the new speed.)
  private func greet(at now: Instant) {
    isNewcomer = false
    guard speed.mayChange, speed.baud == settings.baud else { return }
    guard wire.settings.baud != settings.baud || underWay > 0 else { return }
    clients += 1
    underWay = 0
    held.dropAll()
    conversation?.abandon(at: now)
  }

  private func hear(_ bytes: [UInt8], at instant: Instant) { conversation?.hear(bytes[...], at: instant) }

  func stand(as uart: SerialSettings?, at now: Instant) {
    let uart = uart ?? settings
    if uart.baud != wire.settings.baud { held.meterChanged() }
    wire.setMeter(uart)
    // Whoever follows it may have to set parity on a terminal that has none.
    guard uart.parity != .none, !speed.isPoked else { return }
    speed.isPoked = true
    pokeSoon()
  }

  func look(at now: Instant) { conversation?.heed(at: now) }

  func say(_ answers: [TimedBytes], as uart: SerialSettings?, at now: Instant) {
    guard master >= 0 else { return }
    guard speed.mayChange else {
      lookUpSpeed(at: now)
      for answer in answers { wire.say(answer, as: uart) }
      return speak()
    }
    for answer in answers { held.add(answer, as: uart ?? settings) }
    release()
  }

  /// Writes the characters that are due, and comes back for the next.
  func speak() {
    nextTurn = nil
    let now = loop.clock.now
    // Whoever changes its speed while the meter speaks hears the rest as it stands then.
    guard master >= 0 else { return }
    if speed.mayChange { lookUpSpeed(at: now, saying: wire.settings) }
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

  /// Somebody hung the terminal up although we hold it open: open it again, or give it up.
  func hungUp() {
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
    guard !isClosed else { return }
    isClosed = true
    conversation = nil
    takeDown()
  }
}
