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

extension PlanPicture {
    /// In mm: as wide as the type area and as high as a page with its caption, upright or turned sideways.
    public static func room(isTurned: Bool) -> (width: Double, height: Double) { isTurned ? (253, 144) : (156, 205) }

    /// How large it is printed, in mm to the pixel: within the room there is, and no larger than on the screen.
    public static func scale(width: Double, height: Double, isTurned: Bool) -> Double {
        let room = room(isTurned: isTurned)
        return min(room.width / width, room.height / height, 25.4 / 96)
    }

    /// The size that words of a picture have to have, in pixels, so that they have 6.5 pt on paper, rounded up. Of a large picture, which is turned
    /// sideways, no more than stays readable only so.
    static func leastWords(width: Double, height: Double) -> Double {
        func pixels(_ points: Double, isTurned: Bool) -> Double {
            points * 25.4 / 72 / scale(width: width, height: height, isTurned: isTurned)
        }
        let upright = pixels(6.51, isTurned: false)
        return upright <= largest ? upright : min(pixels(6.51, isTurned: true), largest)
    }

    /// Larger than this the small words of a picture are not made, in pixels.
    private static let largest = 11.3
}
