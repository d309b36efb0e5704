// One read at a time, as on a real poller: a read that falls due during another waits its turn, in the order
// in which they fell due. Reads that still wait when the story ends are made all the same.

/// Reads that are due, and the one that is under way.
final class ReadQueue {
  private var waiting: [() -> Void] = []
  private var next = 0
  private var isReading = false

  /// Makes a read now, or after those before it. A read may run the world, and so bring others here.
  func add(_ read: @escaping () -> Void) {
    waiting.append(read)
    guard !isReading else { return }
    isReading = true
    while next < waiting.count {
      let read = waiting[next]
      next += 1
      read()
    }
    waiting.removeAll(keepingCapacity: true)
    (next, isReading) = (0, false)
  }
}
