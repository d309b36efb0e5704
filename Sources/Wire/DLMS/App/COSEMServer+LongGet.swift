// Answers that are longer than one APDU: block transfer with GET (IEC 62056-5-3, section 7.3.3 and figure of
// the long get). Rows are made as their block is asked for, each once.

internal import Units

/// An answer under way.
struct LongGet {
  let id: InvokeID
  var source: AnswerSource
  /// Number of the last block sent.
  var number: UInt32 = 0
  /// The last block as it went, for a client that asks again.
  var lastResponse: [UInt8] = []
}

/// The octets of one or several answers, made as they are taken.
struct AnswerSource {
  enum Piece {
    case octets([UInt8])
    case rows(COSEMRows)
  }

  private var pieces: ArraySlice<Piece>
  /// The next row of the first piece, where that is of rows.
  private var row = 0
  /// Made and not yet taken: never more than a block and a row.
  private var made = AXDRWriter()

  init(_ pieces: [Piece]) { self.pieces = pieces[...] }

  /// Makes octets until there are `count`, or all.
  private mutating func make(_ count: Int) {
    while made.octets.count < count, let piece = pieces.first {
      switch piece {
      case .octets(let octets):
        made.raw(octets)
        pieces.removeFirst()
      case .rows(let rows):
        if row < rows.count {
          rows.append(row, &made)
          row += 1
        } else {
          pieces.removeFirst()
          row = 0
        }
      }
    }
  }

  /// Whether there are no more than so many.
  mutating func fits(_ count: Int) -> Bool {
    make(count + 1)
    return made.octets.count <= count
  }

  /// The next octets, at most `count`.
  mutating func take(_ count: Int) -> [UInt8] {
    make(count)
    let taken = Array(made.octets.prefix(count))
    made.octets.removeFirst(taken.count)
    return taken
  }

  var isAtEnd: Bool {
    mutating get {
      make(1)
      return made.octets.isEmpty
    }
  }
}

extension COSEMServer {
  func get(_ request: COSEMRequest, _ visit: Visit) -> [UInt8] {
    switch request {
    case .get(let id, let item):
      visit.association.longGet = nil
      do throws(DataAccessResult) {
        let source = AnswerSource(Self.pieces(of: try fetch(item, visit)))
        return start(source, id, alone: [COSEMService.get.row.response, 1, id.rawValue, 0], visit)
      } catch { return COSEMResponse.get(id, .error(error)).encoded }
    case .getList(let id, let items):
      visit.association.longGet = nil
      var count = AXDRWriter()
      count.length(items.count)
      var pieces: [AnswerSource.Piece] = [.octets(count.octets)]
      for item in items {
        do throws(DataAccessResult) {
          pieces += [.octets([0])] + Self.pieces(of: try fetch(item, visit))
        } catch { pieces.append(.octets([1, error.rawValue])) }
      }
      let head = [COSEMService.get.row.response, 3, id.rawValue]
      return start(AnswerSource(pieces), id, alone: head, visit)
    case .getNext(let id, let number): return next(id, number, visit)
    default: return COSEMException.notSupported.octets
    }
  }

  private static func pieces(of answer: COSEMAnswer) -> [AnswerSource.Piece] {
    switch answer {
    case .value(let value): [.octets(value.encoded)]
    case .rows(let rows): [.octets(rows.head), .rows(rows)]
    }
  }

  /// In one message where it fits, else the first block.
  private func start(_ source: AnswerSource, _ id: InvokeID, alone head: [UInt8], _ visit: Visit) -> [UInt8] {
    var source = source
    let room = visit.room - head.count
    if source.fits(max(room, 0)) { return head + source.take(room) }
    guard visit.association.conformance.contains(.blockTransferWithGet) else {
      return COSEMException.tooLong.octets
    }
    visit.association.longGet = LongGet(id: id, source: source)
    return sendBlock(visit)
  }

  /// Tag, choice, invoke-id, last, number, choice and the longest length of a block.
  private static let blockHead = 3 + 1 + 4 + 1 + 3

  private func sendBlock(_ visit: Visit) -> [UInt8] {
    guard var long = visit.association.longGet else { return COSEMException.notAllowed.octets }
    var octets = long.source.take(visit.room - Self.blockHead)
    long.number &+= 1
    if long.number == losesBlock, !long.source.isAtEnd {
      octets = long.source.take(visit.room - Self.blockHead)
      long.number &+= 1
    }
    let isLast = long.source.isAtEnd
    let response = COSEMResponse.getBlock(
      long.id, COSEMBlock(isLast: isLast, number: long.number, octets: octets)
    ).encoded
    long.lastResponse = response
    // The last block is kept too, for a client that missed it.
    visit.association.longGet = long
    return response
  }

  private func next(_ id: InvokeID, _ number: UInt32, _ visit: Visit) -> [UInt8] {
    guard var long = visit.association.longGet, long.id.number == id.number else {
      return COSEMResponse.getBlockError(id, number: number, .noLongGet).encoded
    }
    if number == long.number {
      if long.source.isAtEnd {
        visit.association.longGet = nil
        return COSEMResponse.getBlockError(id, number: number, .noLongGet).encoded
      }
      return sendBlock(visit)
    }
    if settings.repeatsBlocks, number &+ 1 == long.number { return long.lastResponse }
    visit.association.longGet = nil
    return COSEMResponse.getBlockError(id, number: number, .blockNumberInvalid).encoded
  }
}
