// RG-04. A meter loses its memory and counts again from 0: published of a SMETS2 meter, whose day and night
// registers fell back to 0. It happens in an instant; the end of the fault changes nothing. Logs keep what
// they have, and the half-hour in which it happens stays whole.

internal import Units

/// One register, or all, set to 0 at the instant of the fault.
struct RegisterRestarted: MeterFault {
  static let declaration = FaultDeclaration(
    id: "RG-04", title: "Register restarts from 0", layer: .register,
    symptoms: "the register drops to 0 and then advances as before",
    parameters: [RegisterChoice.parameter("the register that is reset")],
    caughtBy: ["R-READ-09", "R-READ-10"], detectors: [.decrease, .exchange],
    leaves: .moved)
  static let kinds: [Profile.Kind] = [.electronic, .smets1, .smets2, .modbus]

  private let register: String

  init(_ values: FaultValues) { register = values.choice("register") }

  static func objection(_ values: FaultValues, to profile: Profile) -> String? {
    RegisterChoice.objection(values, to: profile)
  }

  func strike(_ registers: inout [Register]) {
    for index in registers.indices where RegisterChoice.covers(register, registers[index].face.role) {
      registers[index].set(to: WattHours(0))
    }
  }
}
