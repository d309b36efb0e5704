// A run-of-river scheme: a river whose logarithm remembers days and swings with the season, less the residual
// flow that must stay in it, through a turbine that takes no more than its rating.
//
// Not constant: a screw measured in 2018 stood still through September and October and ran at its most in
// February. "Nearly constant" holds for high heads in the wet season alone.

internal import Foundation
internal import Timeline
internal import Units

/// A turbine and its river.
public struct HydroTurbine: Hashable, Sendable {
  /// Median flow of the river over the year as a share of the turbine's rated flow.
  public var medianFlow = 0.6
  /// Flow that must stay in the river (Q95), as a share of the rated flow.
  public var residualFlow = 0.15
  /// Amplitude of the season in the logarithm of flow; winter is wet.
  public var seasonalAmplitude = 0.8
  /// Standard deviation of spates in the logarithm of flow.
  public var spateSpread = 0.6
  /// Share of the rated flow below which the turbine stands still.
  public var leastFlow = 0.15

  public init() {}
}

/// Makes power of a river.
struct HydroGeneration {
  private static let memory: Int64 = 6 * 86_400

  private let turbine: HydroTurbine
  private let ratedMilliwatts: Double
  private let spates: Noise

  init(_ turbine: HydroTurbine, rated: Double, stream: RandomStream) {
    (self.turbine, ratedMilliwatts) = (turbine, rated)
    spates = Noise(stream.stream("river"), step: Self.memory)
  }

  /// mW: head and efficiency are in the rating, so output follows the flow taken. Wettest in mid-January.
  func milliwatts(at second: Int64) -> Int64 {
    let season = cos(2 * .pi * (Double(second) / 86_400 - 14) / 365.2425)
    let river =
      turbine.medianFlow * exp(turbine.seasonalAmplitude * season + turbine.spateSpread * spates[second])
    let taken = min(river - turbine.residualFlow, 1)
    return taken < turbine.leastFlow ? 0 : Int64(ratedMilliwatts * taken)
  }
}
