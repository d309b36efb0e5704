// How often a person does what a fault says: the parameter that the faults of people share. In a story each
// reading while the fault lasts is befallen, unless a share is given; the shares that readings of people show
// stand in each fault's meaning.

internal import MeterModel
internal import Timeline
internal import Units

/// Whether a reading is befallen.
struct ReaderChance: Hashable {
  private let partsPerMillion: Int64

  static func parameter(usual: String) -> FaultDeclaration.Parameter {
    .init(
      name: "probability", meaning: "in how many readings of a million it happens; among people \(usual)",
      kind: .whole(unit: "ppm", range: 1...1_000_000, default: 1_000_000))
  }

  init(_ values: FaultValues) { partsPerMillion = values.whole("probability") }

  /// Index 0 of the reading's draws; the fault's own begin at 1.
  func strikes(_ visit: DisplayVisit) -> Bool {
    visit.draws.happens(visit.draw(0), partsPerMillion: partsPerMillion)
  }
}

extension DisplayVisit {
  /// The draw with this number of this reading; 0…15.
  func draw(_ number: UInt64) -> UInt64 { UInt64(ordinal) * 16 + number }

  /// Digits of a value as the display shows them, the highest first, those after the point too.
  func figures(of value: WattHours) -> [Int] {
    let places = face.digits + min(face.decimals, 3)
    var steps = value.value / max(face.resolution.value, 1)
    var figures: [Int] = []
    for _ in 0..<places {
      figures.append(Int(steps % 10))
      steps /= 10
    }
    return figures.reversed()
  }

  /// The value of digits as a person reports them, in the display's steps.
  func value(of figures: [Int]) -> WattHours {
    WattHours(figures.reduce(Int64(0)) { $0 * 10 + Int64($1) } * face.resolution.value)
  }

  /// What was sent of a register before; zero where nothing was.
  func before(_ role: RegisterRole) -> WattHours {
    past.last { $0.register == role }?.value ?? .zero
  }
}
