// The data readout: one message with a block check, repeated by NAK while it is not right (IEC 62056-21:2002,
// clauses 6.4.1 to 6.4.3).

internal import Units
internal import Wire

extension OpticalReader {
  func readoutOnce() throws(DialogueFailure) -> MeterReading {
    let found = try signOn()
    let list = options.list.asciiValue ?? UInt8(ascii: "0")
    switch modeOf(found) {
    case .a, .auto, .d: break
    case .b:
      // The change falls into the meter's reaction time, which runs already.
      link.stand(at: found.proposedBaud ?? options.startBaud)
    case .c, .e:
      let baud = chosenBaud(found)
      if doubtsSpeed { remark("the meter did not keep the speed it proposed; read at \(baud) baud") }
      acknowledge(list, baud: baud)
    }
    let block = try wholeList()
    quietUntil = link.now + options.answerWait
    link.stand(at: options.startBaud)
    return MeterReading(identity: "/" + found.raw, values: values(of: block, .checked))
  }

  /// The list, asked for again while its check or its grammar is wrong.
  private func wholeList() throws(DialogueFailure) -> ModeCDataBlock {
    var unended: ModeCDataBlock?
    var failure = failure(.silence, "no readout came")
    for attempt in 1...max(options.tries, 1) {
      if attempt > 1 {
        link.rest(reaction)
        say([ModeCText.nak])
        remark("the readout was repeated")
      }
      switch hear(
        after: attempt == 1 ? 8 : 1, extra: attempt == 1 ? options.answerWait : .zero, awaitsBlock: true)
      {
      case .answer(.block(let bytes, false)):
        do {
          let block = try ModeCDataBlock(parsing: bytes)
          if block.hasEndMark || unended == block { return noted(block) }
          unended = block
          failure = self.failure(.incomplete, "the readout has no `!` at its end")
        } catch { failure = self.failure(of: error, in: "readout") }
      case .answer(.refused(let fault)): failure = self.failure(of: fault, in: "readout")
      case let other:
        // Nothing, or noise: the meter may not be where we are. Only a new session helps.
        if case .noise = other, link.baud != options.startBaud { doubtsSpeed = true }
        // Silence after a NAK says less than what led to the NAK.
        if case .silence = other, attempt > 1 { throw failure }
        throw self.failure(of: other, awaiting: "readout")
      }
    }
    throw failure
  }

  private func noted(_ block: ModeCDataBlock) -> ModeCDataBlock {
    if !block.hasEndMark { remark("the readout has no `!` at its end") }
    var seen: Set<String> = []
    for set in block.sets where !set.address.isEmpty {
      if !seen.insert(set.address).inserted { remark("\(set.address) is listed more than once") }
    }
    return block
  }
}
