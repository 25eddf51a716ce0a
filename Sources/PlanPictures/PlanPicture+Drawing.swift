import PlanInsight
import PlanModel

extension PlanPicture {
    /// Draws a plan's picture; `nil` where the plan has nothing to draw.
    public static func draw(_ name: PictureName, _ facts: PlanFacts, _ language: Language, style: PictureStyle) -> PlanPicture? {
        nil
    }
}
