// The virtual clock of one world. Time moves only when somebody asks; what is due at one instant runs in
// order of submission, whatever else happens: the tie-break promise on which every replay rests.

public import Units

/// A clock that jumps from one due action to the next. One world, one thread: it is not `Sendable`.
public final class VirtualClock {
  /// Names an action that was put down, so that it can be taken back.
  public struct Ticket: Hashable, Sendable {
    let order: UInt64
  }

  public private(set) var now: Instant
  private var due: [Due] = []  // a binary heap by (at, order)
  private var cancelled: Set<UInt64> = []
  private var nextOrder: UInt64 = 0

  public init(at start: Instant) { now = start }

  /// Puts an action down for an instant; one in the past runs at `now`.
  @discardableResult
  public func schedule(at instant: Instant, _ action: @escaping () -> Void) -> Ticket {
    let order = nextOrder
    nextOrder += 1
    push(Due(at: max(instant, now), order: order, action: action))
    return Ticket(order: order)
  }

  /// Takes an action back. One that has run, or was taken back before, is left as it is.
  public func cancel(_ ticket: Ticket) {
    cancelled.insert(ticket.order)
    // More marks than actions: some are of actions that have run. Drop those,
    // or a long run would keep them all.
    if cancelled.count > due.count { cancelled.formIntersection(due.map(\.order)) }
  }

  /// The instant of the next action, if any is put down.
  public var nextDue: Instant? {
    dropCancelled()
    return due.first?.at
  }

  /// Runs every action due up to and including `end`, in order, and leaves the clock at `end`.
  /// An action may itself call `run`: time never goes back.
  public func run(until end: Instant) {
    while let at = nextDue, at <= end { runNext() }
    now = max(now, end)
  }

  /// Runs the single next action, if there is one.
  @discardableResult
  public func runNext() -> Bool {
    dropCancelled()
    guard !due.isEmpty else { return false }
    let next = pop()
    now = max(now, next.at)
    next.action()
    return true
  }

  private struct Due {
    let at: Instant
    let order: UInt64
    let action: () -> Void

    func isBefore(_ other: Due) -> Bool { (at, order) < (other.at, other.order) }
  }

  private func dropCancelled() {
    while let first = due.first, cancelled.remove(first.order) != nil { _ = pop() }
  }

  private func push(_ one: Due) {
    due.append(one)
    var child = due.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      guard due[child].isBefore(due[parent]) else { return }
      due.swapAt(child, parent)
      child = parent
    }
  }

  private func pop() -> Due {
    due.swapAt(0, due.count - 1)
    let top = due.removeLast()
    var parent = 0
    while true {
      var least = parent
      for child in [2 * parent + 1, 2 * parent + 2] where child < due.count && due[child].isBefore(due[least])
      {
        least = child
      }
      if least == parent { return top }
      due.swapAt(parent, least)
      parent = least
    }
  }
}
