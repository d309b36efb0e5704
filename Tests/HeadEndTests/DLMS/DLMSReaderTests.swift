// The DLMS reader against a server in memory: values exact, profiles whole, losses mended or named.

import HeadEnd
import Testing
import Units
import Wire

@Suite("The DLMS reader")
struct DLMSReaderTests {
  static let names = [DLMSMeterStub.importName, DLMSMeterStub.exportName]

  @Test("registers are exact decimals with their units, in a list and one by one", arguments: [true, false])
  func registers(_ lists: Bool) throws {
    let rig = DLMSRig { $0.usesLists = lists }
    try rig.reader.associate()
    let values = try rig.reader.registers(Self.names)
    #expect(values.map(\.text) == ["123456.7", "42000"])
    #expect(
      values.map(\.number) == [
        DecimalText(mantissa: 1_234_567, decimals: 1), DecimalText(mantissa: 42, decimals: -3),
      ])
    #expect(values.map(\.unit) == ["Wh", "Wh"])
    #expect(values.map(\.address) == ["1-0:1.8.0*255", "1-0:2.8.0*255"])
    // AARQ, then one list; or four gets.
    #expect(rig.channel.exchanges == (lists ? 2 : 5))
    // The scalers are known now.
    _ = try rig.reader.register(DLMSMeterStub.importName)
    #expect(rig.channel.exchanges == (lists ? 3 : 6))
  }

  @Test(
    "what vouches for a value is the cipher, else what the channel has",
    arguments: [(16, .unprotected), (32, .unprotected), (48, .authenticated)]
      as [(UInt8, MeterValue.Protection)])
  func protection(_ client: UInt8, _ protection: MeterValue.Protection) throws {
    let rig = DLMSRig(client: client)
    try rig.reader.associate()
    #expect(try rig.reader.register(DLMSMeterStub.importName).protection == protection)
    rig.channel.protection = .checked
    let expected: MeterValue.Protection = client == 48 ? .authenticated : .checked
    #expect(try rig.reader.register(DLMSMeterStub.importName).protection == expected)
  }

  @Test("a register that is not there, or is none, is a typed failure")
  func absent() throws {
    let rig = DLMSRig()
    try rig.reader.associate()
    #expect(throws: Self.failure(.absent, "1-0:9.8.0*255 2: object undefined")) {
      try rig.reader.register(LogicalName(1, 0, 9, 8, 0))
    }
    rig.meter.values[COSEMDescriptor(3, DLMSMeterStub.importName, 2)] = .octets([1])
    #expect(throws: Self.failure(.unreadable, "1-0:1.8.0*255: octets is no number")) {
      try rig.reader.register(DLMSMeterStub.importName)
    }
    rig.meter.values[COSEMDescriptor(3, DLMSMeterStub.exportName, 3)] = .uint8(30)
    #expect(throws: Self.failure(.unreadable, "1-0:2.8.0*255 3: no scaler and unit")) {
      try rig.reader.register(DLMSMeterStub.exportName)
    }
  }

  static func failure(_ kind: DialogueFailure.Kind, _ detail: String) -> DialogueFailure {
    DialogueFailure(kind, detail, at: DLMSMeterStub.start)
  }

  @Test("a profile in blocks is the profile, with each kind of security", arguments: [16, 32, 48] as [UInt8])
  func blocks(_ client: UInt8) throws {
    let rig = DLMSRig(client: client, maximumPDU: 200)
    rig.meter.fill(200)
    try rig.reader.associate()
    let rows = try rig.reader.profile(DLMSMeterStub.profile)
    #expect(rows.count == 200)
    #expect(rows.first?.stamp == DLMSMeterStub.start + .minutes(30))
    #expect(rows.last?.stamp == DLMSMeterStub.start + .minutes(6000))
    // Tenths of a Wh.
    #expect(rows.map { $0.values[0].text } == (1...200).map { "\($0).0" })
    #expect(rig.channel.exchanges > 20)
  }

  @Test("a range is inclusive at both ends; entries count from 1")
  func selections() throws {
    let rig = DLMSRig()
    rig.meter.fill(100)
    try rig.reader.associate()
    let start = DLMSMeterStub.start
    let rows = try rig.reader.profile(
      DLMSMeterStub.profile, from: start + .hours(1), through: start + .hours(25))
    #expect(rows.count == 49)
    #expect(
      try rig.reader.profile(DLMSMeterStub.profile, entries: 10, to: 12).map { $0.values[0].text } == [
        "10.0", "11.0", "12.0",
      ])
  }

  @Test(
    "a link lost at any exchange of a profile is mended, and no row is lost or doubled",
    arguments: [16, 48] as [UInt8], [false, true])
  func lostBlocks(_ client: UInt8, _ byEntry: Bool) throws {
    let whole = DLMSRig(client: client, maximumPDU: 160)
    whole.meter.fill(60)
    try whole.reader.associate()
    let before = whole.channel.exchanges
    let expected = try Self.rows(whole, byEntry)
    #expect(expected.count == 60)
    for number in (before + 1)...whole.channel.exchanges {
      let rig = DLMSRig(client: client, maximumPDU: 160)
      rig.meter.fill(60)
      rig.channel.lost = [number]
      try rig.reader.associate()
      #expect(try Self.rows(rig, byEntry) == expected, "\(number)")
      #expect(rig.channel.opened == 2)
      #expect(rig.reader.remarks.contains { $0.contains("the link was lost") })
    }
  }

  private static func rows(_ rig: DLMSRig, _ byEntry: Bool) throws -> [ProfileRow] {
    byEntry
      ? try rig.reader.profile(DLMSMeterStub.profile, entries: 1, to: 0)
      : try rig.reader.profile(DLMSMeterStub.profile)
  }

  @Test("rows that moved while the link was down are no rows")
  func moved() throws {
    let rig = DLMSRig(maximumPDU: 160)
    rig.meter.fill(60)
    try rig.reader.associate()
    rig.channel.change = { number, answer in
      if number == 6 { rig.meter.rows.removeFirst(3) }
      return answer
    }
    rig.channel.lost = [7]
    #expect(throws: Self.failure(.unexpected, "1-0:99.1.0*255: the profile moved while it was read")) {
      try rig.reader.profile(DLMSMeterStub.profile, entries: 1, to: 0)
    }
  }

  @Test("a link that stays away ends in its own failure")
  func away() throws {
    let rig = DLMSRig(maximumPDU: 160)
    rig.meter.fill(60)
    try rig.reader.associate()
    rig.channel.lost = Set(6...1000)
    #expect(throws: Self.failure(.silence, "no byte came")) { try rig.reader.profile(DLMSMeterStub.profile) }
  }

  @Test("null-data is the value before; a stamp left out is one period on")
  func nulls() throws {
    let rig = DLMSRig()
    rig.meter.rows = [
      [DLMSMeterStub.stamp(1), .uint32(10)], [.null, .null], [.null, .uint32(20)],
      [DLMSMeterStub.stamp(9), .null],
    ]
    try rig.reader.associate()
    let rows = try rig.reader.profile(DLMSMeterStub.profile)
    let start = DLMSMeterStub.start
    #expect(rows.map(\.stamp) == [1, 2, 3, 9].map { start + .minutes(30 * $0) })
    #expect(rows.map { $0.values[0].text } == ["1.0", "1.0", "2.0", "2.0"])
    #expect(
      rows.map(\.stampText) == [
        "2026-05-01 00:30:00 +0 /0", "2026-05-01 00:30:00 +0 /0 +1800 s", "2026-05-01 00:30:00 +0 /0 +3600 s",
        "2026-05-01 04:30:00 +0 /0",
      ])
    rig.meter.rows[0][0] = .null
    #expect(throws: Self.failure(.unreadable, "1-0:99.1.0*255: a row without a stamp, and none before it")) {
      try rig.reader.profile(DLMSMeterStub.profile)
    }
    rig.meter.rows[0] = [DLMSMeterStub.stamp(1), .null]
    #expect(throws: Self.failure(.unreadable, "1-0:99.1.0*255: the first row leaves a value out")) {
      try rig.reader.profile(DLMSMeterStub.profile)
    }
    rig.meter.rows = [[DLMSMeterStub.stamp(1)]]
    #expect(
      throws: Self.failure(.unreadable, "1-0:99.1.0*255: a row of another width than its columns")
    ) { try rig.reader.profile(DLMSMeterStub.profile) }
  }

  @Test("null-data cannot count a stamp out of the calendar, whatever period a meter names")
  func endlessPeriod() throws {
    let rig = DLMSRig()
    rig.meter.rows =
      [[DLMSMeterStub.stamp(1), .uint32(10)]] + [[COSEMValue]](repeating: [.null, .null], count: 9000)
    try rig.reader.associate()
    rig.meter.period = .max
    #expect(throws: Self.failure(.unreadable, "1-0:99.1.0*255: a row without a stamp, and none before it")) {
      try rig.reader.profile(DLMSMeterStub.profile)
    }
    // A year of 366 days: 8000 rows lie before the year 9999, 9000 do not.
    rig.meter.period = 31_622_400
    #expect(throws: Self.failure(.unreadable, "1-0:99.1.0*255: rows go on beyond the year 9999")) {
      try rig.reader.profile(DLMSMeterStub.profile)
    }
    rig.meter.period = 1800
    #expect(try rig.reader.profile(DLMSMeterStub.profile).count == 9001)
  }

  @Test("a captured demand has the scaler of its class, attribute 4")
  func demand() throws {
    let rig = DLMSRig()
    let name = LogicalName(1, 0, 2, 4, 0)
    rig.meter.capture = [
      .clock, CaptureObject(5, name, 2), CaptureObject(5, name, 3),
    ]
    // W by tenths: 12 345 and 6789 are 1234.5 W and 678.9 W (IEC 62056-6-2, class 5; unit 27 is W).
    rig.meter.rows = [[DLMSMeterStub.stamp(1), .uint32(12_345), .uint32(6789)]]
    rig.meter.values[COSEMDescriptor(5, name, 4)] = .structure([.int8(-1), .enumerated(27)])
    try rig.reader.associate()
    let row = try #require(try rig.reader.profile(DLMSMeterStub.profile).first)
    #expect(row.values.map(\.text) == ["1234.5", "678.9"])
    #expect(row.values.map(\.unit) == ["W", "W"])
  }

  @Test(
    "a stamp is UTC by its deviation's own sign, or by the reading asked for; without one it cannot be told",
    arguments: [
      (-60, .automatic, -60), (60, .automatic, -60), (0, .automatic, 0), (nil, .automatic, nil),
      (60, .utcMinusLocal, 60), (-60, .localMinusUTC, 60),
    ] as [(Int16?, DLMSStampRule.Deviation, Int64?)])
  func stamps(_ deviation: Int16?, _ rule: DLMSStampRule.Deviation, _ minutes: Int64?) throws {
    let rig = DLMSRig { $0.stamps.deviation = rule }
    rig.meter.rows = [[DLMSMeterStub.stamp(2, deviation), .uint32(1)]]
    try rig.reader.associate()
    let row = try #require(try rig.reader.profile(DLMSMeterStub.profile, entries: 1, to: 1).first)
    #expect(row.stamp == minutes.map { DLMSMeterStub.start + .minutes(60 + $0) })
    #expect(row.stampText.hasPrefix("2026-05-01 01:00:00"))
  }

  @Test("a counter that the meter has seen is put right, forwards only")
  func counter() throws {
    let rig = DLMSRig(client: 48)
    rig.channel.server.setReceivedCounter(500, client: 48)
    try rig.reader.associate()
    #expect(rig.reader.remarks == ["the meter expects invocation counter 501"])
    #expect(try rig.reader.register(DLMSMeterStub.exportName).text == "42000")
    // A meter that asks for less than was used already is not obeyed.
    rig.channel.change = { _, _ in COSEMException.counter(expected: 7).octets }
    #expect(throws: Self.failure(.security, "the meter expects invocation counter 7")) {
      try rig.reader.register(DLMSMeterStub.exportName)
    }
  }

  @Test("wrong keys and passwords are failures of authentication")
  func authentication() {
    let wrong = DLMSRig(client: 32) { $0.session.password = [1] }
    #expect(throws: Self.failure(.authentication, "authentication failure")) { try wrong.reader.associate() }
    let other = DLMSRig(client: 48) {
      $0.session.keys = COSEMKeys(
        encryption: [UInt8](repeating: 9, count: 16), authentication: [UInt8](repeating: 9, count: 16))
    }
    #expect(throws: Self.failure(.authentication, "authentication failure")) { try other.reader.associate() }
  }

  @Test("no octet of a ciphered answer can be changed so that a value comes of it")
  func ciphered() throws {
    let clean = DLMSRig(client: 48)
    try clean.reader.associate()
    let right = try clean.reader.register(DLMSMeterStub.importName)
    var length = 0
    var place = 0
    repeat {
      let rig = DLMSRig(client: 48) { $0.reconnections = 0 }
      try rig.reader.associate()
      let first = rig.channel.exchanges
      rig.channel.change = { number, answer in
        length = answer.count
        guard number == first + 1, place < answer.count else { return answer }
        var answer = answer
        answer[place] ^= 0x01
        return answer
      }
      #expect(throws: DialogueFailure.self, "\(place)") {
        try rig.reader.register(DLMSMeterStub.importName)
      }
      place += 1
    } while place < length
    #expect(right.text == "123456.7")
    #expect(place > 30)
  }

  @Test("an answer to another request, or another block, is a failure")
  func unexpected() throws {
    let rig = DLMSRig { ($0.usesLists, $0.reconnections) = (false, 0) }
    try rig.reader.associate()
    rig.channel.change = { _, answer in
      var answer = answer
      answer[2] ^= 0x03
      return answer
    }
    let failure = #expect(throws: DialogueFailure.self) { try rig.reader.registers(Self.names) }
    #expect(failure?.kind == .unexpected)
  }

  @Test("one read gives name, registers and rows")
  func whole() throws {
    let rig = DLMSRig(client: 48)
    rig.meter.fill(48)
    let reading = try rig.reader.read(profile: try OBIS(parsing: "1-0:99.1.0*255"))
    #expect(reading.identity == "BSP0000000000007")
    #expect(reading.values.map(\.text).sorted() == ["123456.7", "42000"])
    #expect(reading.profile.count == 48)
    rig.reader.release()
    #expect(rig.channel.server.state(of: 48) == .idle)
  }
}
