// What lies between two reads of one register: an advance, a rollover, a dial that ran backwards, or
// nonsense. The rollover is tested before the fall (R-READ-09), and for import dials both are weighed
// (R-BACK-04): by fuse rating, by what the installation can push back, and by where the dial stood (our
// assumption where no source says).

internal import Units

/// How far a register can move, either way, and how it wraps.
struct RegisterLimits: Hashable {
  var modulus: Int64
  var forward: EnergyBound
  /// Nil for a register that cannot fall.
  var backward: EnergyBound?
  /// From this part of the range on (per cent) a rollover is believed over a fall if both are possible.
  var rolloverPercent: Int
  /// Over a longer time a fall from there is believed to be a rollover.
  var rolloverSpan = TimeSpan.days(1)
}

/// What happened between two reads.
enum Movement: Hashable {
  case advance(Int64)
  case rollover(Int64)
  /// The dial ran back by so much (a positive number).
  case fall(Int64)
  /// More than can have flowed.
  case tooHigh(Int64)
  /// Below the last value, and neither a rollover nor a possible fall.
  case tooLow(Int64)

  /// Change of the unwrapped count, if the movement is believed.
  var change: Int64? {
    switch self {
    case .advance(let energy), .rollover(let energy): energy
    case .fall(let energy): -energy
    case .tooHigh, .tooLow: nil
    }
  }

  init(from old: Read, to new: Read, _ limits: RegisterLimits) {
    let span = new.at - old.at
    let difference = new.value.value - old.value.value
    // A read in steps of 1 kWh may stand up to 999 Wh above what it shows.
    if difference < 0, difference > -max(new.resolution.value, 1) {
      self = .advance(0)
      return
    }
    let up = difference >= 0 ? difference : difference + limits.modulus
    let down = difference >= 0 ? limits.modulus - difference : -difference
    // Reads are cut: the true advance is more than the shown one less a step of the old read.
    let canRise = up - max(old.resolution.value, 1) <= limits.forward.most(in: span)
    if difference >= 0 {
      self = canRise ? .advance(difference) : .tooHigh(difference)
    } else {
      let high = old.value.value * 100 >= limits.modulus * Int64(limits.rolloverPercent)
      self = canRise && high ? .rollover(up) : .tooLow(-difference)
    }
    guard let backward = limits.backward else { return }
    let canFall = down - max(new.resolution.value, 1) <= backward.most(in: span)
    self = Self.weigh(difference, up, down, canRise: canRise, canFall: canFall, span, old, limits)
  }

  /// Both hypotheses for an import dial.
  private static func weigh(
    _ difference: Int64, _ up: Int64, _ down: Int64, canRise: Bool, canFall: Bool, _ span: TimeSpan,
    _ old: Read, _ limits: RegisterLimits
  ) -> Movement {
    if difference >= 0 {
      // A dial that passes zero downwards looks like a huge advance: 00012 → 99990.
      return canRise ? .advance(difference) : canFall ? .fall(down) : .tooHigh(difference)
    }
    switch (canRise, canFall) {
    case (true, false): return .rollover(up)
    case (false, true): return .fall(down)
    case (false, false): return .tooLow(-difference)
    case (true, true):
      let high = old.value.value * 100 >= limits.modulus * Int64(limits.rolloverPercent)
      return span > limits.rolloverSpan && high ? .rollover(up) : .fall(down)
    }
  }
}
