using Microsoft.EntityFrameworkCore;
using Plura.Accounts.Data;
using Plura.Platform;

namespace Plura.Accounts;

/// <summary>What one person has not read yet of the scope's account, in their own sight.</summary>
public sealed class OpenNotices(PluraDb db, NoticeBook book, NoticeWords words)
{
    /// <summary>More of them nobody reads one by one.</summary>
    private const int Most = 100;

    /// <summary>What waits for somebody, by whatever way: not what was said before they came, nor what they have read, nor what has been seen to.</summary>
    public static IQueryable<Notice> Waiting(PluraDb db, Guid user)
    {
        var (readings, members) = (db.NoticeReadings, db.Memberships);
        return db.Notices.Where(n => (n.UserId == null || n.UserId == user) && n.SettledAt == null && !readings.Any(r => r.NoticeId == n.Id && r.UserId == user)
            && !members.Any(m => m.AccountId == n.TenantId && m.UserId == user && m.Since >= n.At));
    }

    /// <summary>Newest first, with what they say; without the kinds that the person does not want in the app, and what they may not know.</summary>
    public async Task<IReadOnlyList<ToldNotice>> Of(Actor reader, CancellationToken ct)
    {
        if (reader.Id is not { } user)
            return [];
        var (choices, hidden) = (db.NoticeChoices, book.Hidden(reader.May));
        return await words.Of(await Waiting(db, user).AsNoTracking().Where(n => !hidden.Contains(n.Kind) && !choices.Any(c => c.UserId == user && c.Kind == n.Kind && !c.InApp))
            .OrderByDescending(n => n.At).Take(Most).ToListAsync(ct), ct);
    }
}

/// <summary>A notice as somebody reads it.</summary>
/// <param name="Notice">The row.</param>
/// <param name="Text">The whole sentence.</param>
/// <param name="Title">The subject of its mail.</param>
/// <param name="Link">Where it leads, relative to the account; null where it leads nowhere.</param>
/// <param name="Discreet">The sentence without anybody's name, for a screen that others see.</param>
public sealed record ToldNotice(Notice Notice, string Text, string Title, string? Link, string Discreet);

/// <summary>Puts the names of things into notices, in the sight of the scope. What cannot be seen is left out with its notice.</summary>
public sealed class NoticeWords(IEnumerable<INameThings> namers)
{
    private const string Name = "{about}";

    public async Task<IReadOnlyList<ToldNotice>> Of(IReadOnlyCollection<Notice> notices, CancellationToken ct)
    {
        var names = new Dictionary<(string, Guid), NamedThing>();
        foreach (var things in notices.Where(n => n.Thing is not null).GroupBy(n => n.Thing!, StringComparer.Ordinal))
        {
            if (namers.FirstOrDefault(n => n.Kind == things.Key) is not { } namer)
                continue;
            foreach (var (id, name) in await namer.Names([.. things.Select(n => n.ThingId!.Value).Distinct()], ct))
                names[(things.Key, id)] = name;
        }

        return [.. notices.Select(n => Of(n, names)).OfType<ToldNotice>()];
    }

    private static ToldNotice? Of(Notice notice, Dictionary<(string, Guid), NamedThing> names)
    {
        if (notice.Thing is not { } thing)
            return new ToldNotice(notice, notice.Text, notice.Title ?? notice.Text, notice.Link, notice.Text);
        if (!names.TryGetValue((thing, notice.ThingId!.Value), out var named))
            return null;
        var text = notice.Text.Replace(Name, named.Name, StringComparison.Ordinal);
        var somebody = notice.Text.StartsWith(Name, StringComparison.Ordinal) ? "Somebody" : "somebody";
        return new ToldNotice(notice, text, text.TrimEnd('.'), named.Page, notice.Text.Replace(Name, somebody, StringComparison.Ordinal));
    }
}
