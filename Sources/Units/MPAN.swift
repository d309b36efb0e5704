// The number of a supply: 13 digits, of which the last is a check digit (R-MPAN-01 … R-MPAN-04). The full
// form has 21 characters: a top line of 8 (profile class, time-switch code, line-loss class) before the core.

/// A meter point administration number. Import and export of one home have different ones (R-MPAN-04).
public struct MPAN: Hashable, Sendable, CustomStringConvertible {
  /// The 13 digits that identify the supply.
  public let core: String
  /// The 8 letters and digits above the core, where they were given.
  public let topLine: String?

  /// Weights of the first 12 digits: the primes from 3 to 43 without 11 (R-MPAN-01).
  static let weights = [3, 5, 7, 13, 17, 19, 23, 29, 31, 37, 41, 43]
  /// The distributor id kept for made-up supplies (R-MPAN-03).
  public static let syntheticDistributor = 99

  /// Parses 13 or 21 characters, with blanks and a leading S where people write them (R-MPAN-02).
  /// The error's `code` is MPAN_BAD_LENGTH, MPAN_NOT_DIGITS or MPAN_BAD_CHECK.
  public init(parsing text: some StringProtocol) throws(UnitsError) {
    let whole = String(text)
    func failure(_ part: Range<Int>, _ message: String, _ code: String) -> UnitsError {
      UnitsError(text: whole, offending: part, message: message, code: code)
    }
    var kept: [(offset: Int, letter: Character)] = whole.enumerated().filter { !$0.element.isWhitespace }
      .map { ($0.offset, $0.element) }
    if let first = kept.first, first.letter == "S" || first.letter == "s" { kept.removeFirst() }
    guard kept.count == 13 || kept.count == 21 else {
      throw failure(
        0..<whole.count, "an MPAN has 13 digits, or 21 with its top line; here are \(kept.count)",
        "MPAN_BAD_LENGTH")
    }
    let (top, number) = (kept.dropLast(13), kept.suffix(13))
    if let odd = top.first(where: { !($0.letter.isASCII && ($0.letter.isLetter || $0.letter.isNumber)) }) {
      throw failure(
        odd.offset..<odd.offset + 1, "the top line has letters and digits only", "MPAN_NOT_DIGITS")
    }
    if let odd = number.first(where: { !($0.letter.isASCII && $0.letter.isWholeNumber) }) {
      throw failure(
        odd.offset..<odd.offset + 1, "the last 13 characters of an MPAN are digits", "MPAN_NOT_DIGITS")
    }
    let digits = number.compactMap(\.letter.wholeNumberValue)
    let check = Self.checkDigit(digits)
    guard let last = number.last, last.letter.wholeNumberValue == check else {
      let at = kept[kept.count - 1].offset
      throw failure(at..<at + 1, "the check digit of this MPAN should be \(check)", "MPAN_BAD_CHECK")
    }
    core = String(number.map(\.letter))
    topLine = top.isEmpty ? nil : String(top.map(\.letter))
  }

  /// The first two digits: whose network the supply is on.
  public var distributor: Int { Int(core.prefix(2)) ?? 0 }

  public var isSynthetic: Bool { distributor == Self.syntheticDistributor }

  public var description: String { core }

  /// The 13th digit for the first 12 (R-MPAN-01): weighted sum mod 11 mod 10.
  public static func checkDigit(_ digits: some Sequence<Int>) -> Int {
    zip(digits, weights).map { $0 * $1 }.reduce(0, +) % 11 % 10
  }
}
