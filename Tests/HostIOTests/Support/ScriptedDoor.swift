// A door whose far side is a script: for each request, bytes and the delays after which they arrive. Virtual
// time, no line between. It stands in for every line that a carrier may be given.

import Line
import Units

final class ScriptedDoor: Door {
  /// Bytes that arrive so long after the request.
  struct Arrival {
    var after: TimeSpan
    var bytes: [UInt8]
    init(_ after: TimeSpan, _ bytes: [UInt8]) { (self.after, self.bytes) = (after, bytes) }
  }

  private(set) var now = Instant(seconds: 1_000_000)
  private(set) var requests: [[UInt8]] = []
  private var onTheWay: [(at: Instant, bytes: [UInt8])] = []
  private let script: (_ request: [UInt8], _ number: Int) -> [Arrival]
  /// Called while somebody waits.
  var whileWaiting: (() -> Void)?

  init(_ script: @escaping (_ request: [UInt8], _ number: Int) -> [Arrival]) { self.script = script }

  func write(_ bytes: [UInt8]) {
    requests.append(bytes)
    for arrival in script(bytes, requests.count) { onTheWay.append((now + arrival.after, arrival.bytes)) }
    onTheWay.sort { $0.at < $1.at }
  }

  func wait(until patience: Instant) -> [UInt8] {
    whileWaiting?()
    guard let first = onTheWay.first, first.at <= patience else {
      now = max(now, patience)
      return []
    }
    onTheWay.removeFirst()
    now = max(now, first.at)
    return first.bytes
  }

  /// Lets time pass while nobody waits at the door.
  func pass(_ span: TimeSpan) { now = now + span }

  func flush() { onTheWay.removeAll { $0.at <= now } }
}
