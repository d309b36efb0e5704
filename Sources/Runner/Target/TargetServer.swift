// The other end of the lines: a settlement core as somebody else's target. `backspin core` serves ours, which
// shows that a case and an outcome lose nothing on the way.

internal import Scenario
public import Settlement

/// Answers the lines of a target, one for one.
public struct TargetServer {
  private let target: any Target
  private let name: String

  public init(_ target: any Target, name: String) { (self.target, self.name) = (target, name) }

  /// The answer to a line.
  public func answer(_ line: String) -> String {
    var id = ""
    do {
      let node = try TargetJSON.parse(line, file: "request")
      var fields = try Fields(node, of: "a request")
      if fields.has("hello") {
        return JSONText.object([("hello", .text(name)), ("version", .whole(TargetJSON.version))]).compact
      }
      id = try fields.required("id").text("the number of the request")
      let one = try TargetJSON.settlementCase(try fields.required("case"))
      let outcome = try target.settle(one)
      return JSONText.object([("id", .text(id)), ("outcome", TargetJSON.write(outcome))]).compact
    } catch let wrong as Diagnostic {
      return refusal(id, "column \(wrong.at.column): \(wrong.message)")
    } catch let failure as TargetFailure {
      return refusal(id, failure.message)
    } catch {
      return refusal(id, "\(error)")
    }
  }

  private func refusal(_ id: String, _ why: String) -> String {
    JSONText.object([("id", .text(id)), ("error", .text(why))]).compact
  }
}
