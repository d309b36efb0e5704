// What `backspin faults show` and the page of faults say of one fault: from its declaration alone, so that
// neither can say what is not so.

internal import MeterModel
public import Units

extension FaultDeclaration {
  /// What hints at it: ids of detectors, or `-none-`.
  public var detectorWords: String {
    detectors.isEmpty ? Detector.none : detectors.map(\.id).joined(separator: ", ")
  }

  /// Who decides about money; a sentence where nobody can.
  public var catcherWords: String {
    caughtBy.isEmpty ? "cannot be known from settlement data" : caughtBy.joined(separator: ", ")
  }

  /// The kinds of meter, as catalogue letters and in our words.
  public var meterWords: String {
    let kinds = FaultCatalogue.kinds(id)
    guard kinds.count < Profile.Kind.allCases.count else { return "all" }
    return kinds.map { "\($0.rawValue) (\($0.letter))" }.joined(separator: ", ")
  }

  /// A row of a timeline that begins and ends it, its first parameters at their defaults. It can be pasted
  /// into a story with a meter called `export`.
  public var storyExample: String {
    let on: String =
      switch layer.places.first {
      case .site?: "site"
      case .customer?: "customer"
      case .agreement?: "agreement"
      case .line? where parameters.contains { $0.name == "unit" }: "export"
      case .line?, .meter?, nil: layer == .line ? "bus" : "export"
      }
    let with = exampleParameters.map { "\($0.name): \($0.written)" }.joined(separator: ", ")
    let tail = with.isEmpty ? "" : ", with: {\(with)}"
    return "{from: 2026-05-03T10:00Z, to: 2026-05-05T16:00Z, fault: \(id), on: \(on)\(tail)}"
  }

  /// `ID,name=value`: what `backspin meter --fault` takes; nil where no live meter can have it.
  public var commandExample: String? {
    guard layer.isLive else { return nil }
    return ([id] + parameters.prefix(2).map { "\($0.name)=\($0.kind.usualTight)" }).joined(separator: ",")
  }

  /// At most two parameters, as they are by default.
  private var exampleParameters: [(name: String, written: String)] {
    parameters.prefix(2).map { ($0.name, $0.kind.usual) }
  }
}

extension FaultDeclaration.Parameter {
  /// `ppm: -250 … 250 ppm, usually 100 ppm; what the clock gains in a million`.
  public var words: String {
    switch kind {
    case .whole(let unit, let range, _):
      "\(name): \(range.lowerBound) … \(range.upperBound) \(unit), usually \(kind.usual); \(meaning)"
    case .choice(let words, let usual):
      "\(name): \(words.joined(separator: " | ")), usually \(usual); \(meaning)"
    }
  }
}

extension FaultDeclaration.Parameter.Kind {
  /// The default as a command line takes it without quotes.
  public var usualTight: String {
    switch self {
    case .whole("per cent", _, let usual): "\(usual)%"
    case .whole(let unit, _, let usual): unit.contains(" ") ? "\(usual)" : "\(usual)\(unit)"
    case .choice(_, let usual): usual
    }
  }

  /// The default with its unit, as a story writes it.
  public var usual: String {
    switch self {
    case .whole(let unit, _, let usual): "\(usual) \(unit)"
    case .choice(_, let usual): usual
    }
  }
}
