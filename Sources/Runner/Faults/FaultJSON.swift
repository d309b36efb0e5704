// The catalogue of faults as JSON: one documented shape (docs/json.md).

internal import MeterModel
public import Units

extension FaultDeclaration {
  /// One fault with all that is known of it; `story` is a path under the root of what is shipped.
  public func json(story: String?) -> JSONText {
    func texts(_ words: [String]) -> JSONText { .list(words.map(JSONText.text)) }
    return .object([
      ("id", .text(id)), ("title", .text(title)), ("group", .text(group?.title ?? "")),
      ("layer", .text(layer.rawValue)), ("symptoms", .text(symptoms)),
      ("on", texts(layer.places.map(\.rawValue))),
      ("meters", texts(FaultCatalogue.kinds(id).map(\.rawValue))),
      ("parameters", .list(parameters.map(\.json))),
      ("detectors", texts(detectors.map(\.id))), ("caughtBy", texts(caughtBy)),
      ("mustNotFire", texts(mustNotFire.map(\.id))),
      (
        "leaves",
        .list(
          leaves.map { .object([("what", .text($0.kind.rawValue)), ("because", .text($0.because))]) })
      ),
      ("example", .text(storyExample)),
      ("story", story.map(JSONText.text) ?? .null),
    ])
  }
}

extension FaultDeclaration.Parameter {
  fileprivate var json: JSONText {
    let head: [(String, JSONText)] = [("name", .text(name)), ("meaning", .text(meaning))]
    switch kind {
    case .whole(let unit, let range, let usual):
      return .object(
        head + [
          ("unit", .text(unit)), ("from", .whole(range.lowerBound)), ("to", .whole(range.upperBound)),
          ("default", .whole(usual)),
        ])
    case .choice(let words, let usual):
      return .object(
        head + [("oneOf", .list(words.map(JSONText.text))), ("default", .text(usual))])
    }
  }
}
