// What holds between two events of a meter's life. It is worked out anew when a fault begins or ends, so that
// the loop over the flow asks no question about faults.

internal import Units

/// How a meter measures and counts, with all present faults bent in.
struct Measuring {
  var signs = PhaseSigns()
  var flow: FlowMode
  var netting: Netting
  var phaseSum: PhaseSum
  /// What is not ideal about the measuring.
  var element = Element()
  /// False where the export register takes nothing (ME-05).
  var countsExport = true
  /// Import and export are assigned to each other's registers (RG-06).
  var isSwapped = false
  /// Registers that take nothing (RG-03).
  var frozen: Set<RegisterRole> = []
  /// What the clock gains in a billion.
  var driftPartsPerBillion: Int64
  /// Whether the clock steps over 29 February (CK-06).
  var missesLeapDay = false
  /// Length of a slot of the load profile (CK-08).
  var slot = Self.halfHour
  /// Stamps are London's wall time and called UTC (CK-04).
  var callsLocalUTC = false
  /// How half-hours come out of the log (MF-02, MF-03, MF-07).
  var log = LogFlaws()
  /// Registers by rate that do not move as they should (RG-07).
  var rates = RateFlaws()
  /// What happens to the memory, and when (MF-01, MF-05).
  var memory = MemoryRhythm()
  /// Where registers come round, and what the display has, instead of what the profile says (RG-01).
  var rollover: RegisterFace.Rollover?
  var display: DisplayFace?
  /// The firmware that it reports instead of its profile's (MF-06).
  var firmware: String?
  /// The disc's constant; nil for a meter without one.
  let constant: DiscConstant?
  /// What the pulse output makes of the energy.
  var pulse = PulseFlaws()

  static let halfHour = TimeSpan.minutes(30)

  init(_ profile: Profile, fitted: Instant, millivolts: Int64) {
    (flow, netting, phaseSum) = (profile.flow, profile.netting, profile.phaseSum)
    driftPartsPerBillion = profile.clock?.driftPartsPerBillion ?? 0
    constant = profile.disc
    element = Element(profile, fitted: fitted, millivolts: millivolts)
  }

  /// What import and export registers get of energy that flowed `forward` and `reverse` (mW·ms).
  func split(forward: Int64, reverse: Int64) -> (import: Int64, export: Int64) {
    switch flow {
    case .bidirectional: (forward, countsExport ? reverse : 0)
    case .importOnly: (forward, 0)
    // A pawl with travel or slip says itself what passes.
    case .backstop: (element.ratchet == nil ? forward : forward - reverse, 0)
    case .absolute: (forward + reverse, 0)
    case .backwards: (forward - reverse, 0)
    }
  }
}

extension Measuring {
  /// Books what a measuring path saw into registers.
  func book(
    _ seen: (forward: Int64, reverse: Int64), into registers: inout [Register], accumulation: Accumulation?
  ) {
    var (imported, exported) = split(forward: seen.forward, reverse: seen.reverse)
    if isSwapped { swap(&imported, &exported) }
    for index in registers.indices where !frozen.contains(registers[index].face.role) {
      switch registers[index].face.role {
      // A generation meter is fitted so that what the generator makes goes through it forwards.
      case .import, .generation: registers[index].add(imported)
      case .export: registers[index].add(exported)
      case .total: registers[index].add((accumulation ?? .import).sum(imported, exported))
      case .secondaryImport: break
      }
    }
  }

  /// Books what the second element of a twin-element meter saw. Export is counted on the primary element
  /// alone (GBCS), so what runs back through the second one is counted nowhere; it is netted with the
  /// primary's nowhere either.
  func bookSecond(_ seen: (forward: Int64, reverse: Int64), into registers: inout [Register]) {
    guard let index = registers.firstIndex(where: { $0.face.role == .secondaryImport }),
      !frozen.contains(.secondaryImport)
    else { return }
    registers[index].add(split(forward: seen.forward, reverse: seen.reverse).import)
  }
}

extension Element {
  /// The element of a make of meter, at a voltage; plain where the profile states neither errors nor torques.
  init(_ profile: Profile, fitted: Instant, millivolts: Int64) {
    self.init()
    let day = floorDivide(fitted.milliseconds, Climate.day)
    climate.fitted = day
    if let accuracy = profile.accuracy {
      // mA × mV is µW.
      let nominal = DiscTorque.nominalMillivolts
      starting = scaleRounded(accuracy.starting, nominal, over: 1000)
      load = (accuracy.error.load, max(scaleRounded(accuracy.transition, nominal, over: 1000), 1))
      take(accuracy.error, fitted: day)
    }
    guard let constant = profile.disc, let disc = profile.torque else { return }
    torque = Torque(disc, millivolts: millivolts)
    take(disc.error, fitted: day)
    if profile.flow == .backstop, disc.backstopTravel > 0 || disc.backstopSlip > 0 {
      ratchet = Ratchet(
        travel: Ratchet.energy(thousandths: disc.backstopTravel, constant), slip: disc.backstopSlip)
    }
  }

  private mutating func take(_ error: ErrorCurve, fitted day: Int64) {
    if error.gain != 0 { gain.add(ppm: error.gain) }
    climate = Climate(perKelvin: error.temperature, perYear: error.drift, fitted: day)
  }
}

/// +1 or −1 for each phase: −1 where current goes through the meter the wrong way round; 0 where none does.
struct PhaseSigns {
  var l1: Int64 = 1
  var l2: Int64 = 1
  var l3: Int64 = 1

  /// Behind an open switch.
  static let nothing = PhaseSigns(l1: 0, l2: 0, l3: 0)
}
