// A far side on the loop: it hears what came, and is asked to speak when it must.

internal import Line
internal import Units

/// Who puts a far side's answers on a wire.
protocol Mouth: AnyObject {
  /// Takes bytes that must not be said before their instant.
  func say(_ answer: TimedBytes)
  /// Nothing more is to be said now: what is due may go out. `now` is the wall.
  func finish(at now: Instant)
}

/// Keeps the promises that a `FarSide` is given: `speak` after each `hear` and at each instant in `wakes`.
final class Conversation {
  let farSide: any FarSide
  private let loop: EventLoop
  private unowned let mouth: any Mouth
  private var answers: [TimedBytes] = []
  private var nextWake: Instant?

  /// A far side that wakes at one instant more often than this is asked again only a millisecond later, so
  /// that no mistake of one meter can stop the loop.
  private static let roundsAtOnce = 64

  init(_ farSide: any FarSide, loop: EventLoop, mouth: any Mouth) {
    (self.farSide, self.loop, self.mouth) = (farSide, loop, mouth)
  }

  /// Whether nothing more will be said unless something is heard.
  var isIdle: Bool { farSide.wakes == nil }

  func hear(_ bytes: ArraySlice<UInt8>, at instant: Instant) {
    farSide.hear(bytes, at: instant)
    speak(at: instant)
  }

  private func speak(at now: Instant) {
    var rounds = 0
    repeat {
      farSide.speak(at: now, into: &answers)
      rounds += 1
    } while rounds < Self.roundsAtOnce && farSide.wakes.map { $0 <= now } ?? false
    for answer in answers { mouth.say(answer) }
    let hasSpoken = !answers.isEmpty
    answers.removeAll(keepingCapacity: true)
    if let wake = farSide.wakes {
      sleep(until: rounds < Self.roundsAtOnce ? wake : max(wake, now + .milliseconds(1)))
    }
    if hasSpoken { mouth.finish(at: now) }
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
