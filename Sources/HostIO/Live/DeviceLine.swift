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
  /// How the line was set: how a meter stands that does not say itself.
  private let settings: SerialSettings
  /// When what was said has left the wire.
  private var busyUntil = Instant.epoch
  private let head: FaultyFarSide?

  init(
    _ port: any SerialPort, farSide: any FarSide, loop: EventLoop, onLoss: @escaping (HostError) -> Void
  ) {
    (self.port, self.loop, self.onLoss, settings) = (port, loop, onLoss, port.settings)
    head = farSide as? FaultyFarSide
    let conversation = Conversation(farSide, loop: loop, mouth: self)
    self.conversation = conversation
    loop.watch(port.descriptor, interest, self)
    if let own = farSide.settings { stand(as: own, at: loop.clock.now) }
    conversation.begin(at: loop.clock.now)
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
    let now = loop.clock.now
    // A real echo comes while characters are still on the wire; here they have come already.
    for echo in head?.reflection(of: space, sentAs: port.settings.onWire, start: now) ?? [] { out.add(echo) }
    let meter = conversation?.farSide.settings ?? settings
    conversation?.hear(heard(space, by: meter)[...], at: now)
    send()
  }

  /// A port without seven data bits has parity in bit 7; the meter's own UART would have checked it.
  private func heard(_ bytes: [UInt8], by meter: SerialSettings) -> [UInt8] {
    port.settings == meter ? bytes : port.settings == meter.onWire ? meter.heard(bytes) : bytes
  }

  func stand(as uart: SerialSettings?, at now: Instant) {
    let uart = uart ?? settings
    // What was said leaves at the old speed.
    loop.schedule(at: max(now, busyUntil)) { [weak self] in
      guard let self, conversation != nil else { return }
      do throws(HostError) {
        if try port.change(to: uart) { return }
        if try port.change(to: uart.onWire) { return }
        lose(.unsupported(port.path, "\(uart)"))
      } catch {
        lose(error)
      }
    }
  }

  func look(at now: Instant) { conversation?.heed(at: now) }

  func say(_ answers: [TimedBytes], as uart: SerialSettings?, at now: Instant) {
    let uart = uart ?? settings
    for answer in answers {
      busyUntil = max(busyUntil, answer.at, now) + uart.time(ofCharacters: answer.bytes.count)
      let isSoftware = port.settings != uart && uart.hasParityInBit7
      out.add(TimedBytes(at: answer.at, bytes: isSoftware ? uart.wire(answer.bytes) : answer.bytes))
    }
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
