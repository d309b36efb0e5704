// `broadcast:`, `loopback:`, `server-id:`, `identification:` and `coils:` of a profile's Modbus part.
//
//   broadcast: ignored                       # or acts, the standard's and the default
//   loopback: true                           # function 8, sub-function 0
//   server-id: bench                         # function 17
//   identification: [maker, code, revision]  # function 43/14: at least these three
//   coils:
//     - {coil: relay, functions: [1, 5, 15], address: 0, initial: true, source: ours}
//     - {coil: exporting, shows: exporting, functions: [2], address: 0, source: ours}

internal import MeterModel

extension ModbusServices {
  init(_ fields: inout Fields) throws {
    let broadcast: Broadcast? = try fields.optional("broadcast")?.word("kind of broadcast")
    let loopback = try fields.optional("loopback")?.flag("loopback")
    let serverID = try fields.optional("server-id")?.text("what the server says it is")
    let node = fields.optional("identification")
    let identification = try node?.list("the objects of the identification").map { try $0.text("an object") }
    if let node, let identification,
      identification.count < 3 || identification.contains(where: { $0.utf8.count > 80 })
    {
      throw node.diagnostic(
        "BS-PRF-86",
        "an identification has at least maker, product code and revision, each of at most 80 octets")
    }
    self.init(
      broadcast: broadcast ?? .acts, loopback: loopback ?? false, serverID: serverID,
      identification: identification ?? [])
  }
}

extension ModbusCoil {
  init(_ node: Node, sources: ModbusSources) throws {
    var fields = try Fields(node, of: "a coil")
    let name = try fields.required("coil").text("the name of a coil")
    let shows: Shows? = try fields.optional("shows")?.word("state that a coil shows")
    let functionsNode = try fields.required("functions")
    let functions = try functionsNode.functions()
    let address = try fields.required("address").address("the address")
    let initial = try fields.optional("initial")?.flag("initial") ?? false
    let source = try sources.source(fields.required("source"))
    try fields.finish()
    guard functions.isSubset(of: Self.functions) else {
      throw functionsNode.diagnostic(
        "BS-PRF-87", "coils are reached by functions 1, 5 and 15, inputs by 2")
    }
    self.init(
      name: name, shows: shows ?? .kept, functions: functions, address: address, initial: initial,
      source: source)
  }
}
