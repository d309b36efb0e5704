// A site by itself: a file with nothing but `site:` and, if it likes, `from:` and `until:`. It is read as a
// scenario's site is, and no story need be told round it.
//
//   from: 2025-06-21T00:00+01:00
//   until: 2025-06-22T00:00+01:00
//   site: {place: {latitude: 51.5, longitude: -0.13}, generation: [ … ]}

public import Truth
public import Units

/// A described site and when it is looked at.
public struct SiteFile: Hashable, Sendable {
  public var site: SiteDescription
  /// Nil where the file does not say.
  public var from: Instant?
  public var until: Instant?

  private static let keys: Set = ["site", "from", "until"]

  /// Nil where the file has more in it: it is a scenario then. Throws `Diagnostics`.
  public init?(_ path: String, library: Library) throws {
    let text: String
    do {
      text = try library.reader.text(of: path)
    } catch {
      // A scenario's reader says it better.
      return nil
    }
    do {
      let root = try Node.parse(text, file: path)
      guard case .map(let entries) = root.content, entries.contains(where: { $0.key == "site" }),
        Set(entries.map(\.key)).isSubset(of: Self.keys)
      else { return nil }
      var fields = try Fields(root, of: "a site's file")
      site = try SiteDescription(
        try fields.required("site"), files: FileLoader(library.reader, besides: path))
      from = try fields.optional("from")?.quantity("the start")
      until = try fields.optional("until")?.quantity("the end")
      try fields.finish()
    } catch let one as Diagnostic {
      throw Diagnostics([one])
    }
  }
}
