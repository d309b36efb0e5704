// Whole-number energy: exact integrals, and counters that run both ways.

import BackspinTesting
import Testing
import Units

struct EnergyTests {
  // A register shows whole Wh, cut towards minus infinity: -0.5 Wh shows -1, so that a disc that turns back
  // passes each mark at the same place in both directions.
  @Test("a fine energy shows whole watt-hours, cut towards minus infinity")
  func whole() {
    TextTable.each(
      """
      fine             wh
      0                0
      3_599_999_999    0
      3_600_000_000    1
      -1               -1
      -1_800_000_000   -1
      -3_600_000_000   -1
      -3_600_000_001   -2
      """
    ) { row in
      let fine = FineEnergy(milliwattMilliseconds: try row.whole("fine"))
      #expect(fine.wholeWattHours == WattHours(try row.whole("wh")), sourceLocation: row.sourceLocation)
    }
  }

  @Test("power held for a time is an exact energy, in one piece or in many")
  func integral() {
    // 1 W for 1 s = 1e3 mW × 1e3 ms = 1e6; 3600 of them are 1 Wh. 333 mW in 7 ms steps over 49 h and 7 ms
    // (25,200,001 steps): 333 × 176,400,007 = 58,741,202,331 mW·ms = 16 Wh and a rest of 1,141,202,331.
    let oneSecond = FineEnergy(milliwattMilliseconds: Power(watts: 1).milliwatts * 1000)
    #expect(oneSecond * 3_600 == FineEnergy(WattHours(1)))
    let steps = FineEnergy(milliwattMilliseconds: 333 * 7) * 25_200_001
    #expect(steps.milliwattMilliseconds == 58_741_202_331)
    #expect(steps.wholeWattHours == WattHours(16))
    #expect(steps - FineEnergy(steps.wholeWattHours) == FineEnergy(milliwattMilliseconds: 1_141_202_331))
  }

  @Test("a fine energy holds the 2.5 GWh that its accumulator promises")
  func range() {
    for sign: Int64 in [1, -1] {
      let energy = WattHours(sign * 2_500_000_000)
      #expect(FineEnergy(energy).wholeWattHours == energy)
    }
  }

  @Test("quantities of one kind add, subtract, compare, scale and have a magnitude")
  func arithmetic() {
    #expect(WattHours(5) + WattHours(-7) == WattHours(-2))
    #expect(-WattHours(5) < .zero && WattHours(-5).magnitude == WattHours(5))
    #expect([WattHours(1), WattHours(2)].reduce(.zero, +) == WattHours(3))
    #expect(Power(watts: -3) == Power(milliwatts: -3_000))
    var total = WattHours(1)
    total += WattHours(2)
    #expect(total * 4 == WattHours(12))
  }

  @Test("floor division and its remainder put a number together again, for all signs")
  func floors() {
    // -7 = -4 × 2 + 1; 7 = -4 × -2 - 1; -7 = 3 × -2 - 1.
    #expect(floorDivide(-7, 2) == -4 && floorModulo(-7, 2) == 1)
    #expect(floorDivide(7, -2) == -4 && floorModulo(7, -2) == -1)
    #expect(floorDivide(-7, -2) == 3 && floorModulo(-7, -2) == -1)
    #expect(floorDivide(-8, 2) == -4 && floorModulo(-8, 2) == 0)
    for value in -50...50 {
      for by in [-7, -2, -1, 1, 2, 7] {
        let rest = floorModulo(value, by)
        #expect(floorDivide(value, by) * by + rest == value)
        #expect(by > 0 ? (0..<by).contains(rest) : (by + 1...0).contains(rest))
      }
    }
  }
}
