// Rollover, fall, or nonsense: what lies between two reads (R-READ-09, R-BACK-04, R-VAL-02). All in kWh; a
// dial of five digits begins again at 100,000. Bounds: 3.95 kW with 5 % is 4.1475 kWh an hour, 99.54 kWh a
// day; the fuse lets 23 kWh in an hour, 552 kWh a day, 3864 kWh a week.

import BackspinTesting
import Testing
import Units

@testable import Settlement

@Suite("What lies between two reads")
struct RegisterMovementTests {
  private func limits(importDial: Bool) -> RegisterLimits {
    let policy = Policy(name: "test")
    let home = agreement([flat("4.1")]).installation
    return RegisterLimits(
      modulus: kWh("100000").value,
      forward: importDial ? .fuse(phases: 1, policy) : .export(home, policy),
      backward: importDial ? .fall(home, policy) : nil, rolloverPercent: 90)
  }

  private func word(_ movement: Movement) -> String {
    switch movement {
    case .advance(let energy): "advance \(WattHours(energy))"
    case .rollover(let energy): "rollover \(WattHours(energy))"
    case .fall(let energy): "fall \(WattHours(energy))"
    case .tooHigh(let energy): "too high \(WattHours(energy))"
    case .tooLow(let energy): "too low \(WattHours(energy))"
    }
  }

  private func check(importDial: Bool, _ table: String, _ here: SourceLocation = #_sourceLocation) {
    TextTable.each(table, sourceLocation: here) { row in
      let start = at("2026-06-01T00:00Z")
      let old = Read(
        serial: "M", register: .import, value: kWh(try row.text("old")),
        resolution: WattHours(try row.whole("step")),
        at: start, source: .remote)
      var new = old
      new.value = kWh(try row.text("new"))
      new.at = start + .hours(try row.whole("hours"))
      let movement = Movement(from: old, to: new, limits(importDial: importDial))
      #expect(word(movement) == (try row.text("is")), "\(row)", sourceLocation: row.sourceLocation)
    }
  }

  @Test("an export register rises, rolls over when it stood high, and never falls")
  func exportRegister() {
    check(
      importDial: false,
      """
      | old       | new     | hours | step | is                     |
      # Reads are cut: 4.148 kWh shown may be 4.147 kWh and a little, which is possible in an hour.
      | 100       | 104.148 |     1 |    1 | advance 4.148 kWh      |
      | 100       | 104.149 |     1 |    1 | too high 4.149 kWh     |
      # One step of 10 Wh between two polls in the same second is no wonder, two are.
      | 100       | 100.01  |     0 |   10 | advance 0.01 kWh       |
      | 100       | 100.02  |     0 |   10 | too high 0.02 kWh      |
      | 99990     | 12      |    24 |    1 | rollover 22 kWh        |
      | 99990     | 99.54   |    24 |    1 | too low 99890.46 kWh   |
      | 89990     | 12      |  9000 |    1 | too low 89978 kWh      |
      | 90000     | 12      |  9000 |    1 | rollover 10012 kWh     |
      | 5000      | 0       |     1 |    1 | too low 5000 kWh       |
      # A photo of whole kWh: 123.456 may well show as 123, and the register has not moved.
      | 123.456   | 123     |    24 | 1000 | advance 0 kWh          |
      | 123.456   | 122     |    24 | 1000 | too low 1.456 kWh      |
      # 100.999 shows as 100, so 105 after an hour may be 4.001 kWh more.
      | 100       | 105     |     1 | 1000 | advance 5 kWh          |
      | 100       | 106     |     1 | 1000 | too high 6 kWh         |
      """)
  }

  @Test("an import dial below its last value is weighed as rollover and as fall")
  func importDial() {
    check(
      importDial: true,
      """
      | old       | new     | hours | step | is                     |
      | 15320.4   | 15400   |   168 |  100 | advance 79.6 kWh       |
      # A week of sun: 30.1 kWh back. As a rollover it would be 99,969.9 kWh, 26 times what the fuse lets in.
      | 15320.4   | 15290.3 |   168 |  100 | fall 30.1 kWh          |
      # Truly rolled over: 22 kWh in a day is ordinary, a fall of 99,978 is not.
      | 99990     | 12      |    24 | 1000 | rollover 22 kWh        |
      # The look-alike: from 12 down through zero to 99,990; 99,978 kWh forward would need 595 kW for a week.
      | 12        | 99990   |   168 | 1000 | fall 22 kWh            |
      # Within one day both 552 kWh in and 99 kWh out are possible, but not 99,999 in: a fall.
      | 500       | 499     |     1 |    1 | fall 1 kWh             |
      # One wrong zero: 15,320 kWh back in an hour is no sun, 84,680 forward no fuse.
      | 15320     | 0       |     1 | 1000 | too low 15320 kWh      |
      # 190 days: 104,880 kWh in and 18,913 kWh back are both possible. Standing at 95,000 it rolled over …
      | 95000     | 90000   |  4560 | 1000 | rollover 95000 kWh     |
      # … standing at 60,000 it fell.
      | 60000     | 50000   |  4560 | 1000 | fall 10000 kWh         |
      """)
  }

  @Test("the bound of a half-hour is cut down to whole Wh")
  func halfHourBound() {
    // 3.95 kW × 500 Wh/kW × 1.05 = 2073.75 Wh; with a DNO limit of 3.68 kW: 3.68 × 500 × 1.05 = 1932 Wh.
    let policy = Policy(name: "test")
    let free = EnergyBound.export(agreement([flat("4.1")]).installation, policy)
    let limited = EnergyBound.export(agreement([flat("4.1")], limit: 3680).installation, policy)
    #expect(free.most(in: HalfHour.length) == 2073)
    #expect(limited.most(in: HalfHour.length) == 1932)
    // 5 MW for 100 years stays inside 64 bits; so does no time at all.
    let big = EnergyBound(power: Power(watts: 5_000_000), allowance: 50)
    #expect(big.most(in: .days(36_525)) == 4_602_150_000_000)
    #expect(big.most(in: .zero) == 0)
  }
}
