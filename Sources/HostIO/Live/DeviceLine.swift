// A meter on an existing serial device: an RS-485 adapter to somebody's own master, or the end of a cable.
// The wire takes its own time there; only the instants of the answers are ours.

internal import CHost
internal import Line
internal import Units

/// One serial device on the loop. `onLoss` is called once, when the device has gone.
final class DeviceLine: Watcher, Mouth {
  private let port: any SerialPort
  private let loop: EventLoop
  private let onLoss: (HostError) -> Void
  private var conversation: Conversation?
  private var out = OutQueue()
  private var interest = Interest.read
  private var nextTurn: Instant?
  private var space: [UInt8] = []

  init(
    _ port: any SerialPort, farSide: any FarSide, loop: EventLoop, onLoss: @escaping (HostError) -> Void
  ) {
    (self.port, self.loop, self.onLoss) = (port, loop, onLoss)
    conversation = Conversation(farSide, loop: loop, mouth: self)
    loop.watch(port.descriptor, interest, self)
  }

  func ready(_ events: UInt32) {
    if events & Interest.write != 0 { send() }
    guard events & ~Interest.write != 0 else { return }
    space.removeAll(keepingCapacity: true)
    do throws(HostError) {
      guard try port.read(into: &space) > 0 else { return }
    } catch {
      return lose(error)
    }
    conversation?.hear(space[...], at: loop.clock.now)
  }

  func say(_ answers: [TimedBytes], at now: Instant) {
    for answer in answers { out.add(answer) }
    send()
  }

  private func send() {
    guard conversation != nil else { return }
    nextTurn = nil
    var refused: HostError?
    _ = out.send(at: loop.clock.now) { bytes, count in
      do throws(HostError) {
        return try port.write(Array(UnsafeRawBufferPointer(start: bytes, count: count))[...])
      } catch {
        refused = error
        return 0
      }
    }
    if let refused { return lose(refused) }
    if let due = out.due { takeTurn(at: due) }
    let wanted = Interest.read | (out.isStuck ? Interest.write : 0)
    guard wanted != interest else { return }
    interest = wanted
    loop.change(port.descriptor, wanted)
  }

  private func takeTurn(at instant: Instant) {
    if let nextTurn, nextTurn <= instant { return }
    nextTurn = instant
    loop.schedule(at: instant) { [weak self] in
      guard let self, nextTurn == instant else { return }
      send()
    }
  }

  private func lose(_ error: HostError) {
    guard conversation != nil else { return }
    close()
    onLoss(error)
  }

  func close() {
    guard conversation != nil else { return }
    conversation = nil
    loop.unwatch(port.descriptor)
    port.close()
  }
}
