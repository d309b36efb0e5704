// The client's speed, as its terminal tells it, and the poke.
//
// A pseudo-terminal has neither seven data bits nor a parity bit: the kernel drops both from every request,
// and the C library reports EINVAL when nothing else of that request took effect. So a client that sets 300
// 7E1 on a terminal that stands at 300 already is refused, and one that changes the speed with it is not. An
// odd speed, put there whenever a client might set its own again, makes every such request a change of speed.

internal import CHost

/// What is known of one terminal's speed.
struct PtySpeed {
  /// No serial line of our time stands at this; so whoever reads it reads our poke.
  private static let odd: Int32 = 50

  /// The client's latest speed in Bd; 0 when it hung up.
  private(set) var baud: Int
  /// Whether the meter is one that changes its speed, so that clients do too. Other lines are never poked.
  let mayChange: Bool
  private var isPoked = false
  var complainedOf: Int?

  init(baud: Int, mayChange: Bool) { (self.baud, self.mayChange) = (baud, mayChange) }

  /// Asks the terminal.
  mutating func lookUp(_ terminal: Int32) {
    let now = chost_terminal_speed(terminal)
    if isPoked, now == Self.odd { return }
    isPoked = false
    baud = Int(max(now, 0))
  }

  /// Puts the odd speed there, unless the client has set another meanwhile. It still counts as standing where
  /// it stood.
  mutating func poke(_ terminal: Int32) {
    guard mayChange, !isPoked, chost_terminal_speed(terminal) == baud else { return }
    isPoked = chost_terminal_set_speed(terminal, Self.odd) == 0
  }
}
