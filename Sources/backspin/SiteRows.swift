// The rows of `backspin site`: energies over each row from the flow itself, and the sun at its middle.

internal import Foundation
internal import Report
internal import Timeline
internal import Truth
internal import Units

/// Writes a site's flow as CSV.
struct SiteRows {
  private static let energies = [
    "import_wh", "export_wh", "power_w", "generated_wh", "consumed_wh", "stored_wh", "lost_wh",
  ]
  private static let sun = [
    "middle", "zenith_true_deg", "zenith_apparent_deg", "azimuth_deg", "eot_min", "dni_extra", "airmass_rel",
    "ghi", "dni", "dhi",
  ]

  private let site: Site
  private var probe: SolarProbe?
  private let arrays: Int
  private var before = Site.Account()
  private var segments: [FlowSegment] = []
  /// What was cut off each column of energy so far, mW·ms: 0 to less than 1 mWh.
  private var rests = [Int128](repeating: 0, count: 6)

  init(_ site: Site, stream: RandomStream) {
    self.site = site
    probe = SolarProbe(site.description, stream: stream)
    arrays = probe?.sample(at: .epoch).arrays.count ?? 0
  }

  /// Column names. A site with one array has `poa`, `cell_c`, `dc_w`, `ac_w`; of more they are numbered.
  var header: String {
    var names = ["start"] + (site.account == nil ? Array(Self.energies.prefix(3)) : Self.energies)
    if probe != nil { names += Self.sun }
    for number in 1...max(arrays, 1) where arrays > 0 {
      names += ["cos_aoi", "poa", "cell_c", "dc_w", "ac_w"].map { arrays == 1 ? $0 : "\($0)_\(number)" }
    }
    return names.joined(separator: ",")
  }

  /// The row that begins where the site stands, as CSV.
  mutating func row(until end: Instant) -> String {
    let row = energies(until: end)
    let span = max(row.until.milliseconds - row.from.milliseconds, 1)
    var cells = [
      "\(row.from)", wattHours(row.imported, 0), wattHours(row.exported, 1),
      Self.decimal(Double(row.imported - row.exported) / Double(span) / 1000, 1),
    ]
    if let inside = row.inside {
      let parts = [inside.made, inside.used, inside.stored, inside.lost]
      for (index, part) in parts.enumerated() { cells.append(wattHours(part, index + 2)) }
    }
    let middle = Instant(microseconds: (row.from.microseconds + row.until.microseconds) / 2)
    if let sample = probe?.sample(at: middle) { cells += Self.cells(of: sample, at: middle) }
    return cells.joined(separator: ",")
  }

  /// What flows from where the site stands.
  mutating func energies(until end: Instant) -> SitePicture.Row {
    let start = site.now
    segments.removeAll(keepingCapacity: true)
    site.flow(until: end, into: &segments)
    var row = SitePicture.Row(from: start, until: end, imported: 0, exported: 0)
    var at = start.milliseconds
    for segment in segments {
      let energy = Int128(segment.l1 + segment.l2 + segment.l3) * Int128(segment.endMilliseconds - at)
      if energy > 0 { row.imported += energy } else { row.exported -= energy }
      at = segment.endMilliseconds
    }
    if let now = site.account {
      func change(_ path: KeyPath<Site.Account, SummedEnergy>) -> Int128 {
        (now[keyPath: path] - before[keyPath: path]).milliwattMilliseconds
      }
      row.inside = SitePicture.Inside(
        made: change(\.generated), used: change(\.consumed), stored: change(\.stored), lost: change(\.lost))
      before = now
    }
    return row
  }

  private static func cells(of sample: SolarSample, at middle: Instant) -> [String] {
    var cells = [
      "\(middle)", decimal(sample.trueZenith, 5), decimal(sample.apparentZenith, 5),
      decimal(sample.azimuth, 5), decimal(sample.equationOfTime, 5), decimal(sample.extraterrestrial, 5),
      sample.airMass.map { decimal($0, 5) } ?? "", decimal(sample.global, 5), decimal(sample.beam, 5),
      decimal(sample.diffuse, 5),
    ]
    for array in sample.arrays {
      cells += [
        decimal(array.cosineOfIncidence, 5), decimal(array.onPlane, 5), decimal(array.cell, 5),
        decimal(array.direct, 2), decimal(array.alternating, 2),
      ]
    }
    return cells
  }

  private static func decimal(_ value: Double, _ places: Int) -> String {
    String(format: "%.\(places)f", value)
  }

  /// Wh with three decimals. What is cut off a row goes into the next one, so that columns add up.
  private mutating func wattHours(_ energy: Int128, _ column: Int) -> String {
    let unit = Int128(FineEnergy.perWattHour / 1000)
    let sum = rests[column] + energy
    let thousandths = (sum - ((sum % unit) + unit) % unit) / unit
    rests[column] = sum - thousandths * unit
    let digits = String(
      format: "%d.%03d", Int(thousandths.magnitude / 1000), Int(thousandths.magnitude % 1000))
    return thousandths < 0 ? "-\(digits)" : digits
  }
}
