// The pictures that came with a story's reads, as images inside the page: an image of its own keeps the names
// of one drawing's shades apart from another's.

internal import Faces
internal import MeterModel
internal import Runner
internal import Units

struct HTMLPhotos {
  private let story: StoryRecord

  /// More pictures than these are in the run's JSON by their values only.
  private static let most = 6

  init(_ story: StoryRecord) { self.story = story }

  var html: String {
    let photographs = story.evidence.photographs
    guard !photographs.isEmpty else { return "" }
    let figures = photographs.prefix(Self.most).map(figure).joined()
    let cut = photographs.count > Self.most ? "; the first \(Self.most)" : ""
    return HTMLText.folded(
      "\(photographs.count) \(photographs.count == 1 ? "photograph" : "photographs")\(cut)",
      "<div class=\"photos\">\(figures)</div>")
  }

  private func figure(_ one: TakenPhotograph) -> String {
    let words = "\(one.photo.serial), \(one.photo.register.rawValue) \(one.photo.value), \(one.at)"
    let bytes = Array(PhotoDrawing.svg(one.photograph).utf8)
    return "<figure><img alt=\"\(HTMLText.escaped(words))\" "
      + "src=\"data:image/svg+xml;base64,\(Base64.text(bytes))\">"
      + "<figcaption>\(HTMLText.escaped(words))</figcaption></figure>"
  }
}

/// Bytes as text for a data address (RFC 4648, section 4).
enum Base64 {
  private static let letters = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func text(_ bytes: [UInt8]) -> String {
    var out: [UInt8] = []
    out.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      let bits = group.reduce(0) { $0 << 8 | Int($1) } << (8 * (3 - group.count))
      for place in 0..<4 {
        let isThere = place <= group.count
        out.append(isThere ? letters[bits >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
      }
    }
    return String(decoding: out, as: UTF8.self)
  }
}
