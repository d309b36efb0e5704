// How wrong a meter may be: the maximum permissible errors of the Measuring Instruments Directive
// (2014/32/EU, annex V (MI-003), table 2; in Great Britain the Measuring Instruments Regulations 2016) by
// class, load and temperature, and the limits in service of the Electricity Act 1989, schedule 7:
// +2.5 % and −3.5 %.

public import Units

/// A limit of error.
public enum TestLimit: String, Hashable, Sendable, CaseIterable {
  case inService = "in-service"
  case classA = "mid-a"
  case classB = "mid-b"
  case classC = "mid-c"

  public var words: String {
    switch self {
    case .inService: "in service"
    case .classA: "MID class A"
    case .classB: "MID class B"
    case .classC: "MID class C"
    }
  }
}

/// What may be at most above and below, in thousandths of a per cent, both ≥ 0.
public struct TestBand: Hashable, Sendable {
  public var above: Int64
  public var below: Int64
}

/// The currents on a meter's plate, in A.
public struct TestRating: Hashable, Sendable {
  public var minimum: DecimalText
  public var transitional: DecimalText
  public var maximum: DecimalText

  public init(minimum: DecimalText, transitional: DecimalText, maximum: DecimalText) {
    (self.minimum, self.transitional, self.maximum) = (minimum, transitional, maximum)
  }

  /// Reads `0.25-5(100)`, as plates write it: I_min, I_ref (I_n) and I_max. I_tr is a tenth of I_ref for a
  /// meter that is connected directly, and a twentieth of I_n for one on current transformers (EN
  /// 50470-3:2006, 3.5). Nil for anything else.
  public init?(parsing text: String, onTransformers: Bool = false) {
    let parts = text.split { "-()".contains($0) }.map { $0.filter { $0 != " " && $0 != "A" } }
    guard parts.count >= 3, let low = try? DecimalText(parsing: parts[0]),
      let middle = try? DecimalText(parsing: parts[1]), let high = try? DecimalText(parsing: parts[2]),
      parts.dropFirst(3).allSatisfy(\.isEmpty)
    else { return nil }
    let transitional =
      onTransformers
      ? DecimalText(mantissa: middle.mantissa * 5, decimals: middle.decimals + 2)
      : DecimalText(mantissa: middle.mantissa, decimals: middle.decimals + 1)
    guard low.mantissa > 0, Self.isOrdered(low, transitional), Self.isOrdered(transitional, high) else {
      return nil
    }
    self.init(minimum: low, transitional: transitional, maximum: high)
  }

  static func isOrdered(_ one: DecimalText, _ other: DecimalText) -> Bool {
    guard let low = one.whole(timesTenTo: 12), let high = other.whole(timesTenTo: 12) else { return false }
    return low <= high
  }
}

extension TestLimit {
  /// The band at a load; or why there is none.
  func band(at load: TestLoad, _ rating: TestRating?) -> Result<TestBand, NoLimit> {
    guard self != .inService else { return .success(TestBand(above: 2500, below: 3500)) }
    guard let rating else { return .failure(NoLimit("a class has limits by current: state the rating")) }
    guard let current = load.current else { return .failure(NoLimit("the point says no current")) }
    guard Self.isInRange(load) else {
      return .failure(NoLimit("table 2 holds from 0.5 inductive to 0.8 capacitive"))
    }
    guard let zone = Self.zone(load.temperature) else {
      return .failure(NoLimit("no limit is stated below −40 °C and above 70 °C"))
    }
    guard TestRating.isOrdered(rating.minimum, current) else {
      return .failure(NoLimit("below I_min no class has a limit"))
    }
    guard TestRating.isOrdered(current, rating.maximum) else {
      return .failure(NoLimit("above I_max no class has a limit"))
    }
    let isHigh = TestRating.isOrdered(rating.transitional, current)
    guard isHigh || !load.onePhase else {
      return .failure(NoLimit("with one phase loaded limits begin at I_tr"))
    }
    let row = load.onePhase ? Self.onePhase : isHigh ? Self.high : Self.low
    guard let limit = row[self]?[zone] else { return .failure(NoLimit("no limit is stated")) }
    return .success(TestBand(above: limit, below: limit))
  }

  /// Why a point has no limit.
  struct NoLimit: Error, Hashable {
    var why: String
    init(_ why: String) { self.why = why }
  }

  /// I_min ≤ I < I_tr, by class, for the four bands of temperature; thousandths of a per cent.
  private static let low: [TestLimit: [Int64]] = [
    .classA: [3500, 5000, 7000, 9000], .classB: [2000, 2500, 3500, 4000],
    .classC: [1000, 1300, 1700, 2000],
  ]
  /// I_tr ≤ I ≤ I_max.
  private static let high: [TestLimit: [Int64]] = [
    .classA: [3500, 4500, 7000, 9000], .classB: [2000, 2500, 3500, 4000],
    .classC: [700, 1000, 1300, 1500],
  ]
  /// I_tr ≤ I ≤ I_max, a polyphase meter with load on one phase.
  private static let onePhase: [TestLimit: [Int64]] = [
    .classA: [4000, 5000, 7000, 9000], .classB: [2500, 3000, 4000, 4500],
    .classC: [1000, 1300, 1700, 2000],
  ]

  /// 5 to 30 °C; to −10 or 40; to −25 or 55; to −40 or 70. The edges belong to the milder band.
  private static let edges: [(low: Int128, high: Int128)] = [(5, 30), (-10, 40), (-25, 55), (-40, 70)]

  private static func zone(_ temperature: DecimalText?) -> Int? {
    let scale: Int128 = 1_000_000
    guard let degrees = temperature.map({ $0.whole(timesTenTo: 6) }) ?? 23 * scale else { return nil }
    return edges.firstIndex { $0.low * scale <= degrees && degrees <= $0.high * scale }
  }

  private static func isInRange(_ load: TestLoad) -> Bool {
    guard let factor = load.powerFactor else { return true }
    guard let thousandths = factor.whole(timesTenTo: 6) else { return false }
    return thousandths >= (load.isCapacitive ? 800_000 : 500_000) && thousandths <= 1_000_000
  }
}
