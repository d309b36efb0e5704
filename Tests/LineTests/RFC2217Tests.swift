// Telnet and the COM-PORT option by the words of RFC 854, 855 and 2217;
// expected bytes are written from there.

import BackspinTesting
import Line
import Testing
import Units

struct RFC2217Tests {
  @Test("a telnet stream gives the same events however it is cut")
  func decoder() {
    DecoderVerifier<TelnetEvent> {
      var decoder = TelnetDecoder()
      return { decoder.feed($0) }
    }.expect([
      .init([0x41], [.data(0x41)]),
      // A doubled FF is one.
      .init([255, 255], [.data(255)]),
      // IAC WILL COM-PORT-OPTION.
      .init([255, 251, 44], [.negotiation(.will, option: 44)]),
      .init([255, 254, 1], [.negotiation(.dont, option: 1)]),
      // IAC SB 44 SET-BAUDRATE 300 IAC SE: 300 is 00 00 01 2C.
      .init(
        [255, 250, 44, 1, 0, 0, 1, 44, 255, 240],
        [.subnegotiation(option: 44, bytes: [1, 0, 0, 1, 44])]),
      // A doubled FF inside.
      .init([255, 250, 44, 12, 255, 255, 255, 240], [.subnegotiation(option: 44, bytes: [12, 255])]),
      // IAC NOP means nothing; the byte behind it is data.
      .init([255, 241, 0x42], [.data(0x42)]),
    ])
  }

  @Test("a sub-negotiation that never ends takes no more room than it may")
  func endless() {
    var decoder = TelnetDecoder()
    #expect(decoder.feed([255, 250, 44]).isEmpty)
    for _ in 0..<1000 { #expect(decoder.feed([UInt8](repeating: 7, count: 1000)).isEmpty) }
    #expect(
      decoder.feed([255, 240]) == [.subnegotiation(option: 44, bytes: [UInt8](repeating: 7, count: 255))])
  }

  @Test("data with FF in it comes out as it went in")
  func doubled() {
    let bytes = (0...255).map { UInt8($0) } + [255, 255]
    var decoder = TelnetDecoder()
    #expect(decoder.feed(TelnetEncoder.data(bytes)) == bytes.map { .data($0) })
    #expect(TelnetEncoder.data([255]) == [255, 255])
  }

  @Test(
    "a server agrees to the port, to eight bits and to silence about go-ahead, to each once, and to no echo")
  func negotiation() {
    var server = ComPortServer(.usual)
    #expect(server.opening() == [255, 251, 0, 255, 253, 0])
    #expect(server.receive([255, 251, 44]) == [.reply([255, 253, 44])])
    #expect(server.receive([255, 251, 44]).isEmpty)
    #expect(server.receive([255, 253, 1]) == [.reply([255, 252, 1])])
    #expect(server.receive([255, 251, 24]) == [.reply([255, 254, 24])])
    #expect(server.receive([255, 253, 3]) == [.reply([255, 251, 3])])
    // What it offered itself needs no answer.
    #expect(server.receive([255, 253, 0]).isEmpty)
    #expect(server.receive([255, 254, 3]) == [.reply([255, 252, 3])])
  }

  struct Command { var name: String; var sent: [UInt8]; var answer: [UInt8]; var stands: String }

  @Test(
    "a server answers each setting with 100 more and the value in force",
    arguments: [
      Command(name: "300 Bd", sent: [1, 0, 0, 1, 44], answer: [101, 0, 0, 1, 44], stands: "300 8N1"),
      Command(
        name: "asks the speed", sent: [1, 0, 0, 0, 0], answer: [101, 0, 0, 0x25, 0x80], stands: "9600 8N1"),
      Command(
        name: "a speed of no UART", sent: [1, 255, 255, 255, 255], answer: [101, 0, 0, 0x25, 0x80],
        stands: "9600 8N1"),
      Command(name: "too short", sent: [1, 0, 0], answer: [101, 0, 0, 0x25, 0x80], stands: "9600 8N1"),
      Command(name: "7 bits", sent: [2, 7], answer: [102, 7], stands: "9600 7N1"),
      Command(name: "5 bits", sent: [2, 5], answer: [102, 8], stands: "9600 8N1"),
      Command(name: "even", sent: [3, 3], answer: [103, 3], stands: "9600 8E1"),
      Command(name: "mark", sent: [3, 4], answer: [103, 1], stands: "9600 8N1"),
      Command(name: "2 stop bits", sent: [4, 2], answer: [104, 2], stands: "9600 8N2"),
      Command(name: "DTR on", sent: [5, 8], answer: [105, 8], stands: "9600 8N1"),
      Command(name: "hardware flow control", sent: [5, 3], answer: [105, 1], stands: "9600 8N1"),
      Command(name: "purge", sent: [12, 2], answer: [112, 2], stands: "9600 8N1"),
    ])
  func commands(_ command: Command) {
    var server = ComPortServer(.usual)
    let steps = server.receive(TelnetEncoder.subnegotiation(44, command.sent))
    #expect(steps.last == .reply(TelnetEncoder.subnegotiation(44, command.answer)))
    #expect(server.settings.description == command.stands)
    #expect(steps.contains(.stand(server.settings)) == (command.stands != "9600 8N1"))
  }

  @Test("what was sent before a change of speed stands before it, and what after it behind")
  func order() {
    var server = ComPortServer(.usual)
    let steps = server.receive(
      [0x41, 0x42] + TelnetEncoder.subnegotiation(44, [1, 0, 0, 1, 44]) + [0x43])
    #expect(
      steps == [
        .data([0x41, 0x42]), .stand(SerialSettings.usual.at(300)),
        .reply(TelnetEncoder.subnegotiation(44, [101, 0, 0, 1, 44])), .data([0x43]),
      ])
  }

  @Test("a client sets a port at a server and knows when it stands so")
  func together() {
    var (client, server) = (ComPortClient(), ComPortServer(.usual))
    /// Carries bytes to and fro until both are silent; what the line got.
    func carry(_ bytes: [UInt8]) {
      var (toServer, toClient) = (bytes, [UInt8]())
      for _ in 0..<10 where !(toServer.isEmpty && toClient.isEmpty) {
        for case .reply(let reply) in server.receive(toServer) { toClient += reply }
        toServer = client.receive(toClient).replies
        toClient = []
      }
      #expect(toServer.isEmpty && toClient.isEmpty)
    }
    #expect(client.isAgreed == nil)
    carry(client.opening())
    #expect(client.isAgreed == true)
    let bytes = client.set(.sevenEven(300))
    #expect(client.stands(as: .sevenEven(300)) == nil)
    carry(bytes)
    #expect(client.stands(as: .sevenEven(300)) == true)
    #expect(server.settings == .sevenEven(300))
    #expect(client.receive([0x2F, 255, 255]).data == [0x2F, 255])
  }

  @Test("a client hears that a port does not stand as it wished, and that there is none")
  func refused() {
    var client = ComPortClient()
    _ = client.set(.sevenEven(300))
    let answers: [[UInt8]] = [[101, 0, 0, 1, 44], [102, 8], [103, 1], [104, 1]]
    for answer in answers { _ = client.receive(TelnetEncoder.subnegotiation(44, answer)) }
    #expect(client.stands(as: .sevenEven(300)) == false)
    var other = ComPortClient()
    _ = other.opening()
    #expect(other.receive([255, 254, 44]).replies == [255, 252, 44])
    #expect(other.isAgreed == false)
  }
}
