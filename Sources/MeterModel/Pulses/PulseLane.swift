// What one measuring path brings to the pulse output. A register books the energy of a netting window when it
// ends; a pulse cannot wait for that. So the path counts what is booked and what the running window holds so
// far: should the window turn, pulses that came too early are set against the next energy.

internal import Units

/// A phase, or the sum of the phases, in mW·µs.
struct PulseLane {
  let follows: PulsePort.Follows
  /// Length of the netting window in ms; 0 for a bucket.
  let window: Int64
  /// What a bucket must hold; 0 for a window.
  private let quantum: Int128
  /// What the running window or the bucket holds.
  private var held: Int128 = 0

  init(_ netting: Netting, follows: PulsePort.Follows) {
    self.follows = follows
    switch netting {
    case .bucket(let size): (window, quantum) = (0, Int128(max(size.milliwattMilliseconds, 1)) * 1000)
    case .cycle, .second, .window: (window, quantum) = (max(netting.windowMilliseconds ?? 1, 1), 0)
    }
  }

  /// What a constant power adds within so many µs, from now on: for a window the change of what it holds, for
  /// a bucket the whole quanta. For windows this is convex in time, for buckets it never falls.
  func gain(_ power: Int64, _ microseconds: Int64) -> Int128 {
    let after = held + Int128(power) * Int128(microseconds)
    return quantum == 0 ? part(after) - part(held) : part(after / quantum * quantum)
  }

  mutating func move(_ power: Int64, _ microseconds: Int64) {
    held += Int128(power) * Int128(microseconds)
    if quantum > 0 { held -= held / quantum * quantum }
  }

  /// A window ended, and what it held is booked.
  mutating func book() { held = 0 }

  /// What a bucket holds, as far as the output follows its direction, and nothing after; of a window nothing,
  /// since all of it was counted as it came.
  mutating func takeRest() -> Int128 {
    defer { held = 0 }
    return quantum == 0 ? 0 : part(held)
  }

  private func part(_ energy: Int128) -> Int128 {
    switch follows {
    case .forward: max(energy, 0)
    case .reverse: max(-energy, 0)
    case .both: energy < 0 ? -energy : energy
    }
  }
}
