namespace Plura.Accounts;

/// <summary>Where people wanted to go before we asked them who they are.</summary>
internal static class WayBack
{
    /// <summary>Only an address of our own is followed: "//elsewhere" and "/\elsewhere" are other sites, and browsers drop tabs and line breaks.</summary>
    public static string Or(string? path, string otherwise) =>
        path is ['/', ..] and not ['/', '/', ..] and not ['/', '\\', ..] && !path.Any(char.IsControl) ? path : otherwise;

    /// <summary>The same as a query, to be carried along.</summary>
    public static string Query(string? path) => Or(path, "") is { Length: > 0 } ours ? "?return=" + Uri.EscapeDataString(ours) : "";
}
