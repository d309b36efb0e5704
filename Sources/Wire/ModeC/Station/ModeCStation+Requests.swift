// What the station does about each message that it hears.

internal import Units

extension ModeCStation {
  func take(_ request: ModeCRequest, at instant: Instant) {
    // Half duplex: while an answer is due, nothing is heard. An ACK that came twice would skip a block.
    guard !isAboutToSpeak else { return }
    switch request {
    case .signOn(let address): signOn(address, at: instant)
    case .option(let control, let speed, let mode):
      if phase == .identified { select(control, speed, mode, at: instant) }
    case .acknowledge: acknowledged(at: instant)
    case .sayAgain: sayAgain(at: instant)
    case .command(let command): execute(command, at: instant)
    case .refused(let fault): refuse(fault, at: instant)
    }
  }

  /// A request begins a session from whatever phase: a reader that lost its way signs on anew.
  private func signOn(_ address: String, at instant: Instant) {
    guard uart.baud == ModeCSpeed.start, defects.answersEveryone || manners.answers(to: address) else {
      return
    }
    dropPlans()
    decoder.awaitsOption = false
    let end = reply(manners.identification.bytes, at: instant, baud: ModeCSpeed.start)
    switch manners.mode {
    case .a: list(UInt8(ascii: "0"), at: end, baud: ModeCSpeed.start)
    case .b:
      plan(.stand(ModeCUART(baud: manners.topBaud)), at: end + defects.changesLate)
      list(UInt8(ascii: "0"), at: end, baud: manners.topBaud)
    case .c, .e:
      phase = .identified
      decoder.awaitsOption = true
      patience = end + manners.acknowledgement
    case .d: break
    }
  }

  /// An acknowledgement chooses speed and option (clause 6.3.3). A speed that the meter did not offer, or no
  /// speed at all, leaves it at 300 baud.
  private func select(_ control: UInt8, _ speed: UInt8, _ mode: UInt8, at instant: Instant) {
    decoder.awaitsOption = false
    patience = nil
    let asked = ModeCSpeed.baud(of: speed) ?? ModeCSpeed.start
    let baud = asked <= manners.topBaud ? asked : ModeCSpeed.start
    let isHDLC = control == UInt8(ascii: "2") && mode == UInt8(ascii: "2")
    if isHDLC, manners.mode == .e { return handOver(speed, baud: baud, at: instant) }
    plan(.stand(ModeCUART(baud: baud)), at: instant + defects.changesLate)
    switch mode {
    case UInt8(ascii: "1") where manners.access != nil:
      phase = .programming(level: 0)
      let data = source.seed.map { Array("(\($0))".utf8) } ?? Array("()".utf8)
      let first = ModeCCommand(letter: UInt8(ascii: "P"), number: UInt8(ascii: "0"), data: data)
      reply(first.bytes, at: instant, baud: baud)
      patience = instant + manners.inactivity
    case UInt8(ascii: "0"), UInt8(ascii: "6")...UInt8(ascii: "9"):
      list(mode, at: instant, baud: baud)
    default:
      // Binary without HDLC, a reserved option, no programming mode: the readout, as in mode C.
      list(UInt8(ascii: "0"), at: instant, baud: baud)
    }
  }

  /// Mode E: the same message comes back at 300 baud, then both ends stand 8N1 at the new speed (IEC
  /// 62056-46:2002, annex E; IEC 62056-21, annex E).
  private func handOver(_ speed: UInt8, baud: Int, at instant: Instant) {
    let echo: ModeCRequest = .option(
      control: UInt8(ascii: "2"), speed: ModeCSpeed.character(of: baud) ?? speed, mode: UInt8(ascii: "2"))
    let end = reply(echo.bytes, at: instant, baud: ModeCSpeed.start)
    plan(.stand(ModeCUART(baud: baud, isBinary: true)), at: end)
    phase = .handedOver
  }

  /// Lists; a list that the meter has not is the first.
  func list(_ option: UInt8, at instant: Instant, baud: Int) {
    let now = world(instant)
    let zero = UInt8(ascii: "0")
    var block = source.readout(option: option, at: now) ?? source.readout(option: zero, at: now) ?? []
    if !manners.breaksBeforeEnd {
      while block.last == ModeCText.lf || block.last == ModeCText.cr { block.removeLast() }
    }
    block += [ModeCText.mark, ModeCText.cr, ModeCText.lf]
    let end = reply(ModeCText.framed(block, from: ModeCText.stx), at: instant, baud: baud)
    phase = .listed
    patience = end + manners.acknowledgement
  }

  /// Mode D: identification, an empty line, data (clause 6.4.4).
  func push(at instant: Instant, into answers: inout [(at: Instant, bytes: [UInt8])]) {
    if let period = manners.pushes { plan(.push, at: instant + period) }
    let block = source.readout(option: UInt8(ascii: "0"), at: world(instant)) ?? []
    let message = ModeCPush(identification: manners.identification, block: block + [ModeCText.mark])
    answers.append((instant, defects.spoil(message.bytes, isPush: true)))
  }

  /// ACK: the next block of an answer; after a readout, the end.
  private func acknowledged(at instant: Instant) {
    switch phase {
    case .programming:
      patience = instant + manners.inactivity
      if !blocks.isEmpty { reply(blocks.removeFirst(), at: instant) }
    case .listed: goIdle(at: instant)
    default: break
    }
  }

  /// NAK: the same again, unless it was said often enough; then the session ends.
  private func sayAgain(at instant: Instant) {
    guard !last.isEmpty else { return }
    switch phase {
    case .programming, .listed: break
    default: return
    }
    guard timesSaid < manners.tries else { return signOff(at: instant) }
    timesSaid += 1
    let end = say(last, at: instant + manners.reaction)
    patience = phase == .listed ? end + manners.acknowledgement : instant + manners.inactivity
  }

  /// The meter itself signs off.
  func signOff(at instant: Instant) {
    let end = say(ModeCText.signOff, at: instant + manners.reaction)
    goIdle(at: end)
  }

  /// Patience is over: a readout for want of an acknowledgement, or the end of the session.
  func giveUp(at instant: Instant) {
    decoder.awaitsOption = false
    guard phase == .identified, manners.fallsBack else { return goIdle(at: instant) }
    // It has waited already; the readout begins at once.
    list(UInt8(ascii: "0"), at: instant - manners.reaction, baud: ModeCSpeed.start)
  }
}
