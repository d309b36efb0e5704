// `irda:` of a meter's profile: the one-way infra-red port of Elster's A100C and A1100.
//
//   irda:
//     form: a100c                            # or a1100
//     characters: byte                       # or nibble, as on the wire of an A1100
//     baud: 2400                             # 2400, 4800, 9600
//     every: 1s
//     product: A100C
//     firmware: "1.10"
//     configuration: 1
//     definition: 0
//     flow-insensitive: true
//     reverse-threshold: 5 Wh
//     rates: [{from: "00:30", to: "07:30", rate: 2}]

public import MeterModel
internal import Units

extension IrDAPort {
  /// Decodes the `irda:` part of a profile. Throws a `Diagnostic`: codes BS-PRF-67, 68, 80 … 84, those of
  /// `Fields`.
  public init(_ node: Node) throws {
    var fields = try Fields(node, of: "the infra-red port")
    let form: Form = try fields.required("form").word("form of the stream")
    let characters: Characters? = try fields.optional("characters")?.word("way of a byte")
    let baudNode = fields.optional("baud")
    let baud = Int(try baudNode?.whole("the speed", in: 300...115_200) ?? 2400)
    let every = try fields.optional("every")?
      .span("the time between messages", in: .milliseconds(100)...(.hours(1)))
    let product = try fields.required("product").plate("the product", most: 12)
    let firmware = try fields.required("firmware").plate("the firmware", most: 9)
    let configuration = try fields.optional("configuration")?.whole("the configuration", in: 0...0xFFFF)
    let definition = try fields.optional("definition")?.whole("the definition", in: 0...0xFF_FFFF)
    let insensitive = try fields.optional("flow-insensitive")?.flag("flow-insensitive") ?? false
    let thresholdNode = fields.optional("reverse-threshold")
    let threshold: WattHours? = try thresholdNode?.quantity("the threshold")
    let rates = try fields.optional("rates")?.rateWindows() ?? []
    try fields.finish()
    guard Self.bauds.contains(baud) else {
      throw (baudNode ?? node).diagnostic(
        "BS-PRF-80", "no build sends at \(baud) baud", help: "one of: 2400, 4800, 9600")
    }
    if let threshold, let thresholdNode, !(1...250).contains(threshold.value) {
      throw thresholdNode.diagnostic("BS-PRF-81", "the threshold lies in 1…250 Wh, not at \(threshold)")
    }
    self.init(
      form: form, characters: characters, baud: baud, every: every, product: product, firmware: firmware,
      configuration: Int(configuration ?? 0), definition: Int(definition ?? 0),
      isFlowInsensitive: insensitive, reverseThreshold: threshold ?? Self.usualReverseThreshold,
      rates: rates)
  }

  private static let bauds = [2400, 4800, 9600]
}

extension Node {
  /// Text of a fixed field.
  fileprivate func plate(_ what: String, most: Int) throws -> String {
    let text = try text(what)
    guard (1...most).contains(text.utf8.count), text.isPrintable,
      !text.contains(where: { "()".contains($0) })
    else {
      throw diagnostic("BS-PRF-82", "\(what) has 1 to \(most) printable characters, no brackets")
    }
    return text
  }
}
