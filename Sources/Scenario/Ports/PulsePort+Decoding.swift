// `pulse:` of a meter's profile: its test LED or S0 output.
//
//   pulse:
//     kind: led                              # or s0-class-a, s0-class-b
//     constant: 1000 imp/kWh
//     follows: forward                       # or reverse, both
//     width: 40ms
//     minimal-off: 30ms
//     backlog: 1

public import MeterModel
internal import Units

extension PulsePort {
  /// Decodes the `pulse:` part of a profile. Throws a `Diagnostic`: codes BS-PRF-68, 85 … 87 and those of
  /// `Fields`.
  public init(_ node: Node) throws {
    var fields = try Fields(node, of: "the pulse output")
    let kind: Kind? = try fields.optional("kind")?.word("kind of pulse output")
    let constant = try fields.required("constant").pulseConstant()
    let follows: Follows? = try fields.optional("follows")?.word("direction that pulses follow")
    let shortest = TimeSpan.milliseconds(1)...(.seconds(10))
    let width = try fields.optional("width")?.span("the width of a pulse", in: shortest)
    let off = try fields.optional("minimal-off")?.span("the pause after a pulse", in: shortest)
    let backlog = try fields.optional("backlog")?.whole("the pulses kept for later", in: 0...1_000_000)
    try fields.finish()
    let usual = PulsePort()
    self.init(
      kind: kind ?? usual.kind, constant: constant, follows: follows ?? usual.follows,
      width: width ?? usual.width, minimalOff: off ?? usual.minimalOff,
      backlog: backlog.map(Int.init) ?? usual.backlog)
  }
}

extension Node {
  /// `1000 imp/kWh`; a fraction is written as on a plate: `166 2/3 imp/kWh`.
  func pulseConstant() throws -> PulseConstant {
    let text = try text("the pulse constant")
    let unit = " imp/kWh"
    if text.hasSuffix(unit), let disc = DiscConstant(parsing: String(text.dropLast(unit.count))) {
      return PulseConstant(disc.numerator, over: disc.denominator)
    }
    throw diagnostic("BS-PRF-85", "'\(text)' is no pulse constant", help: "write it as `1000 imp/kWh`")
  }
}
