// Faults as people ask for them: `CK-01` with `ppm: 100 ppm` in a scenario, `CK-01,ppm=100ppm` on a command
// line. Values carry their units; what the declaration keeps in ms, Wh or W may be written in any unit of
// that quantity.

public import Units

extension FaultSetting {
  /// A fault as typed on a command line: an id, then `name=value` after commas.
  public init(parsing text: String, among known: [FaultDeclaration]) throws {
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    let node = Node.scalar(parts.first ?? "")
    var entries: [Node.Entry] = []
    for part in parts.dropFirst() {
      guard let equals = part.firstIndex(of: "=") else {
        throw node.diagnostic(
          "BS-SCN-24", "'\(part)' is no parameter of a fault", help: "write name=value, such as ppm=100ppm")
      }
      entries.append(Node.Entry(String(part[..<equals]), .scalar(String(part[part.index(after: equals)...]))))
    }
    self = try FaultSetting(node, with: .map(entries), among: known)
  }

  /// A fault of a scenario: the node of its id, and the map of its parameters.
  init(_ node: Node, with parameters: Node?, among known: [FaultDeclaration]) throws {
    let id = try node.text("a fault's id")
    guard let declaration = known.first(where: { $0.id == id }) else {
      let near = Spelling.nearest(to: id, among: known.map(\.id)).map { "did you mean '\($0)'?" }
      throw node.diagnostic(
        "BS-SCN-23", "no fault has the id '\(id)'", help: near ?? "`backspin faults` lists them")
    }
    self.init(id: id)
    guard let parameters else { return }
    let fields = try Fields(parameters, of: "the parameters of \(id)")
    guard case .map(let entries) = fields.node.content else { return }
    for entry in entries {
      guard let parameter = declaration.parameters.first(where: { $0.name == entry.key }) else {
        throw Self.unknown(entry, of: declaration)
      }
      switch parameter.kind {
      case .whole(let unit, _, _): whole[entry.key] = try entry.value.whole(entry.key, in: unit)
      case .choice: choices[entry.key] = try entry.value.text(entry.key)
      }
    }
    do {
      _ = try declaration.resolve(self)
    } catch {
      let place = entries.first { $0.key == error.parameter }?.value ?? node
      throw place.diagnostic("BS-SCN-24", error.description)
    }
  }

  private static func unknown(_ entry: Node.Entry, of declaration: FaultDeclaration) -> Diagnostic {
    let names = declaration.parameters.map(\.name)
    let near = Spelling.nearest(to: entry.key, among: names).map { "did you mean '\($0)'?" }
    return Diagnostic(
      code: "BS-SCN-24", at: entry.keyAt, message: "\(declaration.id) has no parameter '\(entry.key)'",
      help: near ?? (names.isEmpty ? "it has none" : "it has: \(names.joined(separator: ", "))"),
      excerpt: entry.value.source.line(entry.keyAt.line), width: entry.key.count)
  }
}

extension Node {
  /// A whole number of a fault's unit, written with that unit or another of the same quantity.
  fileprivate func whole(_ name: String, in unit: String) throws -> Int64 {
    let microseconds: [String: Int64] = ["us": 1, "ms": 1000, "s": 1_000_000, "min": 60_000_000]
    if let step = microseconds[unit] {
      let span: TimeSpan = try quantity(name)
      return try exactly(span.microseconds, by: step, name, unit)
    }
    switch unit {
    case "Wh": return try quantity(name, WattHours.self).value
    case "mW": return try quantity(name, Power.self).milliwatts
    case "W": return try exactly(try quantity(name, Power.self).milliwatts, by: 1000, name, unit)
    default: break
    }
    let text = try text(name)
    let spellings = unit == "per cent" ? ["per cent", "%"] : [unit]
    let isCount = !["per cent", "ppm"].contains(unit)
    let written = spellings.first { text.hasSuffix($0) }
    let digits = text.dropLast(written?.count ?? 0).trimmingBlanks
    guard written != nil || isCount, let value = Int64(digits) else {
      let form = isCount ? "a whole number of \(unit)" : "a whole number with its unit, such as '50 \(unit)'"
      throw diagnostic("BS-SCN-24", "\(name) is \(form), not '\(text)'")
    }
    return value
  }

  private func exactly(_ value: Int64, by step: Int64, _ name: String, _ unit: String) throws -> Int64 {
    guard value % step == 0 else {
      throw diagnostic("BS-SCN-24", "\(name) is a whole number of \(unit)")
    }
    return value / step
  }
}

extension Substring {
  fileprivate var trimmingBlanks: Substring {
    var rest = self
    while rest.last == " " { rest.removeLast() }
    return rest
  }
}
