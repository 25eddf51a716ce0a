import Markup

/// Links to the page before and after, and which records of how many are shown; nothing where all are.
struct Pager {
    let page: Page
    let start: Int
    let count: Int
    let size: Int
    /// The address of the page that begins with the record of that number.
    let address: (Int) -> String

    var markup: Markup {
        guard count > size else { return Markup() }
        let end = min(start + size, count)
        return el(.nav, .class("pager"), .aria("label", page.t("翻页", "Pages"))) {
            if start > 0 { el(.a, .class("btn s"), .href(address(max(0, start - size)))) { page.t("上一页", "Previous") } }
            el(.span) { page.t("第 \(start + 1)–\(end) 条，共 \(count) 条", "\(start + 1)–\(end) of \(count)") }
            if end < count { el(.a, .class("btn s"), .href(address(end))) { page.t("下一页", "Next") } }
        }
    }
}
