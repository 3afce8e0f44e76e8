namespace Plura.Platform;

/// <summary>Tells the account's people something inside the app. Accounts implements it. Call it before SaveChanges.</summary>
public interface INotices
{
    /// <param name="kind">A stable word: <c>campaign_paused</c>, <c>import_done</c>.</param>
    /// <param name="text">The sentence they read.</param>
    /// <param name="link">Where it leads, relative to the account (<c>campaigns/…</c>), or null.</param>
    void Post(string kind, string text, string? link);

    /// <summary>The same, unless a notice of the kind is still unread: a hundred failures are one piece of news.</summary>
    Task PostOnce(string kind, string text, string? link, CancellationToken ct);
}
