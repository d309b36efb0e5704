// A meter at an instant, for whoever draws it: of a desk, or of a story that is lived up to then.

internal import HeadEnd
public import MeterModel
public import Scenario
internal import Timeline
public import Units

/// A meter that somebody stands before.
public struct MeterLook {
  public let meter: Meter
  /// Keeps alive what the meter hangs in.
  private let world: World?

  /// A meter of no story.
  public init(_ meter: Meter) { (self.meter, world) = (meter, nil) }

  init(_ meter: Meter, in world: World) { (self.meter, self.world) = (meter, world) }

  public var at: Instant { meter.now }
}

extension StoryRunner {
  /// A meter of a story, at an instant in it. Throws `StoryError` where there is no such meter then.
  public func look(at name: String, of file: ScenarioFile, at instant: Instant) throws -> MeterLook {
    guard (file.from...file.until).contains(instant) else {
      throw StoryError("\(instant) does not lie in the story, which goes from \(file.from) to \(file.until)")
    }
    let carrier = makeCarrier()
    let seed = file.seed ?? seed
    let world = try WorldBuilder(file: file, seed: seed, carrier: carrier, framing: carrier.framing).build()
    world.clock.run(until: instant)
    world.flow(to: instant)
    guard let station = world.stations[name] else {
      let known = world.order.map(\.name).joined(separator: ", ")
      throw StoryError("there is no meter '\(name)' then; there is \(known.isEmpty ? "none" : known)")
    }
    return MeterLook(station.meter, in: world)
  }
}
