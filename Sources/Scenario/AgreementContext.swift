// What an agreement of a scenario leaves to be known from the rest of the story.

internal import Settlement
internal import Truth

/// The story around an agreement, for its decoder.
struct AgreementContext {
  /// What facts need; its start is that of the story, at which an agreement without its own begins.
  var facts: FactContext
  /// The meters of the story, as a settlement party knows them.
  var meters: [MeterDetails]
  /// Of the meter that is there for export, and of the one that is there for import only.
  var exportMPAN: String?
  var importMPAN: String?
  /// What generates there; an agreement that declares nothing else declares this.
  var site: SiteDescription?
}
