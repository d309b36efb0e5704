// Every threshold of a check is a value of the policy: another value, and the same facts are judged otherwise
// (R-VAL-01, -11, -12, R-READ-09, R-BACK-04, -05).

import BackspinTesting
import Testing
import Units

@testable import Settlement

@Suite("Thresholds of checks")
struct CheckThresholdTests {
  private func policy(_ change: (inout Policy) -> Void) -> Policy {
    var policy = Policy(name: "test")
    change(&policy)
    return policy
  }

  /// The codes of one day of half-hours, 2026-06-01 from 00:00Z.
  private func codes(
    _ energies: [Int64], imports: [Int64]? = nil, technology: DeclaredInstallation.Technology = .solarPV,
    step: Int64 = 1, _ change: (inout Policy) -> Void
  ) -> Set<String> {
    let uses: Set<MeterDetails.Use> = imports == nil ? [.export] : [.import, .export]
    let logs =
      [log(energies, from: "2026-06-01T00:00Z", received: "2026-06-02T00:00Z", step: step)]
      + (imports.map { [log($0, from: "2026-06-01T00:00Z", received: "2026-06-02T00:00Z", .import)] } ?? [])
    return Settlement.EmbeddedCore().settle(
      story(
        agreement([flat("10")], meters: [smets2(uses: uses)], technology: technology),
        from: "2026-06-01T00:00Z", to: "2026-06-02T00:00Z", logs: logs, policy: policy(change))
    ).codes
  }

  @Test("validation.number-limit: from where on a value is no number")
  func numberLimit() {
    func isRefused(_ energy: Int64, _ limit: Int64) -> Bool {
      var energies = constant(100)
      energies[24] = energy
      return codes(energies, technology: .hydro) {
        $0.validation.numberLimit = .ours(WattHours(limit), "for this test")
      }.contains("VAL_NOT_A_NUMBER")
    }
    #expect(!isRefused(4999, 5000))
    #expect(isRefused(5000, 5000))
    #expect(isRefused(-5000, 5000))
    // Whatever a policy says, a terawatt-hour is no half-hour,
    // and a limit of nothing lets nothing but zero in.
    #expect(isRefused(1_000_000_000_000, .max))
    #expect(isRefused(.min, .max))
    #expect(isRefused(1, 0))
  }

  @Test("validation.stuck-step and validation.even-runners: what may repeat by nature")
  func stuck() {
    var energies = sunnyDay
    energies.replaceSubrange(16..<22, with: constant(500, 6))
    func isStuck(
      _ technology: DeclaredInstallation.Technology = .solarPV, step: Int64 = 1,
      _ change: (inout Policy) -> Void
    ) -> Bool {
      codes(energies, technology: technology, step: step, change).contains("VAL_STUCK")
    }
    #expect(isStuck(step: 10) { _ in })
    #expect(!isStuck(step: 10) { $0.validation.stuckStep = .ours(WattHours(9), "for this test") })
    #expect(!isStuck(.hydro) { _ in })
    #expect(isStuck(.hydro) { $0.validation.evenRunners = .ours([.wind], "for this test") })
    #expect(!isStuck(.wind) { $0.validation.evenRunners = .ours([.wind], "for this test") })
  }

  @Test("validation.swap-dark-part, noon-from and noon-until: where swapped registers are looked for")
  func swapped() {
    func looksSwapped(noon: Range<Int>, darkImport: Int64, _ change: (inout Policy) -> Void) -> Bool {
      var (into, out) = (constant(0), constant(0))
      for slot in [0, 1, 2, 3, 44, 45, 46, 47] { (into[slot], out[slot]) = (darkImport, 200) }
      for slot in noon { into[slot] = 900 }
      return codes(out, imports: into, change).contains("VAL_REGISTERS_SWAPPED")
    }
    #expect(looksSwapped(noon: 20..<28, darkImport: 10) { _ in })
    #expect(!looksSwapped(noon: 20..<28, darkImport: 11) { _ in })
    #expect(
      looksSwapped(noon: 20..<28, darkImport: 11) { $0.validation.swapDarkPart = .ours(55, "for this test") })
    // 09:00Z to 10:00Z, and 14:00Z to 15:00Z.
    #expect(!looksSwapped(noon: 18..<20, darkImport: 0) { _ in })
    #expect(
      looksSwapped(noon: 18..<20, darkImport: 0) {
        $0.validation.noonFrom = .ours(.hours(9), "for this test")
      })
    #expect(!looksSwapped(noon: 28..<30, darkImport: 0) { _ in })
    #expect(
      looksSwapped(noon: 28..<30, darkImport: 0) {
        $0.validation.noonUntil = .ours(.hours(15), "for this test")
      })
  }

  @Test("validation.absolute-slope and -correlation: import that rises with export, and how closely")
  func absolute() {
    // Eight days, in Wh a day. Export is 1000 W ± 300 W; import follows it at half its size, or follows it
    // whole with ± 400 W of its own: then the correlation is 3/5, for 3² + 4² = 5².
    let sun: [Int64] = [300, 300, -300, -300, 300, 300, -300, -300]
    let own: [Int64] = [400, -400, 400, -400, 400, -400, 400, -400]
    func isAbsolute(_ imported: [Int64], _ change: (inout Policy) -> Void) -> Bool {
      var meter = disc("E", step: 100)
      meter.kind = "electronic"
      var (taken, given): (Int64, Int64) = (1_000_000, 500_000)
      var reads: [Read] = []
      for day in 0...8 {
        let when = at("2026-06-01T21:00Z") + .days(Int64(day))
        reads += [(RegisterRole.export, "S2", given), (.import, "E", taken)].map { role, serial, value in
          Read(
            serial: serial, register: role, value: WattHours(value),
            resolution: WattHours(role == .import ? 100 : 1), at: when, source: .visit)
        }
        guard day < 8 else { continue }
        given += 24 * (1000 + sun[day])
        taken += 24 * imported[day]
      }
      return Settlement.EmbeddedCore().settle(
        story(
          agreement([flat("4.1")], meters: [meter, smets2()], technology: .hydro), from: "2026-06-01T00:00Z",
          to: "2026-06-11T00:00Z", reads: reads, policy: policy(change))
      ).codes.contains("IMP_COUNTS_EXPORT_AS_IMPORT")
    }
    let half = sun.map { 1000 + $0 / 2 }
    #expect(isAbsolute(half) { _ in })
    #expect(!isAbsolute(half) { $0.validation.absoluteSlope = .ours(501, "for this test") })
    let loose = zip(sun, own).map { 1000 + $0 + $1 }
    #expect(isAbsolute(loose) { _ in })
    #expect(!isAbsolute(loose) { $0.validation.absoluteCorrelation = .ours(601, "for this test") })
    #expect(!isAbsolute(loose) { $0.validation.absoluteCorrelation = .ours(1_000_000, "for this test") })
  }

  @Test("reading.restart-reads and reading.look-ahead: when a register is believed to have begun anew")
  func chains() {
    func outcome(_ values: [String], _ change: (inout Policy) -> Void) -> Outcome {
      let reads = values.enumerated().map { day, value in
        read(value, "\(at("2026-06-01T00:00Z") + .days(Int64(day)))")
      }
      return Settlement.EmbeddedCore().settle(
        story(
          agreement([flat("10")], technology: .hydro), from: "2026-06-01T00:00Z", to: "2026-06-10T00:00Z",
          reads: reads, policy: policy(change)))
    }
    // Three reads in a row make a new base; where two are enough, 51 − 50 = 1 kWh is paid at once.
    #expect(outcome(["1000", "50", "51", "52"]) { _ in }.paid == Pence(20))
    #expect(outcome(["1000", "50", "51"]) { _ in }.paid == Pence(0))
    let two = outcome(["1000", "50", "51"]) { $0.reading.restartReads = .ours(2, "for this test") }
    #expect(two.codes.contains("READ_RESTART"))
    #expect(two.paid == Pence(10))
    // Two wrong reads before the register goes on: 102 − 100 = 2 kWh, if anybody looks so far ahead.
    #expect(outcome(["100", "9000", "8000", "101", "102"]) { _ in }.paid == Pence(20))
    let near = outcome(["100", "9000", "8000", "101", "102"]) {
      $0.reading.lookAhead = .ours(1, "for this test")
    }
    #expect(near.paid == Pence(0))
  }

  @Test(
    "reading.rollover-span: over a longer time a dial that stood high passed zero, over a shorter one it fell"
  )
  func rollover() {
    // A dial of two digits, at 95 and then at 85: 90 kWh up, 10 kWh down, both possible in half a day.
    func movement(hours: Int64, span: TimeSpan) -> Movement {
      let policy = Policy(name: "test")
      let home = agreement([flat("4.1")]).installation
      let limits = RegisterLimits(
        modulus: kWh("100").value, forward: .fuse(phases: 1, policy), backward: .fall(home, policy),
        rolloverPercent: 90, rolloverSpan: span)
      let open = read("95", "2026-06-01T00:00Z", .import)
      let close = read("85", "\(at("2026-06-01T00:00Z") + .hours(hours))", .import)
      return Movement(from: open, to: close, limits)
    }
    #expect(movement(hours: 24, span: .days(1)) == .fall(10_000))
    #expect(movement(hours: 25, span: .days(1)) == .rollover(90_000))
    #expect(movement(hours: 24, span: .hours(12)) == .rollover(90_000))
    #expect(movement(hours: 12, span: .hours(12)) == .fall(10_000))
  }
}
