import Markup
import PlanInsight
import PlanModel

/// A picture drawn from a plan, with the words that belong to it.
public struct PlanPicture: Sendable {
    public let name: PictureName
    /// What it is, for captions.
    public let title: String
    /// What it says, in a sentence: the text alternative.
    public let sentence: String
    public let markup: Markup
    /// In pixels at 96 to the inch.
    public let width: Double
    public let height: Double
    /// The size of its smallest words, in pixels; without words as of one that has them at any size.
    public let smallestWords: Double
    /// What part of the size that it could have on paper it is printed in.
    public private(set) var share = 1.0

    public init(
        name: PictureName, title: String, sentence: String, markup: Markup, width: Double, height: Double,
        smallestWords: Double = 10
    ) {
        self.name = name
        self.title = title
        self.sentence = sentence
        self.markup = markup
        self.width = width
        self.height = height
        self.smallestWords = smallestWords
    }

    /// The same, printed smaller.
    public func scaled(by share: Double) -> PlanPicture {
        var picture = self
        picture.share *= share
        return picture
    }
}
