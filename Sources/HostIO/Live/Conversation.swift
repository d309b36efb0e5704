// A far side on the loop: it hears what came, and is asked to speak when it must.

internal import Line
internal import Units

/// Who puts a far side's answers on a wire.
protocol Mouth: AnyObject {
  /// Takes answers, at least one, each of which must not be said before its instant. `uart` is how the far
  /// side's UART stood when it said them (nil: as the line was set), `now` is the wall.
  func say(_ answers: [TimedBytes], as uart: SerialSettings?, at now: Instant)
  /// The far side's UART stands so from now on; nil: as the line was set.
  func stand(as uart: SerialSettings?, at now: Instant)
}

extension Mouth {
  /// For a wire without a speed.
  func stand(as uart: SerialSettings?, at now: Instant) {}
}

/// Keeps the promises that a `FarSide` is given: `speak` after each `hear` and at each instant in `wakes`.
final class Conversation {
  let farSide: any FarSide
  private let loop: EventLoop
  /// Owns this conversation, so it outlives it.
  private unowned(unsafe) let mouth: any Mouth
  private var answers: [TimedBytes] = []
  private var nextWake: Instant?
  private var standing: SerialSettings?

  /// A far side that wakes at one instant more often than this is asked again only a millisecond later, so
  /// that no mistake of one meter can stop the loop.
  private static let roundsAtOnce = 64

  init(_ farSide: any FarSide, loop: EventLoop, mouth: any Mouth) {
    (self.farSide, self.loop, self.mouth) = (farSide, loop, mouth)
    standing = farSide.settings
  }

  /// Lets a far side that speaks by itself begin.
  func begin(at now: Instant) {
    if let wake = farSide.wakes { sleep(until: wake) }
  }

  /// Whether nothing more will be said unless something is heard.
  var isIdle: Bool { farSide.wakes == nil }

  func hear(_ bytes: ArraySlice<UInt8>, at instant: Instant) {
    farSide.hear(bytes, at: instant)
    heed(at: instant)
    speak(at: instant)
  }

  /// Another reader has come in the middle of a session.
  func abandon(at instant: Instant) {
    farSide.abandon(at: instant)
    heed(at: instant)
  }

  private func speak(at now: Instant) {
    // The list is taken out while it is filled: whoever fills it may come back here.
    var said: [TimedBytes] = []
    swap(&said, &answers)
    var rounds = 0
    var wake: Instant?
    repeat {
      let uart = standing
      farSide.speak(at: now, into: &said)
      wake = farSide.wakes
      rounds += 1
      // Its UART may stand otherwise after it spoke: what it said was said as it stood before.
      guard farSide.settings != nil || standing != nil else { continue }
      if !said.isEmpty { mouth.say(said, as: uart, at: now) }
      said.removeAll(keepingCapacity: true)
      heed(at: now)
    } while rounds < Self.roundsAtOnce && wake.map { $0 <= now } ?? false
    if let wake { sleep(until: rounds < Self.roundsAtOnce ? wake : max(wake, now + .milliseconds(1))) }
    guard !said.isEmpty else { return swap(&said, &answers) }
    mouth.say(said, as: nil, at: now)
    said.removeAll(keepingCapacity: true)
    swap(&said, &answers)
  }

  /// Its UART may stand otherwise from now on.
  func heed(at now: Instant) {
    let uart = farSide.settings
    guard uart != standing else { return }
    standing = uart
    mouth.stand(as: uart, at: now)
  }

  private func sleep(until wake: Instant) {
    if let nextWake, nextWake <= wake { return }
    nextWake = wake
    loop.schedule(at: wake) { [weak self] in self?.wakeUp(wake) }
  }

  private func wakeUp(_ wake: Instant) {
    guard nextWake == wake else { return }
    nextWake = nil
    speak(at: max(wake, loop.clock.now))
  }
}
