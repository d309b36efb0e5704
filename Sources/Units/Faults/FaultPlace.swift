// Where a fault may be put: what `on:` names in a story.

/// Something that a fault can be on.
public enum FaultPlace: String, Hashable, Sendable, CaseIterable {
  /// A meter of the story, by its name.
  case meter
  /// A line of the story, by its name.
  case line
  /// What is behind the meter: `on: site`.
  case site
  /// Whoever reads displays in the story: `on: customer`. On a meter: whoever reads that one.
  case customer
  /// The contract and its papers: `on: agreement`.
  case agreement

  /// The word that stands for it in a story; nil where a name does.
  public var word: String? {
    switch self {
    case .meter, .line: nil
    case .site, .customer, .agreement: rawValue
    }
  }

  /// Words that no meter or line of a story may be called when a fault is on the thing itself.
  public static let words: [String] = allCases.compactMap(\.word)
}

extension FaultDeclaration.Layer {
  /// What a fault of this layer can be on; the first is the usual one.
  public var places: [FaultPlace] {
    switch self {
    case .energyFlow: [.site]
    case .measurement, .register, .clock, .memory, .display, .protocolAnswer, .wan, .data: [.meter]
    case .line: [.line, .meter]
    case .person: [.meter, .customer]
    case .lifeEvent: [.meter, .agreement, .site]
    }
  }

  /// Whether one meter on a desk, without a story around it, can have it.
  public var isLive: Bool {
    switch self {
    case .measurement, .register, .clock, .memory, .display, .line, .protocolAnswer: true
    case .wan, .energyFlow, .person, .data, .lifeEvent: false
    }
  }

  /// In words for people.
  public var title: String {
    switch self {
    case .energyFlow: "energy flow"
    case .protocolAnswer: "protocol"
    case .wan: "WAN"
    case .lifeEvent: "life event"
    case .measurement, .register, .clock, .memory, .display, .line, .person, .data: rawValue
    }
  }
}
