// The catalogue of what can go wrong inside a meter. Ids are stable: never renamed, never reused. The table
// is in the order in which faults act when several are present, whatever began first: the catalogue's, but
// for what is read, which goes from the memory (MF-04) to the counter's width (RG-10), the scaler (RG-08),
// and the single read (RG-11, RG-12).

public import Units

/// All faults that this module knows, in the order in which they act.
public enum MeterFaults {
  static let table: [any MeterFault.Type] = [
    GainError.self, BackwardsRunning.self, BackstopWorn.self, ExportAddedToImport.self,
    ExportRegisterOff.self, Creep.self, SwitchedLoad.self, DirectCurrent.self, TransformerReversed.self,
    TransformerRatio.self, PhaseVoltageMissing.self, PhasesCrossed.self, NeutralLost.self,
    LineAndLoadReversed.self, PhaseSumWrong.self, NettingWrong.self, MagnetOrTilt.self,
    NeutralPathCounted.self, GearTrainWrong.self, TemperatureOrAge.self, DiscStuck.self,
    PulsesLostOrDoubled.self, FewerDigits.self, BackThroughZero.self, RegisterFrozen.self,
    RegisterRestarted.self, BitFlip.self, RegistersSwapped.self, RateNotMoving.self, RemainderLost.self,
    ClockDrift.self, ClockStep.self, ClockBatteryFlat.self,
    LocalTimeSentAsUTC.self, LeapDayMissed.self, SlotLengthWrong.self,
    SaveLost.self, ProfileOverwritten.self, ProfilePointerCorrupt.self, MemoryErrorFlag.self,
    WatchdogLoop.self, FirmwareChanged.self, PowerForEnergy.self, CounterOverflow.self,
    DecimalPointWrong.self, OneSampleZero.self, OneSampleSpike.self, StrayLight.self, SegmentDead.self,
    DisplayBlank.self, DrumHalfTurned.self, PointerMisaligned.self, DisplayDwell.self,
  ]

  public static let all: [FaultDeclaration] = table.map { $0.declaration }

  /// The kinds of meter that can have a fault; nil for an id that is no meter fault.
  public static func kinds(_ id: String) -> [Profile.Kind]? { type(id)?.kinds }

  /// Whether a make of meter can have a fault with these parameters: throws the same error as `Meter.begin`.
  public static func check(_ setting: FaultSetting, on profile: Profile) throws(MeterFaultError) {
    _ = try make(setting, for: profile)
  }

  static func make(_ setting: FaultSetting, for profile: Profile) throws(MeterFaultError) -> any MeterFault {
    guard let type = type(setting.id) else {
      throw .unknown(id: setting.id, known: all.map(\.id))
    }
    guard type.kinds.contains(profile.kind) else {
      throw .wrongKind(id: setting.id, profile: profile.name, kind: profile.kind, applies: type.kinds)
    }
    let values: FaultValues
    do { values = try type.declaration.resolve(setting) } catch { throw .refused(error) }
    if let reason = type.objection(values, to: profile) {
      throw .cannotHave(id: setting.id, profile: profile.name, because: reason)
    }
    return type.init(values)
  }

  private static func type(_ id: String) -> (any MeterFault.Type)? { table.first { $0.declaration.id == id } }

  /// Where a fault stands among those that are present.
  static func place(_ id: String) -> Int { places[id] ?? table.count }

  private static let places = Dictionary(
    table.enumerated().map { ($1.declaration.id, $0) }, uniquingKeysWith: { first, _ in first })
}

extension Meter {
  /// Puts a fault into the meter, from `now` on.
  public func begin(_ setting: FaultSetting) throws(MeterFaultError) {
    guard !faults.contains(where: { $0.id == setting.id }) else { throw .alreadyPresent(id: setting.id) }
    let fault = try MeterFaults.make(setting, for: profile)
    faults.append(ActiveFault(id: setting.id, fault: fault))
    faults.sort { MeterFaults.place($0.id) < MeterFaults.place($1.id) }
    fault.strike(&registers)
    phases?.each { fault.strike(&$0) }
    bend()
    fault.strike(self)
  }

  /// Takes a fault away, from `now` on. False if it was not present.
  @discardableResult
  public func end(_ faultID: String) -> Bool {
    guard let index = faults.firstIndex(where: { $0.id == faultID }) else { return false }
    let fault = faults.remove(at: index).fault
    bend()
    fault.leave(self)
    return true
  }

  /// Ids of the faults that are present, in the order in which they act.
  public var presentFaults: [String] { faults.map(\.id) }
}
