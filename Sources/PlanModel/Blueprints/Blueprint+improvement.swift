extension Blueprint { public static let improvement = Blueprint("improvement", "improvement", "improvement", help: Label("", ""), chapters: []) }
