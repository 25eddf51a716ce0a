extension Array {
    /// Elements alike put together, in the order in which the first of each comes.
    public func grouped<Mark: Hashable>(by mark: (Element) -> Mark) -> [[Element]] {
        let groups = Dictionary(grouping: self, by: mark)
        var seen: Set<Mark> = []
        return map(mark).filter { seen.insert($0).inserted }.compactMap { groups[$0] }
    }
}
