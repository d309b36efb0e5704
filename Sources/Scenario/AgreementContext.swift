// What an agreement of a scenario leaves to be known from the rest of the story.

public import Settlement
public import Truth
public import Units

/// The story around an agreement, for its decoder.
public struct AgreementContext {
  /// Files named beside the scenario: prices.
  public var files: FileLoader
  /// Start of the story: what an agreement without its own start begins at.
  public var start: Instant
  /// The meters of the story, as a settlement party knows them.
  public var meters: [MeterDetails]
  /// Of the meter that is there for export, and of the one that is there for import only.
  public var exportMPAN: String?
  public var importMPAN: String?
  /// What generates there; an agreement that declares nothing else declares this.
  public var site: SiteDescription

  public init(
    files: FileLoader, start: Instant, meters: [MeterDetails], exportMPAN: String? = nil,
    importMPAN: String? = nil,
    site: SiteDescription
  ) {
    (self.files, self.start, self.meters) = (files, start, meters)
    (self.exportMPAN, self.importMPAN, self.site) = (exportMPAN, importMPAN, site)
  }
}
