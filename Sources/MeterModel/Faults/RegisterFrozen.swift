// RG-03. A register stops though the meter measures on: the LED still flashes, the number stays. The register
// does not take what is measured meanwhile, so when it goes on it goes on from where it stood: that energy is
// lost, to the register and to the half-hours that are made from it.

internal import Units

/// One register, or all, take nothing.
struct RegisterFrozen: MeterFault {
  static let declaration = FaultDeclaration(
    id: "RG-03", title: "Register frozen", layer: .register,
    symptoms: "the register repeats itself while the LED flashes; its half-hours are 0",
    parameters: [RegisterChoice.parameter("the register that stands still")],
    caughtBy: ["R-VAL-06", "R-VAL-12"], detectors: [.stuck],
    leaves: .miscounted)
  static let kinds = Profile.Kind.allCases

  private let register: String

  init(_ values: FaultValues) { register = values.choice("register") }

  static func objection(_ values: FaultValues, to profile: Profile) -> String? {
    RegisterChoice.objection(values, to: profile)
  }

  func bend(_ measuring: inout Measuring) {
    for role in RegisterRole.allCases where RegisterChoice.covers(register, role) {
      measuring.frozen.insert(role)
    }
  }
}
