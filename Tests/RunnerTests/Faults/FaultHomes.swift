// The homes on which each fault of the catalogue is tried. What flows in them changes every three quarters of
// an hour, so that a half-hour that stands in the wrong place is seen; at eight in the evening it goes to and
// fro, so that netting is; and at half past nine the export register passes a whole kWh.

import Units

extension FaultHome {
  static let all: [FaultHome] = [
    smart, october, firstGeneration, leapYear, disc, dials, onLine, threePhases, bench, ciphered, rates,
    corrected,
    sunny, limited,
    snowed, contract, fuelCell, gap,
  ]

  /// Two days of a flow that is never the same for long, from a midnight on.
  static func flow(_ midnight: String, share: String = "") -> String {
    let watts = [-1200, 300, -2000, 700, -160, 2500, -3100, 5]
    var steps: [String] = []
    let start = (try? instant(midnight)) ?? .epoch
    for place in 0..<64 {
      steps.append(step(start + .minutes(Int64(place) * 45), watts[place % watts.count]))
      // To and fro, five seconds each, within a step that has 20:00 in it.
      if place == 26 {
        for turn in 0..<8 {
          steps.append(step(start + .hours(20) + .seconds(Int64(turn) * 5), turn % 2 == 0 ? -1440 : 1440))
        }
        steps.append(step(start + .hours(20) + .seconds(40), -2000))
      }
    }
    return "site: {flow: {steps: [\(steps.joined(separator: ", "))]}}"
  }

  private static func step(_ at: Instant, _ watts: Int) -> String { "{from: \(at), power: \(watts) W}" }

  private static let window = (from: "2026-05-01T18:00Z", until: "2026-05-02T06:00Z")
  private static let end = "2026-05-03T00:30Z"

  private static let everyWay = """
      - {every: 3h, remote-reads: export, what: [registers, half-hours], last: 3h}
      - {at: 2026-05-02T05:30Z, remote-reads: export, what: half-hours, between: [2026-05-01T00:30Z, 2026-05-02T05:30Z]}
      - {every: 6h, customer-reads: export, register: export, photo: true}
      - {every: 6h, customer-reads: export, register: import, photo: true}
      - {at: 2026-05-02T13:10Z, remote-order: set-clock, on: export, by: import-supplier}
      - {at: 2026-05-03T00:10Z, remote-reads: export, what: half-hours, between: [2026-05-01T00:30Z, 2026-05-03T00:00Z]}
    """

  static let smart = FaultHome(
    name: "smart", from: "2026-05-01T00:00Z", until: end, during: window, after: "2026-05-02T08:00Z",
    clockSet: "2026-05-02T14:00Z",
    head: """
      \(flow("2026-05-01T00:00Z"))
      meters:
        export: {profile: smets2-single-element, mpan: "9900000000015", reads: {import: 5000 kWh, export: 812 kWh}}
        other: {profile: smets2-single-element, serial: OTHER, uses: [], reads: {export: 500 kWh}}
      """,
    rows: everyWay,
    faults: [
      "ME-01", "ME-07", "ME-14", "ME-16 {bucket: 10000 mWh}", "ME-20", "RG-01", "RG-03", "RG-04", "RG-05",
      "RG-06", "RG-08",
      "RG-09", "CK-01 {ppm: 250 ppm}", "CK-02", "CK-03", "MF-01", "MF-02 {depth: 1 days}", "MF-04", "MF-05",
      "MF-06", "DP-01 {digit: 2 digit}", "DP-02", "WN-01", "WN-02", "WN-04", "WN-05", "HR-01",
      "HR-02 {how: leading-zero}", "HR-04", "HR-06",
      "HR-07", "HR-08", "HR-09", "CK-07", "DH-01 {reader: not-told}", "DH-04", "DH-05", "DH-06", "DH-08",
    ])

  static let october = FaultHome(
    name: "as summer time ends", from: "2026-10-24T00:00Z", until: "2026-10-26T00:30Z",
    during: (from: "2026-10-24T18:00Z", until: "2026-10-25T12:00Z"), after: "2026-10-25T14:00Z",
    head: """
      \(flow("2026-10-24T00:00Z"))
      meters:
        export: {profile: smets2-single-element, mpan: "9900000000015"}
      """,
    rows: """
        - {every: 3h, remote-reads: export, what: [registers, half-hours], last: 3h}
        - {at: 2026-10-25T05:00Z, remote-reads: export, what: half-hours, between: [2026-10-24T23:30Z, 2026-10-25T05:00Z]}
        - {at: 2026-10-26T00:10Z, remote-reads: export, what: half-hours, between: [2026-10-24T00:30Z, 2026-10-26T00:00Z]}
      """,
    faults: ["CK-05 {read-as: utc}", "DH-03", "CK-07", "DH-02", "DH-08"])

  static let firstGeneration = FaultHome(
    name: "smart, first generation", from: "2026-05-01T00:00Z", until: end, during: window,
    after: "2026-05-02T08:00Z", clockSet: "2026-05-02T14:00Z",
    head: """
      \(flow("2026-05-01T00:00Z"))
      meters:
        export: {profile: smets1-with-export, mpan: "9900000000015", reads: {import: 5000 kWh, export: 812 kWh}}
      """,
    rows: everyWay,
    faults: [
      "ME-04", "ME-05", "ME-18", "RG-11", "RG-12", "CK-02 {step: 5400 s}", "CK-08", "MF-03",
      "MF-06 {change: reset}",
      "MF-07", "WN-03", "HR-02", "DH-05",
    ])

  static let leapYear = FaultHome(
    name: "in a leap year", from: "2028-02-28T00:00Z", until: "2028-03-01T00:30Z",
    during: (from: "2028-02-28T18:00Z", until: "2028-02-29T06:00Z"), after: "2028-02-29T08:00Z",
    clockSet: "2028-02-29T14:00Z",
    head: """
      \(flow("2028-02-28T00:00Z"))
      meters:
        export: {profile: smets1-with-export, mpan: "9900000000015"}
      """,
    rows: """
        - {every: 3h, remote-reads: export, what: [registers, half-hours], last: 3h}
        - {at: 2028-02-29T13:10Z, remote-order: set-clock, on: export, by: import-supplier}
        - {at: 2028-03-01T00:10Z, remote-reads: export, what: half-hours, between: [2028-02-28T00:30Z, 2028-03-01T00:00Z]}
      """,
    faults: ["CK-06", "CK-08 {slot: 3600}", "MF-03", "DH-06"])

  static let disc = FaultHome(
    name: "a disc that is held", from: "2026-05-01T00:00Z", until: end, during: window,
    after: "2026-05-02T08:00Z",
    head: """
      \(flow("2026-05-01T00:00Z"))
      meters:
        export: {profile: disc-187.5-rev-5-digit-backstop, reads: 15320.4 kWh, uses: import}
      """,
    rows: "  - {every: 1h, customer-reads: export, photo: true}",
    faults: [
      "ME-01", "ME-02", "ME-03", "ME-06", "ME-17", "ME-19",
      "ME-20 {temperature: 1500 ppm/K, ageing: -10000 ppm/year, age: 30 years}", "ME-21", "RG-01",
      "RG-02 {start: 40 kWh}", "RG-03",
      "DP-03", "HR-01", "HR-06", "HR-07", "HR-08", "HR-09 {excess: 300 per cent}",
    ],
    // Some Wh behind whole kWh.
    hides: ["ME-06"])

  static let dials = FaultHome(
    name: "pointer dials", from: "2026-05-01T00:00Z", until: end, during: window,
    after: "2026-05-02T08:00Z",
    head: """
      \(flow("2026-05-01T00:00Z"))
      meters:
        export: {profile: disc-240-rev-pointer-dials, reads: 37890.8 kWh, uses: import}
      """,
    rows: "  - {every: 1h, customer-reads: export, photo: true}",
    faults: ["DP-04 {spread: 200 thousandth of a figure}", "HR-03", "HR-02", "ME-21", "ME-17 {tilt: 30 deg}"])

  static let onLine = FaultHome(
    name: "on a line", from: "2026-05-01T00:00Z", until: end, during: window, after: "2026-05-02T08:00Z",
    head: """
      \(flow("2026-05-01T00:00Z"))
      lines:
        bus: {baud: 9600}
      meters:
        export: {profile: eastron-sdm230, line: bus, uses: [export], reads: {import: 7000 kWh, export: 8000 kWh}}
      """,
    rows: "  - {every: 30m, polls: export}",
    faults: [
      "CL-01 @bus", "CL-02 @bus", "CL-03 @bus", "CL-06 @bus", "CL-08 @bus", "CL-09 @bus {share: 50 per cent}",
      "CL-11 @bus {after: 3 characters}", "PR-01", "PR-02", "PR-03", "PR-04", "PR-05", "RG-10", "RG-11",
      "RG-12",
      "RG-08", "MF-04",
    ])

  static let threePhases = FaultHome(
    name: "three phases behind transformers", from: "2026-05-01T00:00Z", until: end, during: window,
    after: "2026-05-02T08:00Z",
    head: """
      site: {supply: three, flow: {l1: -3 kW, l2: 500 W, l3: 1200 W}}
      meters:
        export: {profile: electronic-three-phase-ct, mpan: "9900000000015", reads: {import: 5000 kWh, export: 812 kWh}}
      """,
    rows: """
        - {from: 2026-05-01T20:10Z, to: 2026-05-01T23:50Z, flow: {l1: 2 kW, l2: -900 W, l3: -400 W}}
        - {from: 2026-05-02T07:10Z, to: 2026-05-02T11:50Z, flow: {l1: 1 kW, l2: -1900 W, l3: -400 W}}
        - {every: 3h, remote-reads: export, what: [registers, half-hours], last: 3h}
        - {at: 2026-05-03T00:10Z, remote-reads: export, what: half-hours, between: [2026-05-01T00:30Z, 2026-05-03T00:00Z]}
      """,
    faults: [
      "ME-08", "ME-09 {phase: 1}", "ME-10", "ME-11", "ME-12", "ME-13", "ME-15", "ME-17", "MF-05", "RG-03",
    ])

  static let bench = FaultHome(
    name: "at the bench", from: "2026-05-01T00:00Z", until: end,
    during: (from: "2026-05-01T18:00:05Z", until: "2026-05-02T06:00:00Z"), after: "2026-05-02T08:00Z",
    isCostly: true,
    head: """
      \(flow("2026-05-01T00:00Z"))
      meters:
        export: {profile: bench-four-ports, mpan: "9900000000015", uses: [export], reads: {import: 5000 kWh, export: 812.265 kWh}}
      """,
    rows: """
        - {at: 2026-05-01T00:00Z, pulse-logger: export}
        - {every: 6h, bench-reads: export, over: iec62056-21}
        - {every: 6h, bench-reads: export, over: dlms, half-hours: {last: 6h}}
        - {every: 3h, bench-reads: export, over: pulse, registers: export, gives: nothing}
        - {at: 2026-05-01T18:10Z, visit-reads: export, register: export}
      """,
    faults: [
      "PR-06", "PR-09", "PR-10 {messages: 1 messages}", "CK-04", "CL-04 @export", "CL-05 @export",
      "CL-07 @export",
      "CL-10 @export", "ME-22", "DP-05", "DP-06", "ME-06",
    ])

  static let ciphered = FaultHome(
    name: "with ciphered answers", from: "2026-05-01T00:00Z", until: end, during: window,
    after: "2026-05-02T08:00Z",
    head: """
      \(flow("2026-05-01T00:00Z"))
      meters:
        export: {profile: bench-four-ports, mpan: "9900000000015", uses: [export]}
      """,
    rows: """
        - {every: 3h, to: 2026-05-02T03:00Z, bench-reads: export, over: dlms, client: 48}
        - {every: 3h, bench-reads: export, over: iec62056-21}
      """,
    faults: ["PR-08", "RG-08"])

  static let rates = FaultHome(
    name: "in two rates", from: "2026-05-01T00:00Z", until: end, during: window, after: "2026-05-02T08:00Z",
    head: """
      site: {supply: three, flow: {l1: -3 kW, l2: 500 W, l3: 1200 W}}
      meters:
        export: {profile: iskra-mt174, mpan: "9900000000015", uses: [export]}
      """,
    rows: "  - {every: 3h, bench-reads: export, over: iec62056-21}",
    faults: ["RG-07", "ME-15 {sum: per-phase}", "RG-09"])

  static let corrected = FaultHome(
    name: "half-hours that are sent again", from: "2026-05-01T00:00Z", until: end, during: window,
    after: "2026-05-02T08:00Z",
    head: """
      \(flow("2026-05-01T00:00Z"))
      meters:
        export: {profile: smets1-with-export, mpan: "9900000000015"}
      """,
    rows: """
        - {from: 2026-05-01T19:00Z, to: 2026-05-01T20:10Z, fault: MF-07, on: export}
        - {from: 2026-05-02T01:00Z, to: 2026-05-02T04:00Z, fault: WN-01, on: export, with: {requests: fail}}
        - {every: 1h, remote-reads: export, what: half-hours, last: 6h}
        - {at: 2026-05-03T00:10Z, remote-reads: export, what: half-hours, between: [2026-05-01T00:30Z, 2026-05-03T00:00Z]}
      """,
    faults: ["WN-06", "WN-07", "DH-07", "WN-04", "WN-02"])

  static let sunny = FaultHome(
    name: "under the sun", from: "2026-06-21T08:30Z", until: "2026-06-21T13:10Z",
    during: (from: "2026-06-21T09:00Z", until: "2026-06-21T11:00Z"), after: "2026-06-21T11:30Z",
    isCostly: true,
    head: """
      site:
        place: {latitude: 51.51, longitude: -0.13}
        generation: [{technology: solar-pv, capacity: 3.95 kWp, tilt: 35, azimuth: 180}]
        load: {base: 150 W}
        sky: clear
      meters:
        export: {profile: smets2-single-element, mpan: "9900000000015"}
      """,
    rows: "  - {every: 30m, remote-reads: export, what: [registers, half-hours], last: 1h}",
    faults: [
      "EF-01 {charges-from: 10 h, charges-for: 1 h, discharges-from: 11 h, discharges-for: 1 h}", "EF-02",
      "EF-05", "EF-06", "EF-07", "EF-08", "EF-09 {from: 10 h, for: 3 h}", "EF-10", "EF-11",
    ])

  static let limited = FaultHome(
    name: "under a limit", from: "2026-06-21T08:30Z", until: "2026-06-21T13:10Z",
    during: (from: "2026-06-21T09:00Z", until: "2026-06-21T11:00Z"), after: "2026-06-21T11:30Z",
    isCostly: true,
    head: """
      site:
        place: {latitude: 51.51, longitude: -0.13}
        generation: [{technology: solar-pv, capacity: 3.95 kWp, tilt: 35, azimuth: 180}]
        load: {base: 150 W}
        sky: clear
        export-limit: 2 kW
      meters:
        export: {profile: smets2-single-element, mpan: "9900000000015"}
      """,
    rows: "  - {every: 30m, remote-reads: export, what: [registers, half-hours], last: 1h}",
    faults: ["EF-03", "EF-02 {limit: 1000 W}"])

  static let snowed = FaultHome(
    name: "under snow", from: "2026-01-10T09:00Z", until: "2026-01-10T14:10Z",
    during: (from: "2026-01-10T09:30Z", until: "2026-01-10T12:00Z"), after: "2026-01-10T12:30Z",
    isCostly: true,
    head: """
      site:
        place: {latitude: 51.51, longitude: -0.13}
        generation: [{technology: solar-pv, capacity: 3.95 kWp, tilt: 35, azimuth: 180}]
        weather: {sky: clear, air: -3 °C}
      meters:
        export: {profile: smets2-single-element, mpan: "9900000000015"}
      """,
    rows: "  - {every: 30m, remote-reads: export, what: [registers, half-hours], last: 1h}",
    faults: ["EF-04 {leaves: thaw}", "EF-10"])

  static let contract = FaultHome(
    name: "with a contract", from: "2026-05-01T00:00Z", until: end, during: window,
    after: "2026-05-02T08:00Z",
    head: """
      \(flow("2026-05-01T00:00Z"))
      meters:
        export: {profile: smets2-single-element, mpan: "9900000000015", serial: OLD, reads: {export: 5200 kWh}}
      agreement:
        licensee: bulb
        tariff: {flat: 10 p/kWh}
        installation: {technology: solar-pv, capacity: 4 kW}
        application: {fit-declared: none}
      """,
    rows: """
        - {every: 3h, remote-reads: export, what: [registers, half-hours], last: 3h}
        - {at: 2026-05-01T19:00Z, event: application-submitted}
        - {at: 2026-05-01T20:00Z, event: documents-checked}
        - {at: 2026-05-01T21:00Z, event: registered}
        - {at: 2026-05-01T22:30Z, event: meter-exchanged, on: export, profile: smets2-single-element, serial: NEW}
        - {at: 2026-05-02T01:00Z, event: switch-registered, to: octopus-seg, on: 2026-05-10}
        - {at: 2026-05-03T00:15Z, settle: export}
      """,
    faults: [
      "LE-01 @export", "LE-02 @export", "LE-03 @agreement", "LE-04 @agreement",
      "LE-05 @agreement {register: asked}",
      "LE-06 @site",
    ])

  static let fuelCell = FaultHome(
    name: "with a generation meter", from: "2026-05-01T00:00Z", until: end, during: window,
    after: "2026-05-02T08:00Z",
    head: """
      site: {generation: [{technology: micro-chp, capacity: 1 kW, engine: fuel-cell}], load: {base: 400 W}}
      meters:
        export: {profile: smets2-single-element, mpan: "9900000000015", reads: {import: 5000 kWh, export: 812 kWh}}
        made: {profile: generation-total, serial: G5, place: generation, reads: 2889.3 kWh}
      """,
    rows: """
        - {every: 3h, customer-reads: export, photo: true}
        - {every: 3h, visit-reads: made}
      """,
    faults: ["HR-05", "HR-04", "HR-06 @customer", "EF-10"])

  static let gap = FaultHome(
    name: "with a gap in its log", from: "2026-05-01T00:00Z", until: end, during: window,
    after: "2026-05-02T08:00Z",
    head: """
      site: {supply: three, generation: [{technology: micro-chp, capacity: 1 kW, engine: fuel-cell}], load: {base: 400 W}}
      meters:
        export: {profile: landis-gyr-zmd120, uses: [export]}
      """,
    rows: """
        - {from: 2026-05-01T20:10Z, to: 2026-05-01T22:50Z, fault: EF-11, on: site}
        - {every: 3h, bench-reads: export, over: dlms, client: 32, half-hours: {last: 12h}}
      """,
    faults: ["PR-07", "PR-06", "CL-09 @export {nth: 5 requests}"])
}
