// A door with the kernel between it and the line, for readers of our own at depths "pty" and "tcp". What the
// reader writes goes into one descriptor and is taken out of the other before the line has it, and the same
// back. Time stays the line's: only waiting moves it, and no load on the machine can turn an answer into a
// time-out.

internal import CHost
internal import Glibc
internal import HeadEnd
public import Line
public import Units

/// A door behind a pair of descriptors. Lives on one thread, in one world.
public final class KernelDoor: Door {
  /// What the descriptors are.
  enum Kind { case terminal, socket }

  private let inner: any Door
  private let link: KernelLink
  private let kind: Kind
  private let counter: ByteCounter
  /// The first trouble of the kernel's link: a broken link stays broken.
  private var broken: String?

  /// Takes over both descriptors.
  init(_ inner: any Door, _ link: KernelLink, kind: Kind, counter: ByteCounter) {
    (self.inner, self.link, self.kind, self.counter) = (inner, link, kind, counter)
    // A pseudo-terminal has eight data bits and no parity; the wave on the line is the same.
    if kind == .terminal, let settings = inner.settings, settings.hasParityInBit7 {
      _ = inner.tune(to: settings.onWire)
    }
  }

  deinit {
    close(link.near)
    close(link.far)
  }

  public var now: Instant { inner.now }

  public var settings: SerialSettings? { inner.settings }

  /// Of the link, or of the line behind it, which may pass.
  public var trouble: String? { broken ?? inner.trouble }

  public func write(_ bytes: [UInt8]) {
    var rest = bytes[...]
    while !rest.isEmpty, broken == nil {
      let chunk = rest.prefix(KernelLink.queueLimit)
      rest = rest.dropFirst(chunk.count)
      note { () throws(KernelLink.Trouble) in
        try link.send(chunk)
        inner.write(try link.take(chunk.count))
        counter.bytes += chunk.count
      }
    }
  }

  public func wait(until patience: Instant) -> [UInt8] { carried(inner.wait(until: patience)) }

  public func wait(for count: Int, first: Instant, between: TimeSpan) -> [UInt8] {
    carried(inner.wait(for: count, first: first, between: between))
  }

  public func flush() { inner.flush() }

  /// At depth "pty" the terminal is set too, and refuses seven data bits as the kernel does.
  public func tune(to settings: SerialSettings) -> Bool {
    guard broken == nil else { return false }
    if kind == .terminal {
      guard settings.dataBits == 8, chost_terminal_set_speed(link.near, Int32(settings.baud)) == 0 else {
        return false
      }
    }
    return inner.tune(to: settings)
  }

  private func carried(_ bytes: [UInt8]) -> [UInt8] {
    var arrived: [UInt8] = []
    var rest = bytes[...]
    while !rest.isEmpty, broken == nil {
      let chunk = rest.prefix(KernelLink.queueLimit)
      rest = rest.dropFirst(chunk.count)
      note { () throws(KernelLink.Trouble) in
        try link.deliver(chunk)
        arrived += try link.receive(chunk.count)
        counter.bytes += chunk.count
      }
    }
    return arrived
  }

  private func note(_ work: () throws(KernelLink.Trouble) -> Void) {
    do throws(KernelLink.Trouble) { try work() } catch { broken = error.word }
  }
}
