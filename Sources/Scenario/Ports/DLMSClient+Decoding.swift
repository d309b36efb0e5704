// One client of a DLMS server: who he is, how he proves it, what he may do.

internal import MeterModel
internal import Wire

extension DLMSClient {
  init(_ node: Node) throws {
    var fields = try Fields(node, of: "a client")
    let address = try fields.required("address").whole("the client address", in: 1...126)
    let mechanism = try fields.optional("authentication")?.mechanism() ?? .none
    let password = try fields.optional("password")?.text("the password")
    let encryption = try fields.optional("encryption-key")?.octets("the encryption key", count: 16)
    let authentication = try fields.optional("authentication-key")?.octets(
      "the authentication key", count: 16)
    let policy = try fields.optional("policy")?.policy() ?? .nothing
    let title = try fields.optional("system-title")?.octets("the system title", count: 8)
    let rights: Rights? = try fields.optional("rights")?.word("rights of a client")
    try fields.finish()
    guard (encryption == nil) == (authentication == nil) else {
      throw node.diagnostic(
        "BS-PRF-92", "a client has both keys or none",
        help: "write `encryption-key` and `authentication-key`")
    }
    let keys = encryption.flatMap { encryption in
      authentication.flatMap { COSEMKeys(encryption: encryption, authentication: $0) }
    }
    self.init(
      address: UInt8(address), mechanism: mechanism, password: Array((password ?? "").utf8), keys: keys,
      policy: policy, systemTitle: title, rights: rights ?? .reading)
  }
}

extension Node {
  fileprivate func mechanism() throws -> COSEMMechanism {
    let known = COSEMMechanism.allCases
    let word = try word(among: known.map(\.name), "way to authenticate")
    return known.first { $0.name == word } ?? .none
  }

  fileprivate func policy() throws -> COSEMPolicy {
    let word = try word(among: COSEMPolicy.names.map(\.name), "security policy")
    return COSEMPolicy.names.first { $0.name == word }?.policy ?? .nothing
  }
}
