namespace Plura.Platform;

/// <summary>Tells the account's people something, each as they chose: inside the app, by mail, or not. Accounts implements it. Call it before SaveChanges.</summary>
public interface INotices
{
    /// <param name="kind">A stable word: <c>campaign_paused</c>, <c>import_done</c>. Some module registers a <see cref="NoticeKind"/> of it.</param>
    /// <param name="text">The sentence they read.</param>
    /// <param name="link">Where it leads, relative to the account (<c>campaigns/…</c>), or null.</param>
    /// <param name="title">The subject of its mail; null for the text itself.</param>
    void Post(string kind, string text, string? link, string? title = null);

    /// <summary>The same for one of the account's people, and nobody else.</summary>
    void PostTo(Guid user, string kind, string text, string? link, string? title = null);

    /// <summary>The same, unless a notice of the kind is still unread: a hundred failures are one piece of news.</summary>
    Task PostOnce(string kind, string text, string? link, CancellationToken ct);
}

/// <summary>A kind of news that people choose how to get; the module that tells it registers it as a service.</summary>
/// <param name="Kind">As in <see cref="INotices.Post"/>.</param>
/// <param name="Text">What happened, as the page of choices says it: "A campaign stopped by itself".</param>
/// <param name="MailToOwners">Whether the account's owners get it by mail until they choose otherwise. In the app everybody gets it.</param>
public sealed record NoticeKind(string Kind, string Text, bool MailToOwners);
