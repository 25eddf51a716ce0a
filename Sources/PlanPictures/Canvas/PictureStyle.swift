/// Where a picture is seen.
public enum PictureStyle: Sendable {
    /// In a page: colours follow the page's tokens, light and dark.
    case screen
    /// In a document: colours stand in the picture itself.
    case print
}
