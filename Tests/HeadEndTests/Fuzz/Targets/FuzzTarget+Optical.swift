// The optical and infra-red ports: IEC 62056-21, the one-way messages of Elster's A100C and A1100; decoders,
// the meter's dialogue and the reader.

import HeadEnd
import Line
import Units
import Wire

extension FuzzTarget {
  private static func text(_ text: String) -> [UInt8] { Array(text.utf8) }

  private static let list = text("F.F(00)\r\n1.8.0(0012345.678*kWh)\r\n1.6.1(0.2*kW)(2611210930)\r\n!\r\n")
  private static let ident = text("/ELS5\\2BENCH\r\n")
  private static let profileBlock = text(
    "P.01(2605010030)(00)(30)(2)(1.8.0)(kWh)(2.8.0)(kWh)\r\n(0.25)(0)\r\n(0.5)(1)\r\n")
  private static let oneWay: [[UInt8]] = {
    var message = A100CMessage()
    (message.product, message.rate1.imported) = ("A100C", 123_456)
    let sets = [
      ModeCDataSet("96.1.1", [.init("A1100")]), ModeCDataSet("1.8.1", [.init("0012345.6kWh")]),
    ]
    return [message.bytes, A1100Message(sets: sets).bytes]
  }()

  static let optical: [FuzzTarget] = [
    stream(
      "optical-request",
      seeds: [
        text("/?!\r\n"), text("\u{0}\u{0}/?00012345!\r\n"), text("\u{6}050\r\n"), text("\u{15}"),
        ModeCCommand("P1", "(00000000)").bytes, ModeCCommand("R1", "1.8.0()").bytes, ModeCText.signOff,
      ],
      holdingAtMost: .max,
      make: {
        var decoder = ModeCRequestDecoder()
        decoder.awaitsOption = true
        return FuzzedStream(
          feed: { $0.compactMap { decoder.take($0) } }, finish: { decoder.silence().map { [$0] } ?? [] })
      },
      again: { request in
        if case .refused = request { return nil }
        var decoder = ModeCRequestDecoder()
        if case .option = request { decoder.awaitsOption = true }
        let found = request.bytes.compactMap { decoder.take($0) }
        return found == [request] ? nil : "\(request) comes back as \(found)"
      }),
    stream(
      "optical-answer",
      seeds: [
        ident, ModeCText.framed(list, from: ModeCText.stx), ModeCCommand("P0", "(1234)").bytes,
        ModeCText.framed(text("1.8.0(1)"), from: ModeCText.stx, to: ModeCText.eot), text("/?!\r\n"),
      ],
      holdingAtMost: .max,
      make: {
        var decoder = ModeCAnswerDecoder()
        return FuzzedStream(
          feed: { $0.compactMap { decoder.take($0) } }, finish: { decoder.silence().map { [$0] } ?? [] })
      },
      again: { answer in
        let bytes: [UInt8]
        switch answer {
        case .identification(let identification): bytes = identification.bytes
        case .block(let block, let isPartial):
          let end = isPartial ? ModeCText.eot : ModeCText.etx
          bytes = ModeCText.framed(block, from: ModeCText.stx, to: end)
        case .command(let command): bytes = command.bytes
        case .acknowledge, .refusal, .echoedRequest, .refused: return nil
        }
        var decoder = ModeCAnswerDecoder()
        let found = bytes.compactMap { decoder.take($0) }
        return found == [answer] ? nil : "\(answer) comes back as \(found)"
      }),
    stream(
      "optical-push", seeds: [ident + [13, 10] + list, text("x/EMH4ITZ\n1.8.0(1)\n!")],
      holdingAtMost: .max,
      make: {
        var decoder = ModeCPushDecoder()
        return FuzzedStream(
          feed: { $0.compactMap { decoder.take($0) } }, finish: { decoder.silence().map { [$0] } ?? [] })
      }),
    message(
      "optical-block", seeds: [list, profileBlock, text("1.8.0(1*kWh)2.8.0()(2)\n")],
      decode: { try? ModeCDataBlock(parsing: $0) },
      encode: { block in
        text(block.sets.map { $0.text + "\r\n" }.joined() + (block.hasEndMark ? "!\r\n" : ""))
      }),
    FuzzTarget(name: "optical-profile", seeds: [profileBlock, profileBlock + profileBlock]) { bytes in
      guard let block = try? ModeCDataBlock(parsing: bytes), let profile = try? ModeCProfile(block) else {
        return nil
      }
      let whole = profile.sections.allSatisfy { section in
        section.rows.allSatisfy { $0.count == section.columns.count }
      }
      return whole ? nil : "a row that is not filled: \(profile)"
    },
    stream(
      "irda", seeds: oneWay, holdingAtMost: .max,
      make: {
        var decoder = IrDADecoder()
        return FuzzedStream(feed: { $0.compactMap { decoder.take($0) } })
      },
      again: { event in
        guard case .message(let message) = event else { return nil }
        var decoder = IrDADecoder()
        let found = Self.bytes(of: message).compactMap { decoder.take($0) }
        return found == [event] ? nil : "\(message) comes back as \(found)"
      }),
    stream(
      "irda-nibbles", seeds: oneWay.map { IrDANibbles.split($0) }, holdingAtMost: .max,
      make: {
        var decoder = IrDANibbleDecoder()
        return FuzzedStream(feed: { $0.compactMap { decoder.take($0) } })
      }),
    meter, reader,
  ]

  private static func bytes(of message: IrDAMessage) -> [UInt8] {
    switch message {
    case .a100c(let message): message.bytes
    case .a1100(let message): message.bytes
    }
  }

  // MARK: The meter's dialogue

  private static let modes = ModeCManners.Mode.allCases

  /// Script: mode; then pieces, each with the time before it.
  private static let meter = FuzzTarget(
    name: "optical-meter",
    seeds: [
      [2, 0, 5] + text("/?!\r\n") + [4, 6] + text("\u{6}050\r\n") + [9, 0],
      [2, 0, 5] + text("/?!\r\n") + [4, 6] + text("\u{6}051\r\n") + [9, 15]
        + ModeCCommand("P1", "(00000000)").bytes + [9, 14] + ModeCCommand("R1", "1.8.0()").bytes,
      [4, 0, 5] + text("/?!\r\n") + [4, 6] + text("\u{6}252\r\n"), [1, 0, 5] + text("/?!\r\n"),
    ]
  ) { bytes in
    var script = FuzzScript(bytes)
    let source = FuzzMeter()
    let identification = ModeCIdentification(
      maker: "ELS", proposal: UInt8(ascii: "5"), escapes: [0x32], text: "FUZZ")
    let manners = ModeCManners(
      mode: modes[Int(script.byte()) % modes.count], identification: identification, topBaud: 9600,
      address: "1", access: ModeCAccess(passwords: [ModeCPassword(text: "00000000")]),
      pushes: .seconds(10))
    let station = ModeCStation(manners: manners, source: source, at: .epoch)
    var now = Instant.epoch
    var said: [(at: Instant, bytes: [UInt8])] = []
    while !script.isAtEnd {
      now = now + .milliseconds(Int64(script.byte()) * 100)
      var visits = 0
      while let wake = station.wakes, wake <= now {
        let changes = station.uart
        station.speak(at: wake, into: &said)
        visits += 1
        guard visits < 200 || changes != station.uart else { return "it wakes without end at \(wake)" }
      }
      station.hear(script.bytes(Int(script.byte()))[...], at: now)
      station.speak(at: now, into: &said)
      guard said.count < 2000 else { return "it speaks without end" }
    }
    return nil
  }

  // MARK: The reader

  /// Pieces that a reader hears, each some time after the one before or after its own message.
  private static let reader = FuzzTarget(
    name: "optical-reader",
    seeds: [
      [0, 4, UInt8(ident.count)] + ident + [4, UInt8(list.count + 3)]
        + ModeCText.framed(list, from: ModeCText.stx),
      [1, 4, UInt8(ident.count)] + ident + [4, 10] + ModeCCommand("P0", "(1)").bytes + [1, 1, 6, 4, 20]
        + ModeCText.framed(text("1.8.0(1.5*kWh)"), from: ModeCText.stx),
      [3, 0, UInt8(oneWay[0].count)] + oneWay[0],
    ]
  ) { bytes in
    var script = FuzzScript(bytes)
    let kind = script.byte()
    let door = FuzzDoor(script)
    let reader = OpticalReader(door: door)
    do throws(DialogueFailure) {
      switch kind & 3 {
      case 0: _ = try reader.readout()
      case 1: _ = try reader.read(["1.8.0", "2.8.0"])
      case 2: _ = try reader.readProfile()
      default: _ = try reader.listen()
      }
    } catch {
      return door.now < .epoch + .hours(1) ? nil : "the reader gave up only at \(door.now)"
    }
    return door.now < .epoch + .hours(1) ? nil : "the reader took until \(door.now)"
  }
}

/// Answers every read, so that each kind of answer comes.
final class FuzzMeter: ModeCSource {
  func readout(option: UInt8, at instant: Instant) -> [UInt8]? {
    option == UInt8(ascii: "9") ? nil : Array("1.8.0(1*kWh)\r\n".utf8)
  }

  func answer(_ command: ModeCCommand, level: Int, at instant: Instant) -> ModeCReply {
    switch (command.data ?? []).count % 3 {
    case 0: .blocks([[0x31], [0x32]])
    case 1: .acknowledge
    default: .error("ER01")
    }
  }

  var seed: String? { "1234" }
}

/// A door at which a script speaks.
final class FuzzDoor: Door {
  private(set) var now = Instant.epoch
  private var script: FuzzScript
  private var next: (at: Instant, bytes: [UInt8])?

  init(_ script: FuzzScript) { self.script = script }

  func write(_ bytes: [UInt8]) {}

  func wait(until patience: Instant) -> [UInt8] {
    // A piece without bytes is a pause and no more: nothing heard before patience ends is no silence.
    while next == nil || next?.bytes.isEmpty == true, !script.isAtEnd {
      let at = max(next?.at ?? now, now) + .milliseconds(Int64(script.byte()) * 20)
      next = (at, script.bytes(Int(script.byte())))
    }
    if next?.bytes.isEmpty == true { next = nil }
    guard let piece = next, max(piece.at, now) <= patience else {
      now = max(now, patience)
      return []
    }
    (now, next) = (max(now, piece.at), nil)
    return piece.bytes
  }

  func flush() {}
}
