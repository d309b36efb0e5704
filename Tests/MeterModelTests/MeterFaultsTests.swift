// The catalogue of meter faults: who can have which, and what is said to who asks for more.

import MeterModel
import Testing
import Timeline
import Units

@Suite struct MeterFaultsTests {
  private static let kinds: [String: [Profile.Kind]] = [
    "ME-02": [.analogue],
    "ME-04": [.electronic, .smets1],
    "ME-05": [.smets1, .electronic],
    "ME-09": [.modbus, .electronic, .smets1, .smets2],
    "ME-14": [.electronic, .smets1, .smets2, .modbus],
    "RG-03": [.smets1, .smets2, .analogue, .electronic, .modbus],
    "RG-04": [.electronic, .smets1, .smets2, .modbus],
    "RG-10": [.electronic, .modbus],
    "RG-11": [.electronic, .smets1, .modbus],
    "RG-12": [.electronic, .smets1, .modbus],
    "CK-01": [.electronic, .smets1, .smets2, .modbus],
    "ME-22": [.electronic, .smets1, .smets2, .modbus],
    "DP-06": Profile.Kind.allCases,
    "DP-01": [.electronic, .smets1, .smets2, .modbus],
    "DP-02": [.electronic, .smets1, .smets2, .modbus],
    "DP-03": [.analogue],
    "DP-04": [.analogue],
    "DP-05": [.electronic, .smets1, .smets2, .modbus],
  ]

  @Test("the catalogue names each fault once, with a title, symptoms and who should catch it")
  func catalogue() {
    let ids = MeterFaults.all.map(\.id)
    #expect(Set(ids).count == ids.count && Set(ids).isSuperset(of: Self.kinds.keys))
    for one in MeterFaults.all {
      #expect(!one.title.isEmpty && !one.symptoms.isEmpty)
    }
  }

  @Test(
    "a fault befalls the kinds of meter that the catalogue gives it to, and is refused by name for the others"
  )
  func applicability() throws {
    for (id, kinds) in Self.kinds {
      #expect(MeterFaults.kinds(id) == kinds)
      for kind in Profile.Kind.allCases {
        var profile = Fixture.meter(of: kind)
        if id == "ME-09" { profile.connection = .currentTransformer }
        if id == "DP-04" { profile.face = FaceDesign(style: .dials, year: 1962) }
        if ["ME-22", "DP-06"].contains(id) { profile.pulse = PulsePort() }
        let meter = Fixture.fit(profile)
        guard kinds.contains(kind) else {
          let expected = MeterFaultError.wrongKind(id: id, profile: profile.name, kind: kind, applies: kinds)
          #expect(throws: expected) { try meter.begin(FaultSetting(id: id)) }
          #expect(throws: expected) { try MeterFaults.check(FaultSetting(id: id), on: profile) }
          continue
        }
        try MeterFaults.check(FaultSetting(id: id), on: profile)
        try meter.begin(FaultSetting(id: id))
        #expect(meter.presentFaults == [id])
        #expect(meter.end(id))
        #expect(!meter.end(id))
      }
    }
  }

  @Test("what a make of meter cannot have is refused with the reason")
  func objections() {
    let single = Fixture.smets2()
    var transformer = Fixture.meter(of: .modbus)
    transformer.connection = .currentTransformer
    var timeless = Fixture.meter(of: .modbus)
    timeless.clock = nil
    let importOnly = Fixture.meter(of: .smets1, flow: .importOnly)
    let cases: [(Profile, FaultSetting, String)] = [
      (single, FaultSetting(id: "ME-09"), "ME-14 reverses line and load"),
      (transformer, FaultSetting(id: "ME-14"), "ME-09 reverses a transformer"),
      (transformer, FaultSetting(id: "ME-09", choices: ["phase": "2"]), "it has no phase 2"),
      (timeless, FaultSetting(id: "CK-01"), "it keeps no time"),
      (importOnly, FaultSetting(id: "ME-05"), "it has no export register"),
      (single, FaultSetting(id: "ME-22"), "it has no pulse output"),
      (single, FaultSetting(id: "DP-06"), "it has no pulse output"),
      (importOnly, FaultSetting(id: "RG-03", choices: ["register": "export"]), "it has no export register"),
      (single, FaultSetting(id: "RG-04", choices: ["register": "total"]), "it has no total register"),
      (transformer, FaultSetting(id: "RG-11", choices: ["register": "total"]), "it has no total register"),
      (transformer, FaultSetting(id: "RG-12", choices: ["register": "total"]), "it has no total register"),
    ]
    for (profile, setting, reason) in cases {
      let error = #expect(throws: MeterFaultError.self) { try Fixture.fit(profile).begin(setting) }
      guard case .cannotHave(let id, let name, let because) = error else {
        Issue.record("\(setting.id) on \(profile.name): \(String(describing: error))")
        continue
      }
      #expect(id == setting.id && name == profile.name && because.contains(reason))
    }
  }

  @Test("parameters outside the declaration are refused, and so is a fault that is unknown or there already")
  func refusals() throws {
    let meter = Fixture.fit(Fixture.meter(of: .modbus))
    let wrong = [
      FaultSetting(id: "CK-01", whole: ["ppm": 251]), FaultSetting(id: "CK-01", whole: ["ppm": -251]),
      FaultSetting(id: "CK-01", whole: ["pmm": 1]), FaultSetting(id: "CK-01", choices: ["ppm": "fast"]),
      FaultSetting(id: "RG-11", whole: ["repeat": 4]), FaultSetting(id: "RG-11", whole: ["read": 0]),
      FaultSetting(id: "RG-12", whole: ["factor": 1]), FaultSetting(id: "RG-12", whole: ["add": -1]),
      FaultSetting(id: "RG-03", choices: ["register": "both"]),
    ]
    for setting in wrong {
      let error = #expect(throws: MeterFaultError.self) { try meter.begin(setting) }
      guard case .refused(let refusal) = error else {
        Issue.record("\(setting): \(String(describing: error))")
        continue
      }
      #expect(refusal.id == setting.id && refusal.parameter != nil)
    }
    #expect(throws: MeterFaultError.unknown(id: "ME-99", known: MeterFaults.all.map(\.id))) {
      try meter.begin(FaultSetting(id: "ME-99"))
    }
    try meter.begin(FaultSetting(id: "RG-03"))
    #expect(throws: MeterFaultError.alreadyPresent(id: "RG-03")) {
      try meter.begin(FaultSetting(id: "RG-03"))
    }
    #expect(meter.presentFaults == ["RG-03"])
  }

  @Test("errors say what to do in one line")
  func words() {
    let kind = MeterFaultError.wrongKind(
      id: "ME-02", profile: "sdm120", kind: .modbus, applies: [.analogue])
    #expect(
      "\(kind)" == "ME-02 cannot befall sdm120, a meter of kind modbus: it is a fault of analogue")
    #expect(
      "\(MeterFaultError.alreadyPresent(id: "RG-03"))"
        == "RG-03 is present already; end it before it begins anew")
  }
}
