// What a site does, drawn: behind the meter what is made, used and stored, and below it what crosses the
// boundary, import up and export down, with the energies beside the names. Two panels share their time and
// their scale, so that what is not used can be seen to leave.

public import Units

/// The picture of a stretch of a site's life; a file of its own.
public struct SitePicture {
  /// Energies of a stretch of time, mW·ms.
  public struct Row {
    public var from: Instant
    public var until: Instant
    public var imported: Int128
    public var exported: Int128
    /// Nil of a site that states its flow: nothing is known behind the meter.
    public var inside: Inside?

    public init(from: Instant, until: Instant, imported: Int128, exported: Int128, inside: Inside? = nil) {
      (self.from, self.until, self.imported, self.exported, self.inside) =
        (from, until, imported, exported, inside)
    }
  }

  /// What was made, used, put into stores (less what they gave) and lost in them, mW·ms.
  public struct Inside {
    public var made: Int128
    public var used: Int128
    public var stored: Int128
    public var lost: Int128

    public init(made: Int128, used: Int128, stored: Int128, lost: Int128) {
      (self.made, self.used, self.stored, self.lost) = (made, used, stored, lost)
    }
  }

  /// More points than this cannot be told apart: neighbours are drawn as one.
  private static let mostPoints = 1440
  private static let wattHour = Int128(FineEnergy.perWattHour)

  private let title: String
  private let rows: [Row]
  private let panels: [PowerPanel]

  /// `rows` follow one another without a gap; none gives an empty picture.
  public init(title: String, rows: [Row]) {
    self.title = title
    self.rows = rows
    let drawn = Self.merged(rows)
    guard let from = rows.first?.from, let until = rows.last?.until else {
      panels = []
      return
    }
    func points(_ energy: (Row) -> Int128?) -> [PowerPanel.Point] {
      drawn.compactMap { row in
        energy(row).map {
          PowerPanel.Point(
            from: row.from, until: row.until,
            watts: Double($0) / Double(row.until.milliseconds - row.from.milliseconds) / 1000)
        }
      }
    }
    func sum(_ energy: (Row) -> Int128?) -> String {
      "\(WattHours(Int64(rows.reduce(0) { $0 + (energy($1) ?? 0) } / Self.wattHour)))"
    }
    var inside: [PowerPanel.Series] = []
    if rows.contains(where: { $0.inside != nil }) {
      inside = [
        .init(mark: .made, name: "made \(sum { $0.inside?.made })", points: points { $0.inside?.made }),
        .init(mark: .used, name: "used \(sum { $0.inside?.used })", points: points { $0.inside?.used }),
      ]
      if rows.contains(where: { ($0.inside?.stored ?? 0) != 0 }) {
        inside.append(
          .init(
            mark: .stored, name: "into the store \(sum { $0.inside?.stored })",
            points: points { $0.inside?.stored }))
      }
    }
    let boundary: [PowerPanel.Series] = [
      .init(mark: .imported, name: "import \(sum(\.imported))", points: points(\.imported)),
      .init(mark: .exported, name: "export \(sum(\.exported))", points: points { -$0.exported }),
    ]
    let named = [("behind the meter", inside), ("at the boundary", boundary)].filter { !$0.1.isEmpty }
    panels = named.map { PowerPanel(name: $0.0, series: $0.1, from: from, until: until) }
  }

  public var svg: String {
    let (width, head) = (Int(PowerPanel.width), 34.0)
    let height = Int(head + panels.reduce(0) { $0 + $1.height } + 26)
    var out = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 \(width) \(height)\" "
    out += "width=\"\(width)\" height=\"\(height)\">\n<title>\(HTMLText.escaped(title))</title>\n"
    out += "<style>\(Self.style)</style>\n<rect class=\"paper\" width=\"\(width)\" height=\"\(height)\"/>\n"
    out += "<text class=\"title\" x=\"14\" y=\"22\">\(HTMLText.escaped(title))</text>\n"
    var top = head
    for panel in panels {
      out += panel.svg(top: top) + "\n"
      top += panel.height
    }
    out += (panels.last?.times(foot: top) ?? "")
    return out + "</svg>\n"
  }

  /// Neighbours put together until there are few enough.
  private static func merged(_ rows: [Row]) -> [Row] {
    let step = (rows.count + mostPoints - 1) / mostPoints
    guard step > 1 else { return rows }
    return stride(from: 0, to: rows.count, by: step).map { first in
      var sum = rows[first]
      for row in rows[(first + 1)..<min(first + step, rows.count)] {
        sum.until = row.until
        sum.imported += row.imported
        sum.exported += row.exported
        guard let more = row.inside, let before = sum.inside else { continue }
        sum.inside = Inside(
          made: before.made + more.made, used: before.used + more.used, stored: before.stored + more.stored,
          lost: before.lost + more.lost)
      }
      return sum
    }
  }

  private static let style = """
    .paper{fill:#fff}text{font:12px system-ui,sans-serif;fill:#5b6570}
    .title,.name{fill:#1b1f24;font-weight:600}.title{font-size:14px}
    .grid{stroke:#dde1e6}.zero{stroke:#8a949e}path{stroke-width:1.4;stroke-linejoin:round}
    .made{fill:#f3c13a;stroke:#c98d00}.used{fill:none;stroke:#1b1f24}.stored{fill:none;stroke:#8250df}
    .imported{fill:#8ab8f0;stroke:#0b62c4}.exported{fill:#7fc98f;stroke:#1a7f37}
    """
}
