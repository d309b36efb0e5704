// What a line has put down in its world and not yet seen run: the instants to which a reader that waits must
// let the world run, one after the other, so that it never sleeps through an answer.

internal import Units

/// The pending actions of one line.
final class Agenda {
  unowned let world: any LineWorld
  private var pending: [Instant] = []

  init(_ world: any LineWorld) { self.world = world }

  /// Puts an action down for an instant, or for now if that is past. The owner must be held weakly by it.
  func schedule(at instant: Instant, _ action: @escaping () -> Void) {
    let at = max(instant, world.now)
    pending.append(at)
    world.schedule(at: at) { [weak self] in
      guard let self else { return }
      if let index = pending.firstIndex(of: at) { pending.remove(at: index) }
      action()
    }
  }

  /// Lets the world run to the next pending action, to `arrival`, or to the end of patience, whichever is
  /// first. False, without running anything, when patience is over and nothing is due.
  func step(towards patience: Instant, arrival: Instant? = nil) -> Bool {
    let due = pending.min()
    if let due, due <= world.now {
      world.run(until: world.now)
      return true
    }
    guard world.now < patience else { return false }
    world.run(until: min(patience, due ?? patience, arrival ?? patience))
    return true
  }
}
