// The metrology of a meter profile: what its disc is driven by, or how accurately it measures. Everything may
// be left out, and then is zero, but for the three torques of a disc and the currents of a class.
//
//   torque:
//     {compensation: 4 W, friction: 3.5 W, stiction: 14 W, overload: 10000 ppm, maximum: 18.4 kW,
//      travel: 50 mrev, slip: 0 %, error: {gain: 0 ppm, temperature: 300 ppm/K, drift: -500 ppm/year}}
//   accuracy:
//     {class: B, minimum: 250 mA, transition: 500 mA, maximum: 100000 mA, starting: 20 mA,
//      error: {gain: 0 ppm, load: 0 ppm, temperature: 0 ppm/K, drift: 0 ppm/year}}

internal import MeterModel
internal import Units

extension DiscTorque {
  init(_ node: Node) throws {
    var fields = try Fields(node, of: "the torques of a disc")
    let compensation: Power = try fields.required("compensation").quantity("the compensation")
    let friction: Power = try fields.required("friction").quantity("the friction")
    let stictionNode = try fields.required("stiction")
    let stiction: Power = try stictionNode.quantity("the stiction")
    let overload = try fields.optional("overload")?.count(of: "ppm", in: 0...100_000) ?? 0
    let maximum: Power? = try fields.optional("maximum")?.quantity("the largest power")
    let travel = try fields.optional("travel")?.count(of: "mrev", in: 0...100) ?? 0
    let slip = try fields.optional("slip")?.count(of: "%", in: 0...100) ?? 0
    let error = try fields.optional("error").map { try ErrorCurve($0) } ?? ErrorCurve()
    try fields.finish()
    let parts = [compensation, friction, stiction]
    guard parts.allSatisfy({ $0 >= .zero && $0 <= Power(watts: 100) }), maximum.map({ $0 > .zero }) ?? true
    else {
      throw stictionNode.diagnostic(
        "BS-PRF-32", "torques of a disc are 0 to 100 W, and its largest power is above zero",
        help: "a good meter has compensation 4 W, friction 3.5 W, stiction 14 W")
    }
    self.init(
      compensation: compensation, friction: friction, stiction: stiction, overload: overload,
      maximum: maximum ?? Power(milliwatts: 18_400_000), error: error, backstopTravel: travel,
      backstopSlip: slip)
  }
}

extension Accuracy {
  init(_ node: Node) throws {
    var fields = try Fields(node, of: "the accuracy")
    let accuracyClass: AccuracyClass = try fields.required("class").word("accuracy class")
    let minimum = try fields.required("minimum").count(of: "mA", in: 1...10_000_000)
    let transition = try fields.required("transition").count(of: "mA", in: 1...10_000_000)
    let maximumNode = try fields.required("maximum")
    let maximum = try maximumNode.count(of: "mA", in: 1...10_000_000)
    let starting = try fields.optional("starting")?.count(of: "mA", in: 0...10_000_000) ?? 0
    let error = try fields.optional("error").map { try ErrorCurve($0) } ?? ErrorCurve()
    try fields.finish()
    guard starting <= minimum, minimum <= transition, transition < maximum else {
      throw maximumNode.diagnostic(
        "BS-PRF-33", "currents of a meter rise: starting, minimum, transition, maximum",
        help: "0.25–5(100) A class B: minimum 250 mA, transition 500 mA, maximum 100000 mA, starting 20 mA")
    }
    self.init(
      accuracyClass: accuracyClass, minimum: minimum, transition: transition, maximum: maximum,
      starting: starting, error: error)
  }
}

extension ErrorCurve {
  init(_ node: Node) throws {
    var fields = try Fields(node, of: "the errors")
    func part(_ name: String, _ unit: String) throws -> Int64 {
      try fields.optional(name)?.count(of: unit, in: Self.range) ?? 0
    }
    let (gain, load) = (try part("gain", "ppm"), try part("load", "ppm"))
    let (temperature, drift) = (try part("temperature", "ppm/K"), try part("drift", "ppm/year"))
    try fields.finish()
    self.init(gain: gain, load: load, temperature: temperature, drift: drift)
  }
}

extension Node {
  /// A whole number with its unit: "250 mA".
  fileprivate func count(of unit: String, in range: ClosedRange<Int64>) throws -> Int64 {
    let text = try text("a whole number of \(unit)")
    let words = text.split(separator: " ")
    guard words.count == 2, words[1] == unit, let value = Int64(words[0]), range.contains(value) else {
      throw diagnostic(
        "BS-PRF-34", "'\(text)' is no whole number of \(unit)",
        help: "write \(range.lowerBound) to \(range.upperBound) and the unit, such as 100 \(unit)")
    }
    return value
  }
}
