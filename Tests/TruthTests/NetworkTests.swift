// What the network does to a site: a switch at the boundary, and its voltage.

import BackspinTesting
import Testing
import Timeline
import Truth
import Units

@Suite struct NetworkTests {
  /// 1 June 2026, 00:00 UTC.
  private static let start = Instant(seconds: 1_780_272_000)

  /// A fuel cell of 1.5 kW and nothing else.
  private static func fuelCell() throws -> Site {
    try Site(
      SiteDescription(boundary: .modelled(fuelCellInstallation)), from: start,
      stream: RandomStream(seed: 1))
  }

  /// Stretches of a kind of power, as seconds from the start at which each ends and W.
  private static func lived(_ site: Site, seconds: Int64) -> [String] {
    var segments: [FlowSegment] = []
    site.flow(until: site.now + .seconds(seconds), into: &segments)
    var found: [(end: Int64, watts: Int64)] = []
    for segment in segments {
      let end = segment.endMilliseconds / 1000 - start.seconds
      if let last = found.last, last.watts == segment.l1 / 1000 {
        found[found.count - 1].end = end
      } else {
        found.append((end, segment.l1 / 1000))
      }
    }
    return found.map { "\($0.end): \($0.watts)" }
  }

  @Test("behind an open switch nothing flows; closed again, generation is back a minute later")
  func openSwitch() throws {
    let site = try Self.fuelCell()
    #expect(Self.lived(site, seconds: 100) == ["100: -1500"])
    site.isDisconnected = true
    #expect(Self.lived(site, seconds: 100) == ["200: 0"])
    site.isDisconnected = false
    #expect(Self.lived(site, seconds: 100) == ["260: 0", "300: -1500"])
    // Nothing was made while it was off: 140 s × 1.5 kW.
    #expect(site.account?.generated.wholeWattHours == WattHours(58))
    #expect(site.account?.generated == site.account?.exported)
  }

  @Test("a flow that is stated stops at an open switch and goes on where it would be")
  func statedFlow() throws {
    let site = try Site(
      SiteDescription.constant(Power(watts: -2000)), from: Self.start, stream: RandomStream(seed: 1))
    #expect(Self.lived(site, seconds: 60) == ["60: -2000"])
    site.isDisconnected = true
    #expect(Self.lived(site, seconds: 60) == ["120: 0"])
    site.isDisconnected = false
    #expect(Self.lived(site, seconds: 60) == ["180: -2000"])
  }

  // 262.2 V for a second take generation off the network (G98, stage 1). At 265 V it cannot come back; 20 s
  // after the voltage is right again it can, at 60 s at the latest.
  @Test("a network at 265 V takes generation off within a second, and it stays off until that is over")
  func overVoltage() throws {
    let site = try Self.fuelCell()
    site.keepsVoltage = true
    #expect(Self.lived(site, seconds: 60) == ["60: -1500"])
    site.setVoltage(265, until: site.now + .seconds(600))
    #expect(Self.lived(site, seconds: 600) == ["61: -1500", "660: 0"])
    let after = Self.lived(site, seconds: 100)
    #expect(after.count == 2 && after.last == "760: -1500")
    let back = try #require(Int64(after[0].split(separator: ":")[0]))
    #expect((680...720).contains(back), "\(back)")
    var voltage: [VoltageSegment] = []
    site.takeVoltage(into: &voltage)
    #expect(voltage.map(\.millivolts) == [265_000, 230_000])
    #expect(voltage.first?.endMilliseconds == (Self.start + .seconds(660)).milliseconds)
    site.takeVoltage(into: &voltage)
    #expect(voltage.isEmpty)
  }

  @Test("a stated voltage below the limit leaves generation alone, and a stated flow knows of none")
  func highVoltage() throws {
    let site = try Self.fuelCell()
    site.setVoltage(262, until: site.now + .hours(1))
    #expect(Self.lived(site, seconds: 600) == ["600: -1500"])
    let stated = try Site(
      SiteDescription.constant(Power(watts: -2000)), from: Self.start, stream: RandomStream(seed: 1))
    stated.keepsVoltage = true
    stated.setVoltage(280, until: Self.start + .seconds(90))
    #expect(Self.lived(stated, seconds: 120) == ["120: -2000"])
    var voltage: [VoltageSegment] = []
    stated.takeVoltage(into: &voltage)
    #expect(voltage.map(\.millivolts) == [280_000, 230_000])
    #expect(voltage.map { $0.endMilliseconds / 1000 - Self.start.seconds } == [90, 120])
  }

  @Test("the flow is the same whether anybody keeps the voltage or not")
  func kept() throws {
    var weak = SupplyVoltage()
    (weak.mean, weak.spread, weak.impedance) = (252, 2.5, 1.5)
    var installation = Self.fuelCellInstallation
    installation.voltage = weak
    let flows = try [true, false].map { keeps in
      let site = try Site(
        SiteDescription(boundary: .modelled(installation)), from: Self.start, stream: RandomStream(seed: 1))
      site.keepsVoltage = keeps
      return Self.lived(site, seconds: 7200)
    }
    #expect(flows[0] == flows[1])
    #expect(flows[0].contains { $0.hasSuffix(" 0") })
  }

  // EF-08 with forty trips of 20 s: one in each six minutes from 10:00 to 14:00 UTC. The network stands at
  // 258 V and lies beyond 262.2 V for the second before each trip.
  @Test("with EF-08 the network stands high while the sun does, and beyond the limit before each trip")
  func lifted() throws {
    let site = try Site(
      SiteDescription(boundary: .modelled(Self.fuelCellInstallation)), from: Self.start + .hours(10),
      stream: RandomStream(seed: 1))
    site.keepsVoltage = true
    try site.begin(FaultSetting(id: "EF-08", whole: ["trips": 40, "off": 20]))
    var (segments, voltage): ([FlowSegment], [VoltageSegment]) = ([], [])
    site.flow(until: Self.start + .hours(14), into: &segments)
    site.takeVoltage(into: &voltage)
    #expect(voltage.count { $0.millivolts > 262_200 } == 40)
    site.end("EF-08")
    site.flow(until: Self.start + .hours(15), into: &segments)
    var later: [VoltageSegment] = []
    site.takeVoltage(into: &later)
    #expect(later.map(\.millivolts) == [230_000])
    // 1.5 kW / 258 V × 0.25 Ω = 1.45 V.
    #expect(Set(voltage.map(\.millivolts)) == [258_000, 259_453, 262_500])
    #expect(segments.count { $0.l1 == 0 } == 40)
  }

  private static var fuelCellInstallation: Installation {
    var unit = MicroCHP()
    unit.engine = .fuelCell
    return Installation(generators: [Generator(.chp(unit), capacity: Power(watts: 1500))])
  }
}
