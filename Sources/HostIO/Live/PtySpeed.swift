// The client's speed, as its terminal tells it, and the poke.
//
// A pseudo-terminal has neither seven data bits nor a parity bit: the kernel drops both from every request,
// and the C library reports EINVAL when nothing else of that request took effect. So a client that sets 300
// 7E1 on a terminal that stands at 300 already is refused, and one that changes the speed with it is not. An
// odd speed, put there whenever a client might set its own again, makes every such request a change of speed.
// There are two, in turn: the C library looks before and after, and a poke that came between would otherwise
// undo the change just as it is looked for.

internal import CHost
internal import Line
internal import Units

/// What is known of one terminal's speed.
struct PtySpeed {
  /// No serial line of our time stands at these; so whoever reads one reads our poke.
  private static let odd: [Int32] = [50, 75]

  /// The client's latest speed in Bd; 0 when it hung up.
  private(set) var baud: Int
  /// What it was until a change was noticed, and when that was.
  private var former: (baud: Int, until: Instant)?
  /// Bytes and changes of speed come by different ways: what a client wrote just before a change may be read
  /// only so long after it. Our assumption, for a busy machine.
  private static let lag = TimeSpan.milliseconds(50)
  /// Whether the meter is one that changes its speed in its dialogue, so that clients do too.
  let mayChange: Bool
  /// Whether a client sets what a terminal has not: seven bits, or parity. Other lines are never poked.
  var isPoked: Bool
  /// The odd speed that was put there; nil when the client has set its own since.
  private var poked: Int32?
  private var pokes = 0
  var complainedOf: Int?

  init(_ settings: SerialSettings, mayChange: Bool) {
    (baud, self.mayChange) = (settings.baud, mayChange)
    isPoked = mayChange || settings.parity != .none
  }

  /// Asks the terminal.
  mutating func lookUp(_ terminal: Int32, at instant: Instant) {
    let now = chost_terminal_speed(terminal)
    if poked == now { return }
    poked = nil
    guard baud != Int(max(now, 0)) else { return }
    former = (baud, instant)
    baud = Int(max(now, 0))
  }

  /// Whether what is read at an instant may have been written at a speed.
  func mayHaveBeen(_ wanted: Int, at instant: Instant) -> Bool {
    if baud == wanted { return true }
    guard let former, former.baud == wanted else { return false }
    return instant <= former.until + Self.lag
  }

  /// Puts an odd speed there, unless the client has set another meanwhile. It still counts as standing where
  /// it stood.
  mutating func poke(_ terminal: Int32) {
    guard isPoked, poked == nil else { return }
    let odd = Self.odd[pokes % Self.odd.count]
    guard chost_terminal_change_speed(terminal, Int32(baud), odd) == 0 else { return }
    poked = odd
    pokes += 1
  }
}
