// Which words of a story name a real supply or meter: MPANs as they were written, and serial numbers.

internal import Scenario
public import Settlement
internal import Units

/// The MPANs and serial numbers of a story.
public struct Identifiers: Hashable, Sendable {
  public var mpans: Set<String>
  public var serials: Set<String>

  public init(mpans: Set<String> = [], serials: Set<String> = []) {
    (self.mpans, self.serials) = (mpans.filter { !$0.isEmpty }, serials.filter { !$0.isEmpty })
  }

  /// Those of a case.
  public init(of one: SettlementCase) {
    let agreement = one.agreement
    self.init(
      mpans: Set([agreement.exportMPAN, agreement.importMPAN].compactMap { $0 }),
      serials: Set(
        agreement.meters.map(\.serial) + one.reads.map(\.serial) + one.logs.map(\.serial)
          + one.reads.compactMap(\.photo?.serial)))
    for event in one.events { add(event.facts, EventDeclaration.of(event.name)?.facts ?? []) }
    add(agreement.facts, FactGroup.all.flatMap(\.facts))
  }

  /// Keys whose text is a serial number or an MPAN, whatever event tells it.
  private static let serialKeys: Set<String> = ["serial", "old", "new"]

  private mutating func add(_ facts: Facts, _ table: [FactDeclaration]) {
    for (key, value) in facts.values {
      switch value {
      case .meter(let meter): serials.insert(meter.serial)
      case .text(let text):
        if Self.serialKeys.contains(key.name) { serials.insert(text) }
        if key.name.contains("mpan") { mpans.insert(text) }
      default: continue
      }
    }
  }

  public func union(_ other: Identifiers) -> Identifiers {
    Identifiers(mpans: mpans.union(other.mpans), serials: serials.union(other.serials))
  }
}

extension Identifiers {
  /// Those that a recorded run names: everything under keys for serial numbers and MPANs.
  public init(recorded text: String, file: String) throws {
    self.init()
    collect(try TargetJSON.parse(text, file: file))
  }

  private mutating func collect(_ node: Node) {
    switch node.content {
    case .scalar: return
    case .list(let items): for item in items { collect(item) }
    case .map(let entries):
      for entry in entries {
        switch entry.value.content {
        case .scalar(let text) where entry.value.style == .quoted && !text.isEmpty:
          if entry.key == "serial" { serials.insert(text) }
          if entry.key == "mpan" { mpans.insert(text) }
        case .list(let items) where entry.key == "mpans" || entry.key == "serials":
          for case .scalar(let text) in items.map(\.content) where !text.isEmpty {
            if entry.key == "mpans" { mpans.insert(text) } else { serials.insert(text) }
          }
        default: collect(entry.value)
        }
      }
    }
  }
}
