// A reader that waits: it lets the world run to the next instant that can matter, until bytes have come or
// its patience is over. A whole undisturbed frame is one such step.

public import Units

extension VirtualPath {
  public func flush() {
    var dropped: [UInt8] = []
    take(&dropped)
  }

  /// Reads never nest: a read that falls due during another waits its turn, or it would take the other's
  /// bytes.
  private func beginWaiting() {
    precondition(!isWaiting, "a read began while another waits at the same door")
    isWaiting = true
  }

  public func wait(until patience: Instant) -> [UInt8] {
    beginWaiting()
    defer { isWaiting = false }
    var bytes: [UInt8] = []
    while true {
      take(&bytes)
      if !bytes.isEmpty { return bytes }
      guard agenda.step(towards: patience, arrival: nextArrival) else { return [] }
    }
  }

  public func wait(for count: Int, first: Instant, between: TimeSpan) -> [UInt8] {
    beginWaiting()
    defer { isWaiting = false }
    var bytes: [UInt8] = []
    var patience = first
    let began = now
    while true {
      if let last = take(&bytes), between > .zero { patience = max(last, began) + between }
      if bytes.count >= count { return bytes }
      let arrival = leap(count - bytes.count, patience, between)
      guard agenda.step(towards: patience, arrival: arrival) else { return bytes }
    }
  }

  /// When the next byte comes, of those under way.
  private var nextArrival: Instant? {
    incoming.first { $0.taken < $0.heard.count }.map { $0.heard.arrival($0.taken) }
  }

  /// When `missing` bytes will have come, if they are all of one frame without a pause too long; else the
  /// next.
  private func leap(_ missing: Int, _ patience: Instant, _ between: TimeSpan) -> Instant? {
    guard let first = incoming.first(where: { $0.taken < $0.heard.count }) else { return nil }
    let next = first.heard.arrival(first.taken)
    guard between > .zero, next <= patience, let step = first.heard.step, step <= between else { return next }
    return first.heard.arrival(min(first.taken + missing, first.heard.count) - 1)
  }

  /// Takes what has arrived. Returns when the last of it came; nil for nothing.
  @discardableResult
  private func take(_ bytes: inout [UInt8]) -> Instant? {
    var last: Instant?
    while let first = incoming.first {
      let burst = first.heard
      let end = burst.indexAfter(now, from: first.taken)
      if end > first.taken {
        last = burst.arrival(end - 1)
        bytes += burst.bytes[first.taken..<end]
      }
      first.taken = end
      guard end == burst.count else { break }
      // More of it may be heard yet, if the reader's UART is set anew in time.
      guard burst === first.wire || now >= first.wire.end else { break }
      incoming.removeFirst()
    }
    return last
  }
}
