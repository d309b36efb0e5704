// Clients that come and go. An optical client opens the port anew at the change of speed, in mid session.

internal import CHost
internal import Glibc
internal import Line
internal import Units

extension PtyLine {
  func watchClients() {
    presence = chost_presence_open(path)
    isSomebodyThere = false
    guard presence >= 0 else { return }
    loop.watch(presence, Interest.read, PresenceWatch { [weak self] in self?.noticeClients() })
  }

  /// A client finds nothing that was meant for the one before it, as with any UART: input is dropped when the
  /// last one leaves, and once more when the first one comes.
  func noticeClients() {
    let told = chost_presence_read(presence)
    func has(_ news: Int) -> Bool { told & Int32(news) != 0 }
    if has(chost_opened_after_close) || (has(chost_opened) && !isSomebodyThere) {
      chost_terminal_flush_input(slave)
      held.clientCame(at: loop.clock.now)
      isNewcomer = true
    }
    if has(chost_opened) {
      isSomebodyThere = true
      pokeSoon()
    }
    if has(chost_closed) {
      // Whoever writes next may be another.
      isNewcomer = true
      seeWhetherAnybodyStays()
    }
  }

  /// Lets go of the slave for a moment: if nobody else has it, the master is then alone. The terminal's
  /// settings survive that.
  private func lookForOthers() {
    Glibc.close(slave)
    isSomebodyThere = chost_pty_is_alone(master) == 0
    slave = chost_terminal_open(path)
    guard slave >= 0 else { return hungUp() }
    // News of our own closing and opening.
    _ = chost_presence_read(presence)
  }

  /// Bytes came though nobody seems to be there. Whoever came while the slave was let go of came with our own
  /// news, and was not noticed; whoever wrote and left is not there.
  func askWhoIsThere() {
    lookForOthers()
    if isSomebodyThere { pokeSoon() }
  }

  /// Somebody has closed the port: where nobody stays, it is made ready for whoever comes next.
  private func seeWhetherAnybodyStays() {
    lookForOthers()
    guard slave >= 0 else { return }
    // Whoever is there may have come only now: the news of it went with our own.
    guard !isSomebodyThere else { return held.clientCame(at: loop.clock.now) }
    chost_terminal_flush_input(slave)
    // Nobody is there to be disturbed.
    speed.lookUp(slave, at: loop.clock.now)
    wire.setClientSpeed(speed.baud, at: loop.clock.now)
    if wire.settings.parity != .none { speed.poke(slave) }
  }

  func unwatchClients() {
    guard presence >= 0 else { return }
    loop.unwatch(presence)
    Glibc.close(presence)
    presence = -1
  }
}

/// News of clients, on a descriptor of its own.
private final class PresenceWatch: Watcher {
  private let onNews: () -> Void
  init(onNews: @escaping () -> Void) { self.onNews = onNews }
  func ready(_ events: UInt32) { onNews() }
}
