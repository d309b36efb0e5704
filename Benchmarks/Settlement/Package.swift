// swift-tools-version: 6.1
// How fast half-hours are settled. A package of its own, so that the product's has no benchmark in it;
// scripts/bench-settlement puts the sources beside it: Units, Settlement and BenchSettlement.
import PackageDescription

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "bench-settlement",
  targets: [
    .target(name: "Units", swiftSettings: settings),
    .target(name: "Settlement", dependencies: ["Units"], swiftSettings: settings),
    .executableTarget(
      name: "BenchSettlement", dependencies: ["Units", "Settlement"], swiftSettings: settings),
  ],
  swiftLanguageModes: [.v6]
)
