// The catalogues of faults against what other rooms know: rules that exist, and lines that carry characters.

import Line
import MeterModel
import Scenario
import Settlement
import Testing
import Units

@Suite("The catalogue of faults")
struct FaultCatalogueTests {
  static let all = MeterFaults.all + PortFaults.all + LineFaults.all

  @Test("whoever should catch a fault is a rule of settlement")
  func catchers() {
    #expect(Self.all.count > 15)
    for fault in Self.all {
      for id in fault.caughtBy { #expect(Rule(rawValue: id) != nil, "\(fault.id): \(id)") }
      #expect(Set(fault.caughtBy).count == fault.caughtBy.count, "\(fault.id)")
    }
  }

  @Test("whoever decides about money where a detector hints is a rule of settlement")
  func deciders() {
    for detector in Detector.allCases {
      #expect(!detector.meaning.looksAt.isEmpty && !detector.meaning.limit.isEmpty, "\(detector.id)")
      for id in detector.meaning.decidedBy { #expect(Rule(rawValue: id) != nil, "\(detector.id): \(id)") }
    }
  }

  @Test("what befalls single characters or their speed needs a line that has them")
  func characters() {
    let needing = ["CL-01", "CL-02", "CL-04", "CL-05", "CL-06", "CL-07", "CL-10"]
    #expect(Self.all.map(\.id).filter(LineFaults.needsCharacters) == needing)
  }
}
