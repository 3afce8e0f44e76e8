namespace Plura.Messaging;

/// <summary>Where in the HTML a merge field stands: it decides how its value is encoded.</summary>
public enum FieldContext
{
    /// <summary>Subject and preview: nothing is encoded, but no line break gets through.</summary>
    Plain,

    /// <summary>The body of a text: nothing is encoded, lines stay lines, and no other control character gets through.</summary>
    Lines,

    /// <summary>Between tags or in a quoted attribute.</summary>
    Html,

    /// <summary>The beginning of a link or an image address: only web, mail and telephone addresses may stand there.</summary>
    UrlStart,

    /// <summary>Inside an address, before its question mark.</summary>
    UrlPath,

    /// <summary>Inside an address, behind its question mark.</summary>
    UrlQuery,

    /// <summary>In a style attribute.</summary>
    Style,

    /// <summary>Where no encoding makes a value harmless: in a style sheet, a script, a tag or an unquoted attribute.</summary>
    Forbidden,
}
