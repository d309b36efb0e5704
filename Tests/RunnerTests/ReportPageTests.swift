// What the HTML report draws and says of a story of facts: no plot where there is no truth to plot, and a bar
// for what became of the energy in each statement.

import Report
import Runner
import Testing

@Suite("The report of a settled story")
struct ReportPageTests {
  static func page(of id: String) throws -> String {
    let file = try ShippedStoriesTests.file(id)
    let record = StoryBench.run(file)
    return HTMLPage.document(RunRecord(depth: "memory", seed: 1, stories: [record]))
  }

  @Test("a statement is a row of bars, each with its amount or the reason why it is not paid")
  func strip() throws {
    let page = try Self.page(of: "error-and-abuse/error")
    #expect(page.contains("<svg class=\"chart strip\""))
    #expect(page.contains("<g class=\"bar paid\"><title>paid: "))
    #expect(page.contains(">£10.00</text>"))
    #expect(page.contains("<g class=\"bar held\"><title>held: "))
    #expect(page.contains(">WHLD_ERROR</text>"))
    #expect(page.contains(">withholding-ordered</text>"))
    #expect(!page.contains("Export since the start"), "nobody knows what truly flowed")
  }

  @Test("a story with a site has its plot of the truth, and the bars below it")
  func plot() throws {
    let page = try Self.page(of: "smets2-quarter")
    #expect(page.contains("Export since the start"))
    #expect(page.contains("<svg class=\"chart strip\""))
  }

  @Test("VAT and gross stand under the net, and payments and duties are there to be unfolded")
  func money() throws {
    // Net £13.00 + £17.00, VAT 20 % of £17.00.
    let page = try Self.page(of: "vat-mid-quarter/registered")
    for text in [
      "<td>VAT</td>", ">£3.40</td>", "<td>gross</td>", ">£33.40</td>", "<summary>1 payment</summary>",
      "obligations</summary>",
    ] { #expect(page.contains(text), "\(text)") }
    #expect(!page.contains("<td>payable</td>"), "it is the gross")
  }
}
