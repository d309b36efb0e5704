// The options of `backspin settle` about prices: a flat rate, or a file with a price for each half-hour.

internal import ArgumentParser
internal import Scenario
internal import Units

struct SettleRates: ParsableArguments {
  @Option(
    help: ArgumentHelp("One price for all of it, such as \"4.1 p/kWh\" or £0.041/kWh.", valueName: "price"))
  var flat: String?
  @Option(help: ArgumentHelp("Half-hourly prices: JSON of unit rates, or CSV.", valueName: "file")) var rates:
    String?
  @Option(
    help: ArgumentHelp("Which column of the rate file is which: from, to, price.", valueName: "role=column,…")
  )
  var rateMap: [String] = []
  @Option(help: ArgumentHelp("What the prices are: p/kWh, £/kWh or £/MWh.", valueName: "unit")) var rateUnit:
    String?
  @Option(help: ArgumentHelp("The clock of the rate file: utc, london or offset.", valueName: "clock"))
  var rateZone: String?
  @Option(help: ArgumentHelp("How 04/05/2026 is read in the rate file.", valueName: "order")) var rateDates:
    String?
  @Flag(help: "The tariff is none under the SEG: a price of zero or less is allowed.") var notSeg = false

  func validate() throws {
    if rates == nil, !rateMap.isEmpty || rateUnit != nil || rateZone != nil || rateDates != nil {
      throw ValidationError(
        "--rate-map, --rate-unit, --rate-zone and --rate-dates are about the file of --rates")
    }
  }

  /// Prices, and how their file was understood.
  struct Priced {
    var terms: TariffTerms
    var mapping = ImportMapping()
    var notes: [ImportNote] = []
  }

  func priced(from start: Instant) throws -> Priced {
    guard (flat == nil) != (rates == nil) else { throw Failure("one of --flat and --rates is wanted") }
    if let flat {
      let rate: UnitRate = try SettleCommand.quantity(flat, "--flat")
      return Priced(terms: TariffTerms(name: "flat", from: start, shape: .flat(rate), isSEG: !notSeg))
    }
    let path = rates ?? ""
    let options = RateOptions(
      columns: try SettleReads.columns(rateMap), unit: try SettleCommand.choice(rateUnit, "--rate-unit"),
      zone: try SettleCommand.choice(rateZone, "--rate-zone"),
      dates: try SettleCommand.choice(rateDates, "--rate-dates"))
    let file = try SettleCommand.told {
      try RateFile(try DiskReader().text(of: path), file: path, options: options)
    }
    var notes = file.notes
    if !notSeg, let zero = file.prices.first(where: { $0.rate <= .zero }) {
      notes.append(
        ImportNote(
          .assumed,
          "the price from \(zero.from) is \(zero.rate), and this is settled as a SEG tariff, whose rates are above "
            + "zero; if it is none, state --not-seg"))
    }
    return Priced(
      terms: file.terms(name: path, from: start, isSEG: !notSeg), mapping: file.mapping, notes: notes)
  }
}
