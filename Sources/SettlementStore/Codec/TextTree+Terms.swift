// Tariffs, meters and registers as kept text. A tariff is kept once, however many agreements have it: a year
// of half-hourly prices is a megabyte.

internal import Settlement
internal import Units

extension TextTree {
  // MARK: Registers and meters

  init(_ registers: [RegisterRole: WattHours]) {
    self = .map([String: TextTree](uniqueKeysWithValues: registers.map { ($0.rawValue, .text("\($1)")) }))
  }

  func registers(_ what: String) throws(StoreError) -> [RegisterRole: WattHours] {
    guard case .map(let parts) = self else { throw StoreError(.damaged, "\(what) are no registers") }
    var registers: [RegisterRole: WattHours] = [:]
    for (key, part) in parts {
      guard let role = RegisterRole(rawValue: key) else {
        throw StoreError(.damaged, "\(what) have a register '\(key)' that is none")
      }
      let value: WattHours = try part.value(what, key)
      registers[role] = value
    }
    return registers
  }

  init(_ meter: MeterDetails) {
    let registers = meter.registers.map { role, one in
      (
        role.rawValue,
        TextTree.map(["modulus": .text("\(one.modulus)"), "resolution": .text("\(one.resolution)")])
      )
    }
    self.init(parts: [
      "serial": .text(meter.serial), "uses": .list(meter.uses.map(\.rawValue).sorted().map { .text($0) }),
      "registers": .map([String: TextTree](uniqueKeysWithValues: registers)),
      "half-hourly": TextTree(flag: meter.halfHourlyCapable), "remote": TextTree(flag: meter.remote),
      "keeps-remote": TextTree(flag: meter.keepsRemoteAfterSwitch), "phases": .text("\(meter.phases)"),
      "kind": .text(meter.kind),
    ])
  }

  func meter(_ what: String) throws(StoreError) -> MeterDetails {
    var fields = try TreeFields(self, of: what)
    var uses: Set<MeterDetails.Use> = []
    for part in try fields.list("uses") {
      guard let use = MeterDetails.Use(rawValue: try part.text(what, "uses")) else {
        throw fields.damage("uses")
      }
      uses.insert(use)
    }
    var registers: [RegisterRole: MeterDetails.Register] = [:]
    for (key, part) in try fields.map("registers") {
      guard let role = RegisterRole(rawValue: key) else { throw fields.damage("registers") }
      var parts = try TreeFields(part, of: "a register of \(what)")
      registers[role] = MeterDetails.Register(
        modulus: try parts.value("modulus"), resolution: try parts.value("resolution"))
      try parts.finish()
    }
    let meter = MeterDetails(
      serial: try fields.text("serial"), uses: uses, registers: registers,
      halfHourlyCapable: try fields.flag("half-hourly"), remote: try fields.flag("remote"),
      keepsRemoteAfterSwitch: try fields.flag("keeps-remote"), phases: try fields.whole("phases"),
      kind: try fields.text("kind"))
    try fields.finish()
    return meter
  }

  // MARK: Tariffs

  init(_ terms: TariffTerms) {
    self.init(parts: [
      "name": .text(terms.name), "from": .text("\(terms.from)"), "seg": TextTree(flag: terms.isSEG),
      "shape": Self.shape(terms.shape),
    ])
  }

  private static func shape(_ shape: TariffTerms.Shape) -> TextTree {
    switch shape {
    case .flat(let rate): return .map(["flat": .text("\(rate)")])
    case .timeOfUse(let windows, let otherwise):
      let kept = windows.map { TextTree.text("\($0.fromMinute) \($0.toMinute) \($0.rate)") }
      return .map(["windows": .list(kept), "otherwise": .text("\(otherwise)")])
    case .halfHourly(let prices):
      return .map([
        "prices": .list(prices.map { .text("\($0.from) \($0.to.map { "\($0)" } ?? "-") \($0.rate)") })
      ])
    }
  }

  func tariff(_ what: String) throws(StoreError) -> TariffTerms {
    var fields = try TreeFields(self, of: what)
    let terms = TariffTerms(
      name: try fields.text("name"), from: try fields.value("from"),
      shape: try fields.tree("shape").shape(what),
      isSEG: try fields.flag("seg"))
    try fields.finish()
    return terms
  }

  private func shape(_ what: String) throws(StoreError) -> TariffTerms.Shape {
    var fields = try TreeFields(self, of: what)
    let shape: TariffTerms.Shape
    if fields.has("flat") {
      shape = .flat(try fields.value("flat"))
    } else if fields.has("windows") {
      var windows: [TariffTerms.Window] = []
      for part in try fields.list("windows") {
        let words = try part.words(what, "windows")
        guard let from = Int(words.first), let to = Int(words.second) else { throw fields.damage("windows") }
        let rate: UnitRate = try TextTree.text(words.rest).value(what, "windows")
        windows.append(TariffTerms.Window(fromMinute: from, toMinute: to, rate: rate))
      }
      shape = .timeOfUse(windows, otherwise: try fields.value("otherwise"))
    } else {
      var prices: [TariffTerms.Price] = []
      for part in try fields.list("prices") {
        let words = try part.words(what, "prices")
        let from: Instant = try TextTree.text(words.first).value(what, "prices")
        let to: Instant? = words.second == "-" ? nil : try TextTree.text(words.second).value(what, "prices")
        let rate: UnitRate = try TextTree.text(words.rest).value(what, "prices")
        prices.append(TariffTerms.Price(from: from, to: to, rate: rate))
      }
      shape = .halfHourly(prices)
    }
    try fields.finish()
    return shape
  }

  /// A text of two words and a rest.
  private func words(_ what: String, _ key: String) throws(StoreError) -> (
    first: String, second: String, rest: String
  ) {
    let words = try text(what, key).split(separator: " ", maxSplits: 2).map(String.init)
    guard words.count == 3 else { throw StoreError(.damaged, "'\(key)' of \(what) cannot be read back") }
    return (words[0], words[1], words[2])
  }
}
