// Exact money: Wh × 1e-6 p/kWh is a whole number of nano-pence, and is rounded once (R-UNIT-02 … R-UNIT-04).

import BackspinTesting
import Testing
import Units

struct MoneyTests {
  // nano-pence = Wh × rate in 1e-6 p/kWh, since 1e-3 kWh/Wh × 1e-6 p = 1e-9 p.
  @Test("energy at a price is exact")
  func exact() {
    TextTable.each(
      """
      wh               rate          nano                 working
      336              4_100_000     1_377_600_000        0.336 × 4.1 = 1.3776 p (R-UNIT-02)
      1                1             1                    the smallest there is: a billionth of a penny
      -336             4_100_000     -1_377_600_000       energy taken back
      336              -1_200_000    -403_200_000         a negative price: 0.336 × -1.2 p = -0.4032 p
      15_320_400       4_100_000     62_813_640_000_000   15320.4 kWh × 4.1 p = 62,813.64 p
      """
    ) { row in
      _ = try row.text("working")
      let money = WattHours(try row.whole("wh")) * UnitRate(microPencePerKilowattHour: try row.whole("rate"))
      #expect(money == NanoPence(Int128(try row.whole("nano"))), sourceLocation: row.sourceLocation)
    }
  }

  @Test("a sum far above 64 bits stays exact")
  func large() throws {
    // 5 MW for 10 years of 8,766 h at 100 p/kWh: 438,300,000,000 Wh × 1e8 = 4.383e19 nano-pence (an Int64
    // ends at 9.22e18) = £438.3 million = 43,830,000,000 p. One nano-penny more does not move the rounded
    // sum.
    let money = WattHours(438_300_000_000) * UnitRate(microPencePerKilowattHour: 100_000_000)
    let expected = try #require(Int128("43830000000000000000"))
    #expect(money.value == expected)
    #expect((money + NanoPence(1)).roundedHalfUp == Pence(43_830_000_000))
  }

  // R-UNIT-04: half up, away from zero. Whole pence, so the half is 500,000,000 nano-pence.
  @Test("money is rounded to whole pence, a half away from zero")
  func rounded() {
    TextTable.each(
      """
      nano             pence
      0                0
      1                0
      499_999_999      0
      500_000_000      1
      999_999_999      1
      1_499_999_999    1
      1_500_000_000    2
      2_500_000_000    3
      -1               0
      -499_999_999     0
      -500_000_000     -1
      -1_499_999_999   -1
      -1_500_000_000   -2
      -2_500_000_000   -3
      """
    ) { row in
      let rounded = NanoPence(Int128(try row.whole("nano"))).roundedHalfUp
      #expect(rounded == Pence(try row.whole("pence")), sourceLocation: row.sourceLocation)
    }
  }

  @Test("a trickle is paid when it is rounded once, and lost when it is rounded each half-hour (R-PAY-09)")
  func trickle() {
    // 7 Wh × 4.1 p/kWh = 0.0287 p a half-hour, which rounds to 0. Over 91 days of 48:
    // 4,368 × 0.0287 p = 125.3616 p.
    let each = WattHours(7) * UnitRate(microPencePerKilowattHour: 4_100_000)
    #expect(each.roundedHalfUp == .zero)
    #expect((each * 4_368).roundedHalfUp == Pence(125))
  }

  @Test("whole pence become nano-pence and come back")
  func roundTrip() {
    for pence: Int64 in [0, 1, -1, 12_30, -99_999_999, 9_000_000_000_000] {
      #expect(NanoPence(Pence(pence)).roundedHalfUp == Pence(pence))
    }
  }
}
