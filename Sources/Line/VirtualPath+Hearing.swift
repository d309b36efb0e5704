// What each end hears of what the other sent: whoever's UART stood as the sender's did hears the bytes, and
// anybody else what sampling makes of the same wave. Both ends may change how they stand in mid dialogue (IEC
// 62056-21:2002, 6.3: modes B, C and E).

internal import Units

/// An answer on its way to the reader.
final class Arriving {
  let wire: Burst
  /// What the reader's UART hears of it: the same one, where it hears it as it was sent.
  var heard: Burst
  /// How many bytes of `heard` the reader has taken.
  var taken = 0

  init(_ wire: Burst) { (self.wire, heard) = (wire, wire) }
}

extension VirtualPath {
  // MARK: The far sides' end

  func hear(_ burst: Burst, _ range: Range<Int>) {
    var seen: [[UInt8]] = []
    func see(_ bytes: [UInt8], at instant: Instant) {
      guard let onSight, !seen.contains(bytes) else { return }
      seen.append(bytes)
      onSight(LineSight(.requestHeard, at: instant, bytes: bytes))
    }
    for index in listeners.indices {
      guard !listeners[index].ear.hearsAsSent(burst, range) else {
        see(Array(burst.bytes[range]), at: now)
        tell(index, burst.bytes[range], at: now)
        continue
      }
      let (bytes, instants) = listeners[index].ear.heard(burst, range)
      guard let last = instants.last else { continue }
      // A slow UART may still be sampling when the sender has done.
      guard last > now else {
        see(bytes, at: now)
        tell(index, bytes[...], at: now)
        continue
      }
      schedule(at: last) { path in
        path.onSight?(LineSight(.requestHeard, at: path.now, bytes: bytes))
        path.tell(index, bytes[...], at: path.now)
      }
    }
  }

  private func tell(_ index: Int, _ bytes: ArraySlice<UInt8>, at instant: Instant) {
    listeners[index].farSide.hear(bytes, at: instant)
    seeHowItStands(index)
    converse(with: index)
  }

  /// A far side may have changed how its UART stands.
  func seeHowItStands(_ index: Int) {
    guard let pace = medium.farPace else { return }
    listeners[index].ear.change(to: faults.uart(listeners[index].farSide.settings ?? pace), at: now)
  }

  // MARK: The reader's end

  /// Puts an answer, or the reader's own echo, on its way to the door.
  func arrive(_ burst: Burst) {
    let arriving = Arriving(burst)
    listen(to: arriving)
    let place = incoming.firstIndex { burst.start < $0.wire.start } ?? incoming.count
    incoming.insert(arriving, at: place)
    guard onSight != nil else { return }
    schedule(at: burst.arrival(burst.count - 1)) { $0.see(arriving) }
  }

  private func see(_ arriving: Arriving) {
    let heard = arriving.heard
    guard heard.count > 0 else { return }
    let last = heard.arrival(heard.count - 1)
    guard last <= now else { return schedule(at: last) { $0.see(arriving) } }
    onSight?(LineSight(.answerArrived, at: now, bytes: heard.bytes))
  }

  /// Works out what the reader's UART hears of an answer. What it has heard already stays as it was.
  func listen(to arriving: Arriving) {
    let wire = arriving.wire
    let delay = medium.head?.latency ?? .zero
    if readerEar.hearsAsSent(wire, 0..<wire.count) {
      arriving.heard = delay == .zero ? wire : wire.with(wire.bytes)
    } else {
      let (bytes, instants) = readerEar.heard(wire, 0..<wire.count)
      arriving.heard = wire.with(wire.bytes)
      if instants == (0..<wire.count).map(wire.arrival) {
        arriving.heard = wire.with(bytes)
      } else {
        arriving.heard.replace(with: bytes, at: instants)
      }
    }
    if delay > .zero { arriving.heard.delay(by: delay) }
  }

  /// Sets the reader's UART anew once what it wrote has left the wire; that wait moves time. False on a
  /// stream, and where the head cannot stand so.
  public func tune(to settings: SerialSettings) -> Bool {
    guard self.settings != nil, medium.head?.allows(settings) ?? true else { return false }
    isWaiting = true
    while now < readerIsFree, agenda.step(towards: readerIsFree) {}
    isWaiting = false
    readerEar.change(to: settings, at: now)
    for arriving in incoming { listen(to: arriving) }
    return true
  }
}
