// What is kept is exactly what was given: every kind of fact, every policy value, every field.

import Settlement
import Testing
import Units

@testable import SettlementStore

@Suite("What is kept")
struct CodecTests {
  @Test(
    "SHA-256 gives the digests of FIPS 180-4 and its examples",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
      (
        String(repeating: "a", count: 1_000_000),
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"
      ),
    ])
  func sha(text: String, digest: String) {
    #expect(FactDigest.hex(SHA256.digest(Array(text.utf8))) == digest)
  }

  @Test("a digest does not depend on the pieces that the bytes come in")
  func pieces() {
    let bytes = (0..<300).map { UInt8(truncatingIfNeeded: $0 &* 7) }
    for step in [1, 3, 63, 64, 65, 128] {
      var hash = SHA256()
      for start in stride(from: 0, to: bytes.count, by: step) {
        hash.update(Array(bytes[start..<min(start + step, bytes.count)]))
      }
      #expect(hash.finish() == SHA256.digest(bytes))
    }
  }

  @Test("a text tree is read back as it was, whatever is in its texts")
  func tree() throws {
    let odd = (0..<0x24).map { String(UnicodeScalar(UInt8($0))) }.joined() + "\\ \"é ☀ \u{1F600}"
    let tree = TextTree.map(["": .text(odd), odd: .list([.text(""), .map([:]), .list([])])])
    #expect(try TextTree(parsing: tree.description) == tree)
    #expect(TextTree.map(["b": .text("1"), "a": .text("2")]).description == #"{"a":"2","b":"1"}"#)
  }

  @Test(
    "a torn text is damage, not a guess",
    arguments: [
      "", "{", "[", "\"", "{\"a\"}", "{\"a\":\"b\"", "[\"a\",]", "{\"a\":\"1\",\"a\":\"2\"}", "\"\\n\"", "1",
      "\"a\"x",
      "\"\\u0100\"",
    ])
  func torn(text: String) {
    #expect(throws: StoreError.self) { try TextTree(parsing: text) }
  }

  static let facts: Facts = [
    FactKey("text"): .text("O'Brien\t\"x\""), FactKey("yes"): .flag(true), FactKey("no"): .flag(false),
    FactKey("whole"): .whole(.min), FactKey("date"): .date(CivilDate(dayNumber: 20_000)),
    FactKey("instant"): .instant(Instant(microseconds: 1_774_569_600_000_001)),
    FactKey("span"): .span(TimeSpan(microseconds: 90_000_001)), FactKey("energy"): .energy(WattHours(-1)),
    FactKey("power"): .power(Power(milliwatts: 3_950_001)), FactKey("money"): .money(Pence(-5)),
    FactKey("rate"): .rate(UnitRate(microPencePerKilowattHour: -1_234_567)), FactKey("part"): .perMille(825),
    FactKey("meter"): .meter(Lives.meter("M 1")),
    FactKey("registers"): .registers([.export: WattHours(7), .total: WattHours(-3)]),
    FactKey("tariff"): .tariff([
      Lives.flat(41),
      TariffTerms(
        name: "two", from: .epoch,
        shape: .timeOfUse(
          [.init(fromMinute: 960, toMinute: 60, rate: Lives.rate(1))], otherwise: Lives.rate(2)),
        isSEG: false),
      TariffTerms(
        name: "three", from: Lives.start,
        shape: .halfHourly([
          .init(from: Lives.start, to: Lives.start + .hours(1), rate: Lives.rate(-3)),
          .init(from: Lives.start + .hours(1), to: nil, rate: Lives.rate(4)),
        ])),
    ]),
  ]

  @Test("every kind of fact is read back as it was")
  func everyFact() throws {
    let tree = TextTree(Self.facts)
    #expect(try TextTree(parsing: tree.description).facts("a test") == Self.facts)
    // As many kinds as there are cases of `FactValue`, each at least once.
    let kinds = Set(Self.facts.values.values.map { String(describing: $0).prefix { $0 != "(" } })
    #expect(kinds.count == 14)
  }

  @Test("every policy value is read back with who says so, also when it is not the default")
  func everyPolicyValue() throws {
    var policy = Policy(name: "p", title: "A \"policy\"", status: .historical)
    policy.halfHourlyMeter = .clause(.exportRegisterIsEnough, "GS")
    policy.payableBasis = .clause([.registers], "BUL 5.2")
    policy.paymentDue = .clause(.workingDays(25), "EON 6.8")
    policy.rounding = .clause(.halfEven, "x")
    policy.terms["a-term"] = .clause("14", "EON 5.4")
    for key in PolicyKey.all {
      let stated = key.get(policy)
      let other: PolicyKey.Value =
        switch (key.form, stated.value) {
        case (.flag, .flag(let one)): .flag(!one)
        case (.word(let known), .word(let one)): .word(known.first { $0 != one } ?? one)
        case (.words(let known), .words(let all)): .words(all.isEmpty ? Array(known.prefix(2)) : [])
        case (.span, .span(let one)): .span(one + .seconds(1))
        case (.perMille, .perMille(let one)): .perMille(one >= 10 ? one - 10 : one + 10)
        default: stated.value
        }
      #expect(key.set(&policy, Stated(other, .clause("clause of \(key.name)"))), "\(key.name)")
    }
    #expect(try TextTree(parsing: TextTree(policy).description).policy() == policy)
  }

  @Test("a policy that was kept before a value was known has that value's default")
  func olderPolicy() throws {
    let key = try #require(PolicyKey.all.first)
    guard case .map(var parts) = TextTree(Policy(name: "old")), case .map(var values)? = parts["values"]
    else {
      Issue.record("a policy is kept otherwise")
      return
    }
    values[key.name] = nil
    parts["values"] = .map(values)
    #expect(try TextTree.map(parts).policy() == Policy(name: "old"))
  }

  @Test("an agreement and a calendar are read back as they were")
  func agreement() throws {
    var agreement = Lives.agreement([Lives.flat(41), Lives.flat(52, from: Lives.start + .days(3))])
    agreement.facts = Self.facts
    agreement.installation.exportLimit = Power(milliwatts: 3_680_001)
    (agreement.generatorIsOccupier, agreement.halfHourlyConsent) = (false, false)
    let tariffs = agreement.tariff
    let tree = TextTree(agreement, from: Lives.start + .hours(1), tariffs: ["0", "1"])
    let kept = try TextTree(parsing: tree.description).agreement("a test") { name throws(StoreError) in
      tariffs[Int(name) ?? 0]
    }
    #expect(kept.agreement == agreement)
    #expect(kept.from == Lives.start + .hours(1))
    let day = CivilDate(dayNumber: 20_000)
    let calendar = WorkingDays(covered: day...day.advanced(byDays: 400), holidays: [day.advanced(byDays: 9)])
    #expect(try TextTree(parsing: TextTree(calendar).description).calendar("a test") == calendar)
  }

  @Test("half-hours are read back as they were, at any value and in any order of stamps")
  func columns() throws {
    var dice = Dice(4)
    let extremes: [Int64] = [.min, .max, 0, -1, 1, 127, 128, -64, -65]
    for round in 0..<200 {
      let entries = (0..<Int(dice.roll(0...70))).map { index in
        LogRead.Entry(
          stamp: Instant(
            microseconds: dice.once(in: 9)
              ? extremes[Int(dice.roll(0...8))] : Int64(index) * HalfHour.length.microseconds),
          energy: WattHours(dice.once(in: 9) ? extremes[Int(dice.roll(0...8))] : dice.roll(0...900)),
          quality: Quality.allCases[Int(dice.roll(0...2))],
          cause: Cause(number: dice.once(in: 5) ? .max : UInt32(index + 2)))
      }
      let (content, causes) = (LogColumns.content(entries), LogColumns.causes(entries))
      #expect(try LogColumns.entries(content: content, causes: causes) == entries, "round \(round)")
      // Cut anywhere, it is damage.
      for length in 0..<content.count {
        #expect(throws: StoreError.self) {
          try LogColumns.entries(content: Array(content.prefix(length)), causes: causes)
        }
      }
    }
  }

  @Test("a regular day takes little room: less than two bytes a half-hour and a dozen for the rest")
  func compact() {
    let first = HalfHour(containing: Lives.start)
    let day = (0..<48).map {
      LogRead.Entry(stamp: first.advanced(by: $0).end, energy: WattHours($0 < 14 || $0 > 34 ? 0 : 900))
    }
    // 27 dark half-hours of one byte, 21 of two, and stamps, qualities and count as runs.
    #expect(LogColumns.content(day).count <= 27 + 42 + 24)
    #expect(LogColumns.causes(day).count <= 3)
  }

  @Test(
    "numbers of facts are joined to runs, in their own order",
    arguments: [
      ([], ""), ([7], "7"), ([3, 4, 5, 9], "3-5,9"), ([5, 4, 4, 5], "5,4,4-5"), ([.max, 1], "4294967295,1"),
    ] as [([UInt32], String)])
  func runs(numbers: [UInt32], text: String) {
    #expect(CauseRuns.text(numbers.map { Cause(number: $0) }) == text)
  }
}
