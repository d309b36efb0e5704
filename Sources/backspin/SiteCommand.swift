internal import ArgumentParser
internal import Foundation
internal import Scenario
internal import Timeline
internal import Truth
internal import Units

/// `backspin site FILE`: the flow of a site as CSV.
struct SiteCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "site", abstract: "Print the true flow of a site as CSV: import and export by interval.",
    discussion: "FILE is a scenario; its `site:` is lived through from its start to its end.")

  @Argument(help: "A scenario file.") var file: String
  @OptionGroup var shelves: Shelves
  @Option(help: "Length of a row, such as 30m or 1m.") var interval = "30m"
  @Option(help: "The seed of every random draw.") var seed: UInt64 = 1

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
    let site: Site
    do {
      site = try Site(described, from: story.from, until: story.until, stream: stream)
    } catch {
      throw Failure("\(file): the site: \(error.message)")
    }
    Terminal.line("start,import_wh,export_wh,power_w")
    var at = story.from
    var segments: [FlowSegment] = []
    while at < story.until {
      let next = min(at + step, story.until)
      segments.removeAll(keepingCapacity: true)
      site.flow(until: next, into: &segments)
      Terminal.line(Self.row(segments, from: at))
      at = next
    }
  }

  private static func row(_ segments: [FlowSegment], from start: Instant) -> String {
    var (imported, exported): (Int64, Int64) = (0, 0)
    var at = start.milliseconds
    for segment in segments {
      let energy = (segment.l1 + segment.l2 + segment.l3) * (segment.endMilliseconds - at)
      if energy > 0 { imported += energy } else { exported -= energy }
      at = segment.endMilliseconds
    }
    let span = max(at - start.milliseconds, 1)
    let watts = Double(imported - exported) / Double(span) / 1000
    return "\(start),\(wattHours(imported)),\(wattHours(exported)),\(String(format: "%.1f", watts))"
  }

  /// Wh with three decimals, cut.
  private static func wattHours(_ energy: Int64) -> String {
    let thousandths = energy / (FineEnergy.perWattHour / 1000)
    return String(format: "%d.%03d", Int(thousandths / 1000), Int(thousandths % 1000))
  }
}
