// swift-tools-version: 6.1
// libFuzzer over every decoder. A package of its own: the product is built without instrumentation.
// scripts/fuzz puts the product's sources and the targets of Tests/HeadEndTests/Fuzz beside it.
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .unsafeFlags(["-sanitize=fuzzer"]),
]

func module(_ name: String, _ imports: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: imports, swiftSettings: settings)
}

let package = Package(
  name: "fuzz",
  dependencies: [.package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2")],
  targets: [
    module("Units"),
    module("Timeline", ["Units"]),
    module("Wire", ["Units", .product(name: "Crypto", package: "swift-crypto")]),
    module("Line", ["Units", "Timeline"]),
    module("HeadEnd", ["Units", "Timeline", "Wire", "Line"]),
    .executableTarget(
      name: "Fuzz", dependencies: ["Units", "Timeline", "Wire", "Line", "HeadEnd"],
      swiftSettings: settings + [.unsafeFlags(["-parse-as-library"])],
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer"])]),
  ],
  swiftLanguageModes: [.v6]
)
