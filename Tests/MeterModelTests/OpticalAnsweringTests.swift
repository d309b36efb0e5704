import MeterModel
import Testing
import Units
import Wire

@Suite("Optical port: what a meter shows")
struct OpticalAnsweringTests {
  @Test("a readout cuts, wraps and writes each value as the profile says")
  func readout() {
    let meter = Fixture.fit(
      OpticalFixture.profile(), reads: [.import: WattHours(12_345_678), .export: WattHours(42_001)])
    let answering = OpticalAnswering(meter: meter, port: OpticalFixture.port())
    meter.hold(1500, for: .minutes(90))
    // 1500 W for 1.5 h are 2250 Wh. 2026-05-01 is a Friday; London has summer time, the port says UTC.
    #expect(
      answering.lines(at: meter.now) == [
        "F.F(00000000)", "0.0.0(M1)", "0.9.1(01:30:00)", "0.9.2(26-05-01)", "1.8.0(0012347.928*kWh)",
        "1.8.1(0012347.928*kWh)", "1.8.2(0000000.000*kWh)", "1-0:2.8.0*255(000042001*Wh)",
        "1.8.0*01(-------)", "15.8.0(012389.9*kWh)", "16.8.0(012305.9*kWh)", "16.7.0(01.500*kW)",
        "C.53.0(000)",
      ])
  }

  @Test(
    "numbers are cut and wrapped, never rounded",
    arguments: [
      (OpticalNumberForm.kilowattHours(5), 99_999_999, "99999*kWh"),
      (.kilowattHours(5), 100_000_000, "00000*kWh"),
      (.kilowattHours(6, 1), 1999, "000001.9*kWh"),
      (.kilowattHours(6, 6), 1999, "000001.999000*kWh"),
      (OpticalNumberForm(digits: 0, unit: "Wh"), 1999, "1999*Wh"),
      (OpticalNumberForm(digits: 5, decimals: 2, power: 3, isBlankPadded: true), 12_340, "   12.34"),
      (OpticalNumberForm(digits: 5, decimals: 2, power: 3, isBlankPadded: true), 340, "    0.34"),
      (.kilowattHours(7, 3, unit: "KWH"), 0, "0000000.000*KWH"),
    ])
  func forms(form: OpticalNumberForm, energy: Int64, text: String) {
    let port = OpticalFixture.port {
      $0.lists = [OpticalList(lines: [OpticalLine("1.8.0", .energy(.import, rate: 0), form)])]
    }
    let meter = Fixture.fit(OpticalFixture.profile(port), reads: [.import: WattHours(energy)])
    #expect(OpticalAnswering(meter: meter, port: port).lines(at: meter.now) == ["1.8.0(\(text))"])
  }

  @Test("rates switch with the clock and sum to the total; local windows move with summer time")
  func rates() {
    // Night 00:30 to 07:30 by London's clock: in May 23:30 to 06:30 UTC.
    let port = OpticalFixture.port {
      $0.zone = .local
      $0.rates = [OpticalRateWindow(fromMinute: 30, toMinute: 450, rate: 2)]
      $0.lists = [
        OpticalList(
          lines: OpticalFixture.lines.filter { $0.address.hasPrefix("1.8") && $0.address.count == 5 })
      ]
    }
    let meter = Fixture.fit(OpticalFixture.profile(port), reads: [.import: WattHours(1000)])
    let answering = OpticalAnswering(meter: meter, port: port)
    meter.hold(1000, for: .minutes(6 * 60 + 45))
    // 6.5 h at the night rate, 0.25 h at the day rate, which began with 1 kWh.
    #expect(
      answering.lines(at: meter.now)
        == ["1.8.0(0007.750*kWh)", "1.8.1(0001.250*kWh)", "1.8.2(0006.500*kWh)"].map {
          $0.replacing("(0", with: "(0000")
        })
  }

  @Test("single registers, notes, the clock and resets by command")
  func commands() {
    let meter = Fixture.fit(OpticalFixture.profile(), reads: [.import: WattHours(12_345_678)])
    let answering = OpticalAnswering(meter: meter, port: OpticalFixture.port())
    let now = meter.now
    #expect(answering.say("R1", "1.8.0()", at: now) == "1.8.0(0012345.678*kWh)")
    #expect(
      answering.say("R1", "2.8.0()", at: now) == "1-0:2.8.0*255(000000000*Wh)", "the channel may be left out")
    #expect(answering.say("R1", "9.9.9()", at: now) == "<ER01>")
    #expect(answering.say("R4", "1.8.0()", at: now) == "<ER02>")
    #expect(
      answering.say("R1", "1.8.0", at: now) == "<ER01>" || answering.say("R1", "((", at: now) == "<ER04>")
    #expect(answering.say("W1", "C.90(HELLO)", level: 0, at: now) == "<ER03>")
    #expect(answering.say("W1", "C.90(HELLO)", at: now) == "ACK")
    #expect(answering.say("R1", "C.90()", at: now) == "C.90(HELLO)")
    #expect(answering.say("W1", "C.90(TOO LONG FOR IT)", at: now) == "<ER04>")
    #expect(answering.say("W1", "0.9.1(250000)", at: now) == "<ER04>")
    #expect(answering.say("W1", "0.9.1(123456)", at: now) == "ACK")
    #expect(answering.say("R1", "0.9.1()", at: now) == "0.9.1(12:34:56)")
    #expect(answering.say("W1", "0.1.0()", at: now) == "ACK")
    #expect(answering.say("R1", "1.8.0*01()", at: now) == "1.8.0*01(12345.6*kWh)")
    #expect(answering.say("R5", "P.98(;)", at: now).hasPrefix("P.98(22605011234)(20)()(0)\r\nP.98("))
  }

  @Test("half-hours come with a header, and another where the clock was set")
  func profile() {
    let meter = Fixture.fit(OpticalFixture.profile())
    let answering = OpticalAnswering(meter: meter, port: OpticalFixture.port())
    meter.hold(500, for: .minutes(60))
    meter.hold(-200, for: .minutes(30))
    let head = "(30)(2)(1.8.0)(kWh)(2.8.0)(kWh)\r\n"
    // 500 W for half an hour are 250 Wh.
    #expect(
      answering.say("R5", "P.01(;)", at: meter.now)
        == "P.01(22605010030)(00)\(head)(00.250)(00.000)\r\n(00.250)(00.000)\r\n(00.000)(00.100)\r\n")
    #expect(
      answering.say("R5", "P.01(22605010100;22605010100)", at: meter.now)
        == "P.01(22605010100)(00)\(head)(00.250)(00.000)\r\n")
    #expect(
      answering.say("R5", "P.01(2605010130;)", at: meter.now)
        == "P.01(22605010130)(00)\(head)(00.000)(00.100)\r\n")
    #expect(
      answering.say("R5", "P.01(12605010230;)", at: meter.now)
        == "P.01(22605010130)(00)\(head)(00.000)(00.100)\r\n", "a season digit of 1 is summer time")
    #expect(answering.say("R5", "P.01(22605020000;)", at: meter.now) == "P.01(ERROR)")
    #expect(answering.say("R5", "P.01(yesterday;)", at: meter.now) == "<ER04>")
    #expect(
      answering.say("R6", "P.01(;)", at: meter.now)
        == "P.01(22605010030)(00)\(head)(00.250)(00.000)\r\n|(00.250)(00.000)\r\n(00.000)(00.100)\r\n")
    // The clock goes from 01:30 to 04:00: the next half-hour is stamped 04:30.
    meter.setClock(to: meter.now + .minutes(150))
    meter.hold(500, for: .minutes(30))
    #expect(answering.say("R5", "P.01(22605010130;)", at: meter.now).contains("P.01(22605010430)(20)"))
  }

  @Test("in local time a new header comes when summer time ends, and stamps tell their season")
  func seasons() {
    let port = OpticalFixture.port { $0.zone = .local }
    // 2026-10-25T00:00Z: London's clock goes back from 02:00 to 01:00 at 01:00Z.
    let meter = Fixture.fit(OpticalFixture.profile(port), at: Instant(seconds: 1_792_886_400))
    let answering = OpticalAnswering(meter: meter, port: port)
    meter.hold(1000, for: .minutes(120))
    let stamps = answering.say("R5", "P.01(;)", at: meter.now).split(separator: "\r\n")
      .filter { $0.hasPrefix("P.01") }.map { $0.prefix(20) }
    #expect(stamps == ["P.01(12610250130)(00", "P.01(02610250100)(08"])
  }

  @Test("a meter's own manners follow from its profile")
  func manners() {
    let quick = OpticalFixture.port { $0.flag = "ISk" }.manners(serial: "00077")
    #expect(quick.reaction == .milliseconds(20))
    #expect(quick.answers(to: "77"))
    #expect(quick.answers(to: ""))
    #expect(!quick.answers(to: "770"))
    #expect(OpticalFixture.port().manners(serial: "1").identification.raw == "ELS5BENCH")
    let modeE = OpticalFixture.port {
      ($0.mode, $0.escapes) = (.e, ["2"])
    }
    #expect(modeE.manners(serial: "1").identification.raw == "ELS5\\2BENCH")
    let modeB = OpticalFixture.port { ($0.mode, $0.topBaud) = (.b, 2400) }
    #expect(modeB.manners(serial: "1").identification.raw == "ELSCBENCH")
  }
}
