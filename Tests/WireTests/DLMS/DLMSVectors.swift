// Octets that other implementations wrote, and helpers to check a decoder of whole messages with them.

import BackspinTesting
import Testing
import Wire

/// Octets from hexadecimal digits.
func octets(_ hex: String) -> [UInt8] { COSEMKeys.octets(hex) ?? [] }

enum DLMSVectors {
  /// The keys and titles of the examples in the DLMS UA's Green Book, which dlms-cosem tests with too.
  static let encryption = octets("000102030405060708090A0B0C0D0E0F")
  static let authentication = octets("D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF")
  static let clientTitle = octets("4D4D4D0000BC614E")
  static let serverTitle = octets("4D4D4D0000000001")
  static let keys = COSEMKeys(encryption: encryption, authentication: authentication)

  /// Feeds whole messages in every way they may be cut; a message that is cut short must be refused.
  static func verify<Message: Equatable>(
    _ examples: [(String, Message)], sourceLocation: SourceLocation = #_sourceLocation,
    _ decode: @escaping ([UInt8]) throws -> Message
  ) {
    let verifier = DecoderVerifier<Message>(finishing: {
      let held = Held()
      return (
        feed: { chunk in
          held.octets += chunk
          return []
        }, finish: { [try decode(held.octets)] }
      )
    })
    verifier.expect(
      examples.map { .init(octets($0.0), [$0.1], sourceLocation: sourceLocation) }, joined: false,
      sourceLocation: sourceLocation)
  }

  private final class Held {
    var octets: [UInt8] = []
  }
}
