import Foundation
import PlanExchange
import PlanInsight
import PlanModel
import PlanPictures
import Testing
import WorkingTime

/// The sales plan of the samples with the order list beside it.
@Suite("Customers and sales of the sample plan")
struct SampleSalesTests {
    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Samples")

    private func facts() throws -> PlanFacts {
        let workspace = try WorkspaceFolder.read(Self.folder.path)
        let (key, today) = (try #require(PlanKey("service-sales-2026")), try #require(Day("2026-11-20")))
        return try #require(PlanFacts(key, in: workspace, today: today))
    }

    @Test("the order list is of real size, read without a bad row, and its months are what the plan says was signed")
    func orders() throws {
        let facts = try facts()
        let orders = try #require(facts.customers.first).orders.get()
        #expect(orders.table.orders.count > 2_900 && orders.table.badRowCount == 0)
        let total = try #require(facts.plan.all(SalesTarget.self).first { $0.isTotal == true })
        for (month, signed) in (total.actual?.points ?? []) + (total.lastYear?.points ?? []) {
            let sum = orders.table.orders.reduce(0.0) { sum, order in
                let day = Day(number: order.day)
                return sum + (day.year == month.year && day.month == month.month ? order.amount ?? 0 : 0)
            }
            #expect(sum == (signed * 10_000).rounded(), "\(month)")
        }
    }

    @Test("the purchase model fits, and what it expects of half a year is of the size of the last")
    func model() throws {
        let orders = try #require(try facts().customers.first).orders.get()
        let report = orders.report
        #expect(try #require(report.purchases).isInside && report.notes.isEmpty)
        let last = orders.table.orders.filter { $0.day > Int(orders.days.upperBound.number) - 182 }
        let expected = try #require(report.expectedOrders)
        // New customers are not foreseen, so it is less.
        #expect(expected > 0.4 * Double(last.count) && expected < Double(last.count))
        #expect(orders.monthsPerPeriod == 3 && orders.cohorts.cohorts.count == 9)
    }

    @Test(
        "customers are drawn for page and paper in both languages, each with what it says",
        arguments: [PictureName.cohorts, .unitEconomics, .promoterScores, .funnel, .campaignMap, .budgetShift, .salesWaterfall])
    func pictures(name: PictureName) throws {
        let facts = try facts()
        for language in Language.allCases {
            for style in [PictureStyle.screen, .print] {
                let picture = try #require(PlanPicture.draw(name, facts, language, style: style))
                #expect(picture.sentence.count > 20 && picture.width <= 966)
            }
        }
    }
}
