// A header cell as words: `Export (kWh)`, `export_kwh`, `exportKwh` and `Export kWh` say the same.

/// The words of a header cell, in small letters, and the unit among them.
struct HeaderWords {
  let words: Set<String>
  let unit: Unit?

  enum Unit: Hashable {
    case energy(ExportOptions.Unit)
    /// As written, with the reason why it is no unit here.
    case refused(String, why: String)
  }

  init(_ header: String) {
    let pieces = Self.pieces(header)
    words = Set(pieces.map { $0.lowercased() })
    unit = pieces.lazy.compactMap { Self.unit($0) }.first
    let isSum = header.contains { "£€$".contains($0) } || !words.isDisjoint(with: Self.money)
    isMoney = isSum || (unit == nil && !words.isDisjoint(with: Self.prices))
  }

  /// A cost, a price or a rate: never energy (DH-04).
  let isMoney: Bool

  func has(_ some: Set<String>) -> Bool { !words.isDisjoint(with: some) }

  private static let money: Set<String> = [
    "p", "pence", "penny", "gbp", "cost", "costs", "price", "charge", "charges", "tax", "vat", "payment",
    "earned", "earnings", "credit",
  ]
  /// Words that also name one register of several: `Export rate 1 (kWh)`.
  private static let prices: Set<String> = ["rate", "tariff", "amount", "paid"]

  static let export: Set<String> = ["export", "exported", "exports", "outgoing", "ae"]
  static let imported: Set<String> = [
    "import", "imported", "imports", "consumption", "consumed", "usage", "used", "demand", "ai",
  ]
  static let generation: Set<String> = ["generation", "generated", "production", "produced", "yield"]
  /// Counts that only rise: no half-hours.
  static let cumulative: Set<String> = ["cumulative", "register", "index", "odometer"]
  static let quality: Set<String> = [
    "quality", "flag", "status", "estimated", "actual", "indicator", "validity",
  ]
  static let start: Set<String> = ["start", "starts", "starting", "from", "begin", "begins", "beginning"]
  static let end: Set<String> = ["end", "ends", "ending", "to", "until"]
  static let utc: Set<String> = ["utc", "gmt", "zulu"]
  static let london: Set<String> = ["local", "london", "uk", "clock", "wall"]
  static let period: Set<String> = ["period", "sp"]

  // MARK: Words

  private static func pieces(_ header: String) -> [String] {
    header.split { !$0.isLetter && !$0.isNumber }.flatMap { token -> [String] in
      let token = String(token)
      guard unit(token) == nil else { return [token] }
      for suffix in ["kwh", "mwh"] where token.lowercased().hasSuffix(suffix) {
        return camel(String(token.dropLast(3))) + [String(token.suffix(3))]
      }
      return camel(token)
    }
  }

  /// `validFrom` as `valid` and `From`; a run of capitals stays whole.
  private static func camel(_ token: String) -> [String] {
    var words: [String] = []
    var last: Character?
    for letter in token {
      if letter.isUppercase, last?.isLowercase == true || last == nil {
        words.append(String(letter))
      } else if words.isEmpty {
        words = [String(letter)]
      } else {
        words[words.count - 1].append(letter)
      }
      last = letter
    }
    return words
  }

  private static func unit(_ word: String) -> Unit? {
    switch word.lowercased() {
    case "kwh": .energy(.kilowattHours)
    case "wh": .energy(.wattHours)
    case "mwh":
      word == "MWh"
        ? .energy(.megawattHours)
        : .refused(word, why: "'\(word)' is a thousandth of a Wh as written, a million times less than MWh")
    case "kw", "w", "mw": .refused(word, why: "'\(word)' is power; a half-hour is energy, in kWh or Wh")
    default: nil
    }
  }
}
