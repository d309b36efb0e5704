// The small facts of a profile: where a register comes round, and the step of a display.

import MeterModel
import Testing
import Units

@Suite struct ProfileFaceTests {
  @Test("five whole digits of kWh come round at 100 000 kWh, u32 at 2^32 Wh")
  func rollover() {
    #expect(RegisterFace.Rollover.digits(5).modulus == WattHours(100_000_000))
    #expect(RegisterFace.Rollover.digits(6).modulus == WattHours(1_000_000_000))
    #expect(RegisterFace.Rollover.u32.modulus == WattHours(4_294_967_296))
  }

  @Test("the step of a display is a power of ten of a kWh")
  func step() {
    #expect(DisplayFace(digits: 5).resolution == WattHours(1000))
    #expect(DisplayFace(digits: 5, decimals: 1).resolution == WattHours(100))
    #expect(DisplayFace(digits: 6, decimals: 3).resolution == WattHours(1))
  }
}
