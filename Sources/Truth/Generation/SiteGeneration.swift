// All generators of a site together: what they make and what they draw while they stand still or start, by
// phase and minute. Any minute can be asked for.

internal import Timeline
internal import Units

/// Generation by phase, a minute at a time.
struct SiteGeneration {
  /// What needs no sun.
  private enum Source {
    case wind(WindGeneration)
    case hydro(HydroGeneration)
    case digester(DigesterGeneration)
    case chp(CHPGeneration)

    mutating func milliwatts(at second: Int64) -> Int64 {
      switch self {
      case .wind(let wind): return wind.milliwatts(at: second)
      case .hydro(let hydro): return hydro.milliwatts(at: second)
      case .digester(var digester):
        defer { self = .digester(digester) }
        return digester.milliwatts(at: second)
      case .chp(var chp):
        defer { self = .chp(chp) }
        return chp.milliwatts(at: second)
      }
    }
  }

  private var sun: SolarGeneration
  private var others: [(source: Source, number: Int, connection: Generator.Connection)] = []
  private var minute = Int64.min
  private var disturbance = Disturbance()

  /// What is made.
  private(set) var made = PhaseKnots()
  /// What generators draw.
  private(set) var drawn = PhaseKnots()
  /// Nothing is made or drawn in the minute.
  private(set) var isIdle = true
  /// Whether any generator may draw.
  var mayDraw: Bool { !others.isEmpty }

  init(_ installation: Installation, stream: RandomStream) {
    sun = SolarGeneration(installation, stream: stream.stream("sun"))
    for (number, generator) in installation.generators.enumerated() {
      let draws = stream.stream("\(generator.technology.rawValue) \(number)")
      let rated = Double(generator.capacity.milliwatts)
      let source: Source
      switch generator.plant {
      case .solar: continue
      case .wind(let turbine): source = .wind(WindGeneration(turbine, rated: rated, stream: draws))
      case .hydro(let turbine): source = .hydro(HydroGeneration(turbine, rated: rated, stream: draws))
      case .digester(let digester):
        source = .digester(DigesterGeneration(digester, rated: rated, stream: draws))
      case .chp(let unit):
        source = .chp(CHPGeneration(unit, rated: rated, weather: installation.weather, stream: draws))
      }
      others.append((source, number + 1, generator.connection))
    }
  }

  /// From now on faults do this to the generators.
  mutating func take(_ disturbance: Disturbance) {
    self.disturbance = disturbance
    minute = .min
    sun.take(disturbance)
  }

  /// Computes a minute since 1970.
  mutating func prepare(minute wanted: Int64) {
    guard wanted != minute else { return }
    minute = wanted
    sun.prepare(minute: wanted)
    let wasIdle = isIdle
    isIdle = sun.isDark && others.isEmpty && disturbance.visitors.isEmpty
    guard !isIdle else {
      if !wasIdle { made = PhaseKnots() }
      return
    }
    made = sun.isDark ? PhaseKnots() : sun.knots
    addVisitors()
    guard !others.isEmpty else { return }
    drawn = PhaseKnots()
    for knot in 0...PhaseKnots.count {
      let second = wanted * 60 + Int64(knot) * PhaseKnots.seconds
      for index in others.indices {
        let power = others[index].source.milliwatts(at: second)
        if power >= 0 {
          let share = disturbance.share(ofGenerator: others[index].number, at: second, sunrise: nil)
          made.add(power * share / 100, at: knot, on: others[index].connection)
        } else {
          drawn.add(-power, at: knot, on: others[index].connection)
        }
      }
    }
  }

  /// Generators that nobody declared stand on L1.
  private mutating func addVisitors() {
    for visitor in disturbance.visitors {
      for knot in 0...PhaseKnots.count {
        let at = Instant(seconds: minute * 60 + Int64(knot) * PhaseKnots.seconds)
        let power = visitor.milliwatts(atMinuteOfDay: LondonClock.minuteOfDay(at: at))
        made.add(power, at: knot, on: .l1)
      }
    }
  }
}
