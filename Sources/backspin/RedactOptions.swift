// `--redact`: MPANs and serial numbers masked in everything that a command prints or writes.

internal import ArgumentParser
internal import HostIO
internal import Runner
internal import Scenario

struct RedactOptions: ParsableArguments {
  @Flag(
    help: ArgumentHelp(
      "Mask MPANs and serial numbers in all that is printed or written: the same one always gets the same mask "
        + "(key in .backspin/redact-key)."))
  var redact = false

  private static let keyFile = ".backspin/redact-key"

  /// Masks by the key of this folder; nil where nothing is masked.
  func redactor() throws -> Redactor? {
    guard redact else { return nil }
    return Redactor(key: try Self.key())
  }

  /// The key of this folder, made where there is none.
  static func key() throws -> (UInt64, UInt64) {
    do { return try SecretKey(at: keyFile).words } catch { throw Failure("\(error)") }
  }

  /// Runs a command's work; what it complains of is masked too.
  func masking(_ body: (inout Redactor?) throws -> Void) throws {
    var redactor = try redactor()
    do {
      try body(&redactor)
    } catch let exit as ExitCode {
      throw exit
    } catch {
      guard let redactor else { throw error }
      let failure = error as? Failure
      throw Failure(redactor.cautious(failure?.message ?? "\(error)"), failure?.code ?? Outcomes.invalid)
    }
  }
}
