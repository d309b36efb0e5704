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
  @Option(
    help: ArgumentHelp(
      "The file holds wholesale prices; export prices follow them by this formula, such as agile-outgoing:C.",
      valueName: "name:region"))
  var formula: String?
  @Flag(help: "The tariff is none under the SEG: a price of zero or less is allowed.") var notSeg = false

  func validate() throws {
    let options: [String?] = [rateUnit, rateZone, rateDates, formula]
    if rates == nil, !rateMap.isEmpty || options.contains(where: { $0 != nil }) {
      throw ValidationError(
        "--rate-map, --rate-unit, --rate-zone, --rate-dates and --formula are about the file of --rates")
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
      var file = try RateFile(try DiskReader().text(of: path), file: path, options: options)
      if let formula { try file.apply(try Self.priceFormula(formula), named: formula, file: path) }
      return file
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

  /// `NAME:REGION`, of Profiles/formulas; or a file of one's own.
  private static func priceFormula(_ text: String) throws -> PriceFormula {
    let halves = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    guard halves.count == 2, halves.allSatisfy({ !$0.isEmpty }) else {
      throw Failure("--formula: write name:region, such as agile-outgoing:C, not '\(text)'")
    }
    let path =
      halves[0].hasSuffix(".csv") ? halves[0] : "\(Shelves.shipped ?? ".")/Profiles/formulas/\(halves[0]).csv"
    return try PriceFormula(try DiskReader().text(of: path), file: path, region: halves[1])
  }
}
