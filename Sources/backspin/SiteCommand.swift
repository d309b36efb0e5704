internal import ArgumentParser
internal import Foundation
internal import Report
internal import Scenario
internal import Timeline
internal import Truth
internal import Units

/// `backspin site FILE`: the flow of a site as CSV.
struct SiteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "site",
    abstract: "Print the true flow of a site as CSV, or draw it: energies by interval, and the sun.",
    discussion: """
      FILE is a scenario, or a file with nothing but `site:` (and `from:`, `until:`). It is lived through from \
      its start to its end. A row has the energies of its interval, and for a modelled site with a place the \
      sun, the light and each array at its middle. --picture draws the energies instead; a PNG needs \
      rsvg-convert (librsvg2-bin), which scripts/setup installs; without it the exit code is 7.
      """)

  @Argument(help: "A scenario, or a site by itself.") var file: String
  @OptionGroup var shelves: Shelves
  @Option(help: "Length of a row, such as 30m or 1m.") var interval = "30m"
  @Option(help: "Where it begins, such as 2025-06-21T00:00Z; what the file says where this is absent.")
  var from: String?
  @Option(help: "Where it ends.") var until: String?
  @Option(help: "The seed of every random draw.") var seed: UInt64 = 1
  @Option(help: ArgumentHelp("Draw it instead: an .svg or a .png.", valueName: "file")) var picture: String?
  @Flag(help: "Print sunrise, transit and sunset of each day instead.") var events = false

  /// What is looked at, and when.
  private struct Stretch {
    var site: SiteDescription
    var from: Instant
    var until: Instant
    var stream: RandomStream
  }

  func validate() throws {
    if let picture { try PictureFile.check(picture, option: "--picture") }
  }

  func run() throws {
    guard let step = try? TimeSpan(parsing: interval), step >= .seconds(1) else {
      throw ValidationError("--interval must be a length of time of at least 1 s, such as 30m")
    }
    let stretch = try stretch()
    guard stretch.from < stretch.until else { throw ValidationError("the end must lie after the start") }
    if events { return try printEvents(of: stretch.site, from: stretch.from, until: stretch.until) }
    let site: Site
    do {
      site = try Site(stretch.site, from: stretch.from, until: stretch.until, stream: stretch.stream)
    } catch {
      throw Failure("\(file): the site: \(error.message)")
    }
    var rows = SiteRows(site, stream: stretch.stream)
    if let picture {
      var drawn: [SitePicture.Row] = []
      while site.now < stretch.until {
        drawn.append(rows.energies(until: min(site.now + step, stretch.until)))
      }
      let name = URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent
      let title = "\(name), \(stretch.from) to \(stretch.until)"
      return try PictureFile.write(SitePicture(title: title, rows: drawn).svg, to: picture, width: 1200)
    }
    Terminal.line(rows.header)
    while site.now < stretch.until { Terminal.line(rows.row(until: min(site.now + step, stretch.until))) }
  }

  private func stretch() throws -> Stretch {
    let (first, last) = (try instant(from, "--from"), try instant(until, "--until"))
    do {
      if let own = try SiteFile(file, library: shelves.library) {
        guard let from = first ?? own.from, let until = last ?? own.until else {
          throw ValidationError("\(file) does not say when: add --from and --until, or write them there")
        }
        let stream = RandomStream(seed: seed).stream("site")
        return Stretch(site: own.site, from: from, until: until, stream: stream)
      }
    } catch let wrong as Diagnostics {
      throw Failure("\(wrong)")
    }
    let reader = ScenarioReader(library: shelves.library, faults: FaultsCommand.all)
    let stories: [ScenarioFile]
    do { stories = try reader.read(file) } catch { throw Failure("\(error)") }
    guard let story = stories.first else { throw Failure("\(file) holds no story", Outcomes.nothingSelected) }
    guard let site = story.site else {
      throw Failure("\(file): this story has no site: it states facts alone, and nothing flows")
    }
    let stream = RandomStream(seed: story.seed ?? seed).stream(story.id).stream("site")
    return Stretch(site: site, from: first ?? story.from, until: last ?? story.until, stream: stream)
  }

  private func instant(_ text: String?, _ option: String) throws -> Instant? {
    guard let text else { return nil }
    guard let instant = try? Instant(parsing: text) else {
      throw ValidationError("\(option) must be an instant with its zone, such as 2025-06-21T00:00Z")
    }
    return instant
  }

  /// Sunrise, transit and sunset of each UTC date of the story.
  private func printEvents(of site: SiteDescription, from: Instant, until: Instant) throws {
    guard case .modelled(let installation) = site.boundary, let place = installation.place else {
      throw Failure("\(file): the site has no place; --events needs one, for the sun")
    }
    Terminal.line("date,sunrise_utc,transit_utc,sunset_utc")
    var date = CivilDate(dayNumber: Int(floorDivide(from.seconds, 86_400)))
    while Int64(date.dayNumber) * 86_400 < until.seconds {
      let times = SunTimes(on: date, at: place)
      // To the nearest second.
      let cells = [times.sunrise, times.transit, times.sunset].map { event in
        event.map { "\(Instant(seconds: ($0 + .milliseconds(500)).seconds))" } ?? ""
      }
      Terminal.line("\(date),\(cells.joined(separator: ","))")
      date = date.advanced(byDays: 1)
    }
  }
}
