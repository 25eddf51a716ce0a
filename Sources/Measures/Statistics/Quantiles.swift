/// The quantile of values in ascending order, linear between neighbours.
///
/// - Parameter probability: 0…1.
/// - Returns: `nil` without values.
/// - Source: Hyndman & Fan 1996, definition 7, which NumPy, R and spreadsheets take.
public func linearQuantile(ofSorted values: [Double], _ probability: Double) -> Double? {
    guard !values.isEmpty, probability >= 0, probability <= 1 else { return nil }
    let place = probability * Double(values.count - 1)
    let below = min(Int(place), values.count - 1)
    let above = min(below + 1, values.count - 1)
    let low = values[below]
    let part = place - Double(below)
    return part == 0 ? low : low + part * (values[above] - low)
}

/// The median; the mean of the middle two of an even number. `nil` without values.
public func median(_ values: [Double]) -> Double? { linearQuantile(ofSorted: values.sorted(), 0.5) }
