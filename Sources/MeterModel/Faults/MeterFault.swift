// What a fault of a meter can do. Each is one file beside this one; it says only what differs from a meter in
// good order. All take effect at the instant they begin, and what they leave behind is what physics would
// leave.

internal import Timeline
internal import Units

/// One fault, its parameters set, at work in one meter.
protocol MeterFault: Sendable {
  static var declaration: FaultDeclaration { get }
  /// The kinds of meter that can have it.
  static var kinds: [Profile.Kind] { get }
  /// Why this make of meter cannot have it though its kind can; nil if it can.
  static func objection(_ values: FaultValues, to profile: Profile) -> String?

  init(_ values: FaultValues)

  /// What it makes of the measuring while it lasts.
  func bend(_ measuring: inout Measuring)
  /// What it does to the registers at the instant it begins.
  func strike(_ registers: inout [Register])
  /// What it does to the meter as a whole at the instant it begins, after `bend`: its clock, its events.
  func strike(_ meter: Meter)
  /// What it does at the instant it ends, after it is taken away.
  func leave(_ meter: Meter)
  /// What it makes of the n-th read of a register since it began, n from 1.
  func spoil(_ value: WattHours, of role: RegisterRole, sample: Int) -> WattHours
  /// What a read by somebody does to the register itself.
  func touch(_ register: inout Register)
  /// What it makes of a count in mW·ms on its way to the display.
  func displayed(_ count: Int128, of role: RegisterRole) -> Int128
  /// What it makes of the display while it lasts; draws are the meter's own under the fault's id.
  func bend(_ display: inout DisplayFlaws, of profile: Profile, draws: RandomStream)
}

extension MeterFault {
  static func objection(_ values: FaultValues, to profile: Profile) -> String? { nil }
  func bend(_ measuring: inout Measuring) {}
  func strike(_ registers: inout [Register]) {}
  func strike(_ meter: Meter) {}
  func leave(_ meter: Meter) {}
  func spoil(_ value: WattHours, of role: RegisterRole, sample: Int) -> WattHours { value }
  func touch(_ register: inout Register) {}
  func displayed(_ count: Int128, of role: RegisterRole) -> Int128 { count }
  func bend(_ display: inout DisplayFlaws, of profile: Profile, draws: RandomStream) {}
}

/// A fault that is present, with the reads it has seen.
struct ActiveFault {
  let id: String
  let fault: any MeterFault
  var samples: [RegisterRole: Int] = [:]
}
