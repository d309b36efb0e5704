// A listening TCP port. When descriptors run out it rests instead of spinning, says so once, and goes on when
// a connection has gone.

internal import CHost
internal import Glibc
internal import Units

/// Somebody who came to a listening port.
protocol Guest: AnyObject {
  func close()
}

/// Accepts connections and hands each to whoever serves it.
final class Listener: Watcher {
  let address: HostPort
  /// Negative while the port is away.
  private var socket: Int32
  private let loop: EventLoop
  /// Takes over a socket with its number from 1; the callback is to be called once, when it is gone.
  typealias Welcome = (_ socket: Int32, _ number: Int, _ onClose: @escaping (any Guest) -> Void) -> any Guest

  private let welcome: Welcome
  private let notice: (String) -> Void
  private var connections: [ObjectIdentifier: any Guest] = [:]
  private var accepted = 0
  private var isResting = false
  private var hasComplained = false

  /// Accepted in one go, before others get their turn.
  private static let atOnce = 64

  /// Listens; port 0 takes any free one (`address` tells which).
  init(
    _ wanted: HostPort, loop: EventLoop, notice: @escaping (String) -> Void,
    welcome: @escaping Welcome
  ) throws(HostError) {
    (self.loop, self.notice, self.welcome) = (loop, notice, welcome)
    socket = chost_tcp_listen(wanted.host, "\(wanted.port)", 1024)
    address = HostPort(
      host: wanted.host, port: socket >= 0 ? UInt16(clamping: chost_tcp_port(socket)) : wanted.port)
    guard socket >= 0 else { throw .address(wanted, socket, listening: true) }
    loop.watch(socket, Interest.read, self)
  }

  deinit { if socket >= 0 { Glibc.close(socket) } }

  var openConnections: Int { connections.count }

  func ready(_ events: UInt32) {
    for _ in 0..<Self.atOnce {
      let connection = chost_accept(socket)
      switch connection {
      case 0...: serve(connection)
      case -EMFILE, -ENFILE, -ENOBUFS, -ENOMEM: return rest(because: connection)
      case -EAGAIN: return
      default: continue  // The peer left before it was accepted.
      }
    }
  }

  private func serve(_ socket: Int32) {
    accepted += 1
    let connection = welcome(socket, accepted) { [weak self] gone in
      self?.connections[ObjectIdentifier(gone)] = nil
      self?.wake()
    }
    connections[ObjectIdentifier(connection)] = connection
  }

  private func rest(because error: Int32) {
    guard !isResting else { return }
    isResting = true
    loop.change(socket, 0)
    if !hasComplained {
      hasComplained = true
      notice("\(HostError.descriptors(error)); \(connections.count) connections are served, others wait")
    }
    // Somebody else in the process may hold the descriptors: look again without being told.
    loop.schedule(at: loop.clock.now + .seconds(1)) { [weak self] in self?.wake() }
  }

  private func wake() {
    guard isResting, socket >= 0 else { return }
    isResting = false
    loop.change(socket, Interest.read)
  }

  /// Closes every connection, and refuses whoever comes until it is back.
  func vanish() {
    guard socket >= 0 else { return }
    loop.unwatch(socket)
    Glibc.close(socket)
    (socket, isResting) = (-1, false)
    // Last, so that whoever is told by it and comes again at once is refused.
    close()
  }

  /// Listens again, at the same address. Throws where somebody else has taken it.
  func comeBack() throws(HostError) {
    guard socket < 0 else { return }
    let again = chost_tcp_listen(address.host, "\(address.port)", 1024)
    guard again >= 0 else { throw .address(address, again, listening: true) }
    socket = again
    loop.watch(socket, Interest.read, self)
  }

  func close() {
    if socket >= 0 { loop.unwatch(socket) }
    for connection in Array(connections.values) { connection.close() }
  }
}
