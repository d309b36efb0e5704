// swift-tools-version: 6.1
// How fast sites are modelled. A package of its own, so that the product's has no benchmark in it;
// scripts/bench-site puts the sources beside it: Units, Timeline, Truth, Wire, MeterModel and BenchSite.
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

func module(_ name: String, _ imports: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: imports, swiftSettings: settings)
}

let package = Package(
  name: "bench-site",
  dependencies: [.package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2")],
  targets: [
    module("Units"),
    module("Timeline", ["Units"]),
    module("Truth", ["Units", "Timeline"]),
    module("Wire", ["Units", .product(name: "Crypto", package: "swift-crypto")]),
    module("MeterModel", ["Units", "Timeline", "Wire"]),
    .executableTarget(
      name: "BenchSite", dependencies: ["Units", "Timeline", "Truth", "MeterModel"],
      swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)
