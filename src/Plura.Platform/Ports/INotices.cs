namespace Plura.Platform;

/// <summary>Tells the account's people something, each as they chose: inside the app, by mail, on their devices, or not. Accounts implements it. Call it before SaveChanges.</summary>
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

    /// <summary>
    /// Tells of a thing by its id: its name is asked for each time somebody reads the notice, in their own sight, so that it is kept nowhere and whoever may not see
    /// the thing is told nothing. Of one kind about one thing at most one notice is open: what follows within <see cref="NoticeAbout.Gather"/> adds
    /// nothing, and what comes later takes its place. Saves by itself; of two that happen at once the second waits for the first.
    /// </summary>
    Task PostAbout(NoticeAbout notice, CancellationToken ct);

    /// <summary>What was told about a thing has been seen to: it leaves everybody's page, and what waits to be mailed or pushed does not go.</summary>
    Task Settle(string thing, Guid id, IReadOnlyCollection<string> kinds, CancellationToken ct);

    /// <summary>One of the account's people has the thing before their eyes: what they were told about it leaves their page.</summary>
    Task Seen(string thing, Guid id, Guid reader, CancellationToken ct);
}

/// <summary>A kind of news that people choose how to get; the module that tells it registers it as a service.</summary>
/// <param name="Kind">As in <see cref="INotices.Post"/>.</param>
/// <param name="Text">What happened, as the page of choices says it: "A campaign stopped by itself".</param>
/// <param name="MailToOwners">Whether the account's owners get it by mail until they choose otherwise. In the app everybody gets it.</param>
public sealed record NoticeKind(string Kind, string Text, bool MailToOwners)
{
    /// <summary>Under which heading it is chosen: what people call the part of the product that tells it.</summary>
    public string Area { get; init; } = "The account";

    /// <summary>What somebody must be allowed in the account to be told; null where everybody is.</summary>
    public string? Permission { get; init; }

    /// <summary>Whether it comes to the devices on which somebody turned notifications on, until they choose otherwise.</summary>
    public bool Pushes { get; init; }
}

/// <summary>Who has things of one kind before their eyes just now; the module that knows it registers it as a service. Nobody is disturbed about what they look at.</summary>
public interface IKnowWhoLooks
{
    /// <summary>As <see cref="NoticeAbout.Thing"/>.</summary>
    string Thing { get; }

    Task<bool> Looks(Guid id, Guid user, CancellationToken ct);
}

/// <summary>News about one thing.</summary>
/// <param name="Kind">As in <see cref="INotices.Post"/>.</param>
/// <param name="Text">The sentence they read, with <c>{about}</c> where the thing's name stands: <c>{about} wrote to you.</c></param>
/// <param name="Thing">What it is, as some <see cref="INameThings"/> knows it: <c>conversation</c>. Its name gives the link too.</param>
/// <param name="Id">Which.</param>
public sealed record NoticeAbout(string Kind, string Text, string Thing, Guid Id)
{
    /// <summary>The only person whom it concerns; null for all who may be told.</summary>
    public Guid? User { get; init; }

    /// <summary>How long what follows is part of the same news. A reader whom it is for alone, and who has put it away, hears of the next at once.</summary>
    public TimeSpan Gather { get; init; } = TimeSpan.FromMinutes(15);
}
