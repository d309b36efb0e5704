// ME-03. The backstop of a disc is a pawl on a toothed wheel. Worn, it slips: a share of the reverse turns
// passes, so the register falls a little by day, too little for a disc without a backstop.

internal import Units

/// The pawl lets part of what flows back turn the register back.
struct BackstopWorn: MeterFault {
  static let declaration = FaultDeclaration(
    id: "ME-03", title: "Worn backstop", layer: .measurement,
    symptoms: "the import register falls a little while the home exports",
    parameters: [
      .init(
        name: "slip", meaning: "the share of reverse turns that pass",
        kind: .whole(unit: "%", range: 0...100, default: 30)),
      .init(
        name: "travel",
        meaning: "how far the disc turns back before the pawl catches, in thousandths of a turn",
        kind: .whole(unit: "mrev", range: 0...100, default: 0)),
    ],
    caughtBy: ["R-READ-09", "R-BACK-01", "R-BACK-04"], detectors: [.decrease],
    leaves: .miscounted)
  static let kinds: [Profile.Kind] = [.analogue]

  private let slip: Int64
  private let travel: Int64

  init(_ values: FaultValues) { (slip, travel) = (values.whole("slip"), values.whole("travel")) }

  static func objection(_ values: FaultValues, to profile: Profile) -> String? {
    profile.flow == .backstop ? nil : "it has no backstop that could wear (ME-02 is a disc without one)"
  }

  func bend(_ measuring: inout Measuring) {
    let constant = measuring.constant ?? DiscConstant(numerator: 1)
    var ratchet = measuring.element.ratchet ?? Ratchet(travel: 0, slip: 0)
    ratchet.slip = max(ratchet.slip, slip)
    ratchet.travel = max(ratchet.travel, Ratchet.energy(thousandths: travel, constant))
    measuring.element.ratchet = ratchet
  }
}
