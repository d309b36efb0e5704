internal import ArgumentParser
internal import Foundation
internal import Scenario
internal import Timeline
internal import Truth
internal import Units

/// `backspin site FILE`: the flow of a site as CSV.
struct SiteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "site", abstract: "Print the true flow of a site as CSV: energies by interval, and the sun.",
    discussion: """
      FILE is a scenario; its `site:` is lived through from its start to its end. A row has the energies of its \
      interval, and for a modelled site with a place the sun, the light and each array at its middle.
      """)

  @Argument(help: "A scenario file.") var file: String
  @OptionGroup var shelves: Shelves
  @Option(help: "Length of a row, such as 30m or 1m.") var interval = "30m"
  @Option(help: "The seed of every random draw.") var seed: UInt64 = 1
  @Flag(help: "Print sunrise, transit and sunset of each day instead.") var events = false

  func run() throws {
    guard let step = try? TimeSpan(parsing: interval), step >= .seconds(1) else {
      throw ValidationError("--interval must be a length of time of at least 1 s, such as 30m")
    }
    let reader = ScenarioReader(library: shelves.library, faults: FaultsCommand.all)
    let stories: [ScenarioFile]
    do { stories = try reader.read(file) } catch { throw Failure("\(error)") }
    guard let story = stories.first else { throw Failure("\(file) holds no story", Outcomes.nothingSelected) }
    guard let described = story.site else {
      throw Failure("\(file): this story has no site: it states facts alone, and nothing flows")
    }
    let stream = RandomStream(seed: story.seed ?? seed).stream(story.id).stream("site")
    if events { return try printEvents(of: described, from: story.from, until: story.until) }
    let site: Site
    do {
      site = try Site(described, from: story.from, until: story.until, stream: stream)
    } catch {
      throw Failure("\(file): the site: \(error.message)")
    }
    var rows = SiteRows(site, stream: stream)
    Terminal.line(rows.header)
    while site.now < story.until { Terminal.line(rows.row(until: min(site.now + step, story.until))) }
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
      let cells = [times.sunrise, times.transit, times.sunset].map { $0.map { "\(Instant(seconds: $0.seconds))" } ?? "" }
      Terminal.line("\(date),\(cells.joined(separator: ","))")
      date = date.advanced(byDays: 1)
    }
  }
}
