// What is measured, over all homes: sums of their half-hours, with and without the checks, and whole
// settlements.

internal import Settlement
internal import Units

struct Works {
  let meters: Int

  var all: [(String, () -> Pass)] {
    var all: [(String, () -> Pass)] = []
    for checked in [false, true] {
      for tariff in Year.Tariff.allCases {
        all.append(("\(checked ? "validated" : "rating")-\(tariff.rawValue)", sums(tariff, checked)))
      }
    }
    for tariff in Year.Tariff.allCases {
      all.append(("whole-\(tariff.rawValue)", whole(tariff, logDays: 365, settlements: [365])))
    }
    // As a supplier lives: a log a day, a statement a quarter.
    all.append(("whole-quarters", whole(.flat, logDays: 1, settlements: [90, 181, 273, 365])))
    return all
  }

  /// The half-hours lie in memory, home after home; the prices are laid out once for all.
  private func sums(_ tariff: Year.Tariff, _ checked: Bool) -> () -> Pass {
    lazy var homes = (0..<meters).map { HalfHourSeries(from: Year.start, energies: Year.energies(home: $0)) }
    let prices = HalfHourPrices(tariff.terms, from: Year.start, count: Year.count)
    let policy = Policy(name: "bench")
    return {
      let all = homes
      var pass = Pass()
      pass.start()
      for home in all {
        // An oddity would leave the sum short, which no peer would agree with.
        if checked, home.oddities(of: Year.installation, policy) > 0 { continue }
        pass.add(home.value(at: prices))
      }
      pass.stop()
      return pass
    }
  }

  /// From a case to an outcome with decisions and statements. Making the case is not counted.
  private func whole(_ tariff: Year.Tariff, logDays: Int, settlements: [Int]) -> () -> Pass {
    {
      let core = EmbeddedCore()
      var pass = Pass()
      for home in 0..<meters {
        let one = Year.settlementCase(home: home, tariff, logDays: logDays, settlements: settlements)
        pass.start()
        let outcome = core.settle(one)
        pass.stop()
        pass.add(outcome.statements.reduce(NanoPence(0)) { $0 + $1.exact })
      }
      return pass
    }
  }
}
