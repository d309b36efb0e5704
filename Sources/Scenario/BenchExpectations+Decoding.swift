// Expectations `cross-read: METER` and `bench-result: METER`.

internal import MeterModel
internal import Units

extension ExpectedCrossRead {
  init(_ node: Node, _ fields: inout Fields, in cast: Cast) throws {
    let meter = try cast.meter(node)
    let role = try fields.optional("role").map { try cast.role($0, of: meter) } ?? meter.usualRole
    let overNode = try fields.required("over")
    let ports = try overNode.list("the ports").map { try $0.benchPort(of: meter) }
    guard ports.count >= 2, Set(ports).count == ports.count else {
      throw overNode.diagnostic("BS-SCN-39", "a cross-read compares two ports or more, each once")
    }
    let differ: WattHours = try fields.optional("differ")?.quantity("the difference") ?? .zero
    let within: WattHours = try fields.optional("within")?.quantity("the margin") ?? .zero
    self.init(meter: meter.name, role: role, ports: ports, differ: differ, within: within)
  }
}

extension ExpectedBenchResult {
  init(_ node: Node, _ fields: inout Fields, in cast: Cast) throws {
    let meter = try cast.meter(node)
    let port = try (try fields.required("over")).benchPort(of: meter)
    self.init(meter: meter.name, port: port)
    address = try fields.optional("address")?.text("the address")
    let textNode = fields.optional("text")
    text = try textNode?.text("the digits")
    remark = try fields.optional("remark")?.text("a part of a remark")
    failure = try fields.optional("fails")?.word("kind of failure")
    guard (address == nil) == (text == nil) else {
      throw (textNode ?? node).diagnostic(
        "BS-SCN-28", "`address` and `text` go together: which value, and what it says")
    }
    guard address != nil || remark != nil || failure != nil else {
      throw node.diagnostic(
        "BS-SCN-39", "this says nothing of the read",
        help: "add `address:` and `text:`, `remark:` or `fails:`")
    }
    guard failure == nil || (address == nil && remark == nil) else {
      throw node.diagnostic(
        "BS-SCN-28", "a read that fails brings neither values nor remarks", help: "leave `fails` out, or them"
      )
    }
  }
}
