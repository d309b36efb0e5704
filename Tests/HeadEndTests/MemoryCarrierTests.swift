import HeadEnd
import Testing

struct MemoryCarrierTests {
  @Test("memory carries no byte through a descriptor")
  func bytes() {
    #expect(MemoryCarrier().depth == "memory")
    #expect(MemoryCarrier().bytesThroughDescriptors == 0)
  }
}
