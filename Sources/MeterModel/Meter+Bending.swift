// What its switch, its supply and its faults make of a meter: worked out anew whenever one of them changes,
// so that the loop over the flow asks no question about them. Errands, the beats of its memory and the marks
// within a slot, are planned here, since faults set them.

internal import Units

extension Meter {
  /// Works out anew what its switch and its faults make of the meter, from `now` on.
  func bend() {
    var bent = Measuring(profile, fitted: fitted, millivolts: millivolts)
    bent.flow = flowMode
    for active in faults { active.fault.bend(&bent) }
    if supply != .connected { bent.signs = .nothing }
    if !isPowered { (bent.signs, bent.element) = (.nothing, Element()) }
    if bent.memory.saves > 0, measuring.memory.saves == 0 { saved.save(registers) }
    measuring = bent
    refit()
    guard bent.driftPartsPerBillion != ownClock.driftPartsPerBillion else { return }
    ownClock.drift(partsPerBillion: bent.driftPartsPerBillion, from: now)
    boundary = max(ownClock.firstMillisecond(showing: period.end), integrator.place.time)
  }

  /// Makes ready what follows from `measuring`.
  func refit() {
    integrator.refit(measuring.netting, measuring.phaseSum)
    phases?.refit(measuring.netting, at: integrator.place.time)
    for index in registers.indices {
      registers[index].comeRound(at: measuring.rollover ?? profile.registers[index].rollover)
    }
    element =
      measuring.element.isPlain
      ? nil
      : ElementAtWork(
        measuring.element, signs: measuring.signs, phases: profile.phases,
        turnedBack: element?.turnedBack ?? 0)
    errand = nextErrand
  }

  var nextErrand: Int64 {
    let memory = measuring.memory.next(after: integrator.place.time)
    guard measuring.slot < Measuring.halfHour else { return memory }
    let quarter = ownClock.firstMillisecond(showing: period.start + measuring.slot)
    return quarter > integrator.place.time ? min(memory, quarter) : memory
  }

  func runErrands() {
    let time = integrator.place.time
    if measuring.slot < Measuring.halfHour, ownClock.reading(at: now) >= period.start + measuring.slot {
      if quarters.isEmpty { quarters = registers.map(\.unlogged) }
    }
    saved.beat(measuring.memory, at: time, &registers)
    errand = nextErrand
  }
}
