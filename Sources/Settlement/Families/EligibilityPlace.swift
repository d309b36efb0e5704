// Where the site is (R-ELIG-03), what its postcode and its network say of that, and the region of a regional
// price (R-MPAN-05).

internal import Units

/// Facts about places. Areas: the first letters of postcodes outside Great Britain; distributors: the
/// regional networks with their group letters (rule book, mpan-distributors).
enum Places {
  static let areasOutside = [
    "BT": "Northern Ireland", "IM": "the Isle of Man", "JE": "the Channel Islands",
    "GY": "the Channel Islands",
  ]
  static let nationsOutside = [
    "northern-ireland": "Northern Ireland", "isle-of-man": "the Isle of Man",
    "channel-islands": "the Channel Islands",
  ]
  /// Group letters of the regional networks; independent ones (24 … 38) have none.
  static let regions: [Int: String] = [
    10: "A", 11: "B", 12: "C", 13: "D", 14: "E", 15: "F", 16: "G", 17: "P", 18: "N", 19: "J", 20: "H",
    21: "K",
    22: "L", 23: "M",
  ]
  static let independent = 24...38
  /// Networks of Scotland.
  static let scottish: Set<Int> = [17, 18]

  /// Letters before the first digit of a postcode.
  static func area(of postcode: String) -> String {
    String(postcode.uppercased().filter { !$0.isWhitespace }.prefix { $0.isLetter })
  }
}

extension StatedFacts {
  var placeBar: Bar? {
    if let place = facts.text(.nation).flatMap({ Places.nationsOutside[$0] }) {
      return outside("the site is in \(place)")
    }
    if let code = facts.text(.postcode), let place = Places.areasOutside[Places.area(of: code)] {
      return outside("the postcode \(code) is of \(place)")
    }
    return nil
  }

  private func outside(_ why: String) -> Bar {
    Bar(
      effect: .forfeit, code: .eligNotGB, rule: .elig03, severity: .error, from: .epoch,
      text: "\(why), outside Great Britain")
  }
}

extension Application {
  /// Remarks on place and price region; they move no money.
  func place(_ out: inout Assessment) {
    guard let text = agreement.exportMPAN, let mpan = try? MPAN(parsing: text) else { return }
    let (facts, id) = (facts, mpan.distributor)
    if let nation = facts.text(.nation), Places.regions[id] != nil, Places.nationsOutside[nation] == nil,
      Places.scottish.contains(id) != (nation == "scotland")
    {
      out.remark(
        .eligNotGB, .elig03, severity: .query,
        "the site is said to be in \(nation), but the MPAN's network \(mpan.core.prefix(2)) is "
          + (Places.scottish.contains(id) ? "in Scotland" : "not in Scotland") + ": one of the two is wrong")
    }
    if let stated = facts.text(.priceRegion), let region = Places.regions[id], stated != region {
      out.remark(
        .tarIneligible, .mpan05, severity: .query,
        "prices of region \(stated) are stated; the MPAN's network \(mpan.core.prefix(2)) is region \(region)"
      )
    }
    guard Places.independent.contains(id), facts.text(.priceRegion) == nil, hasRegionalPrices else { return }
    out.duty(
      Obligation(
        "price-region", of: .customer, rule: .mpan05, subject: out.subject, since: start, by: nil,
        state: .open,
        text: "an independent network has no region of its own; the customer is asked for it"))
  }

  private var hasRegionalPrices: Bool {
    agreement.tariff.contains { if case .halfHourly = $0.shape { true } else { false } }
  }
}

/// Whether an address or a number could work; nobody is written to or called (our assumption: one @ between a
/// name and a domain with a dot; ten digits or more).
enum ContactText {
  static func isEmail(_ text: String) -> Bool {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[0].isEmpty, !text.contains(" ") else { return false }
    let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
    return labels.count > 1 && labels.allSatisfy { !$0.isEmpty }
  }

  static func isPhone(_ text: String) -> Bool {
    text.filter(\.isNumber).count >= 10 && text.allSatisfy { $0.isNumber || " +()-".contains($0) }
  }
}
