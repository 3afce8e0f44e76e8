using System.Text.Json;
using Plura.Platform;
using Plura.Privacy.Data;
using Plura.Ui;

namespace Plura.Privacy;

/// <summary>Turns entries into sentences, with the names that people and things have now.</summary>
public sealed class ActivitySentences(ActBook acts, IEnumerable<INameThings> namers, IEnumerable<IModule> modules, IServiceProvider services)
{
    private const string About = "{about}";
    private readonly Dictionary<string, INameThings> byKind = namers.ToDictionary(n => n.Kind, StringComparer.Ordinal);

    /// <summary>Outside any account only people who sign in and accounts have names; whatever else an entry is about stays unnamed there.</summary>
    private static readonly HashSet<string> NamedAtTheDesk = new(["person", "account"], StringComparer.Ordinal);

    public Task<IReadOnlyList<ActivityLine>> Of(IReadOnlyList<AuditEntry> entries, CancellationToken ct) => Of(entries, _ => true, desk: false, ct);

    /// <summary>Entries of the installation's own log.</summary>
    public Task<IReadOnlyList<ActivityLine>> AtTheDesk(IReadOnlyList<AuditEntry> entries, CancellationToken ct) => Of(entries, NamedAtTheDesk.Contains, desk: true, ct);

    private async Task<IReadOnlyList<ActivityLine>> Of(IReadOnlyList<AuditEntry> entries, Func<string, bool> named, bool desk, CancellationToken ct)
    {
        var asked = entries.SelectMany(Things).Distinct().ToLookup(a => a.Kind, a => a.Id, StringComparer.Ordinal);
        var names = new Dictionary<(string Kind, Guid Id), NamedThing>();
        foreach (var kind in asked.Where(a => named(a.Key) && byKind.ContainsKey(a.Key)))
        {
            foreach (var (id, name) in await byKind[kind.Key].Names([.. kind], ct))
                names[(kind.Key, id)] = name;
        }

        return [.. entries.Select(e => Line(e, names, desk))];
    }

    /// <summary>Names of those who act, for a filter.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> Actors(IReadOnlyCollection<Guid> ids, CancellationToken ct)
    {
        var names = new Dictionary<Guid, string>();
        foreach (var kind in (string[])["person", "token", "app"])
        {
            if (byKind.TryGetValue(kind, out var namer))
            {
                foreach (var (id, thing) in await namer.Names(ids, ct))
                    names[id] = kind == "token" ? $"Program: {thing.Name}" : kind == "app" ? $"App: {thing.Name}" : thing.Name;
            }
        }

        return names;
    }

    private ActivityLine Line(AuditEntry entry, Dictionary<(string Kind, Guid Id), NamedThing> names, bool desk)
    {
        var words = acts.Find(entry.Act)?.Text ?? $"did “{entry.Act}”";
        var kind = KindOf(entry);
        var thing = entry.About is { } id && kind is not null ? names.GetValueOrDefault((kind, id)) : null;
        var at = words.IndexOf(About, StringComparison.Ordinal);
        var named = at < 0 ? null : thing?.Name ?? Nameless(entry, kind);
        return new ActivityLine(
            entry, Who(entry, names, desk), at < 0 ? words : words[..at], named, at < 0 ? null : thing?.Page, at < 0 ? "" : words[(at + About.Length)..], Details(entry, names));
    }

    /// <summary>What is gone is called so; what never was known is not called gone.</summary>
    private string Nameless(AuditEntry entry, string? kind) => entry.About is null
        ? kind switch { "person" => "somebody who is not known here", "invitation" => "several people", _ => "something" }
        : (kind is not null ? byKind.GetValueOrDefault(kind)?.Gone : null) ?? "something";

    /// <summary>Everything in an entry that may have a name: what it is about, who did it, and the facts that are ids.</summary>
    private IEnumerable<(string Kind, Guid Id)> Things(AuditEntry entry)
    {
        if (KindOf(entry) is { } kind && entry.About is { } about)
            yield return (kind, about);
        if (ActorKind(entry.ActorKind) is { } actor && entry.ActorId is { } who)
            yield return (actor, who);
        foreach (var (key, value) in Facts(entry))
        {
            if (Guid.TryParse(value, out var id))
                yield return (key, id);
        }
    }

    private static SortedDictionary<string, string> Facts(AuditEntry entry) => JsonSerializer.Deserialize<SortedDictionary<string, string>>(entry.Facts)!;

    /// <summary>In an account's log: from where somebody acted who did not act as one of its people. They must not read like a colleague.</summary>
    private static string? From(AuditEntry entry) =>
        Facts(entry).GetValueOrDefault(Audit.FromFact) is { } from ? from == "support" ? "as support" : "of the agency"
        : entry.Act.StartsWith("operator.", StringComparison.Ordinal) ? "at the operator’s desk"
        : entry.Act.StartsWith("agency.", StringComparison.Ordinal) ? "at the agency’s desk"
        : null;

    private string Who(AuditEntry entry, Dictionary<(string Kind, Guid Id), NamedThing> names, bool desk)
    {
        var name = ActorKind(entry.ActorKind) is { } kind && entry.ActorId is { } id ? names.GetValueOrDefault((kind, id))?.Name : null;
        return entry.ActorKind switch
        {
            "user" => (name ?? "Somebody who left") + (!desk && From(entry) is { } from ? $" ({from})" : ""),
            "token" => name is null ? "A program that was removed" : $"The program {name}",
            "app" => name is null ? "An app that was removed" : $"The app {name}",
            // By the name that its people know it by; only pages wear one.
            "system" => (services.GetService(typeof(Brand)) as Brand)?.Name ?? Brand.Own,
            _ => "A visitor",
        };
    }

    private string Details(AuditEntry entry, Dictionary<(string Kind, Guid Id), NamedThing> names) =>
        string.Join(" · ", Facts(entry).Select(fact => Detail(entry, fact.Key, fact.Value, names)).OfType<string>());

    private string? Detail(AuditEntry entry, string key, string value, Dictionary<(string Kind, Guid Id), NamedThing> names)
    {
        // An id that names nothing says nothing to whoever reads this.
        if (Guid.TryParse(value, out var id))
            return byKind.TryGetValue(key, out var namer) ? $"{Spoken(key)}: {names.GetValueOrDefault((key, id))?.Name ?? namer.Gone}" : null;
        return key switch
        {
            Audit.FromFact => null,
            "permission" => "Needs: " + Permission(value),
            "permissions" => "May: " + string.Join("; ", value.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Permission)),
            "count" => $"{value} at once",
            // The same word in an act of a team: how many belong to it.
            "people" when entry.Act == "account.keep_team" => value == "1" ? "1 person in it" : $"{value} people in it",
            "people" => value == "1" ? "1 person on the page" : $"{value} people on the page",
            "fields" => "Changed: " + string.Join(", ", value.Split(' ').Select(Spoken)),
            "role" or "sight" or "signals" => $"{Spoken(key)}: {Spoken(value)}",
            _ => $"{Spoken(key)}: {value}",
        };
    }

    private string Permission(string name) => modules.SelectMany(m => m.Permissions).FirstOrDefault(p => p.Name == name)?.Text ?? name;

    /// <summary><c>FirstName</c> is "first name".</summary>
    private static string Spoken(string name) => string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i > 0 ? " " : "") + char.ToLowerInvariant(c) : c == '_' ? " " : c.ToString()));

    private string? KindOf(AuditEntry entry) => entry.AboutKind ?? acts.KindOf(entry.Act);

    private static string? ActorKind(string kind) => kind switch { "user" => "person", "token" => "token", "app" => "app", _ => null };
}

/// <param name="Entry">As it was written.</param>
/// <param name="Who">Begins the sentence.</param>
/// <param name="Before">What follows, up to the thing.</param>
/// <param name="Thing">The thing's name, or what to say where it is gone; null where the act is about nothing in particular.</param>
/// <param name="Page">The thing's page, relative to the account.</param>
/// <param name="After">The sentence's end.</param>
/// <param name="Details">Counts and names of settings.</param>
public sealed record ActivityLine(AuditEntry Entry, string Who, string Before, string? Thing, string? Page, string After, string Details)
{
    public string Sentence => $"{Who} {Before}{Thing}{After}";

    /// <summary>From where; a machine's own address is no network that anybody could look up.</summary>
    public string Where => Entry.Network switch { null => "–", "127.0.0.0/24" or "::/48" => "This machine", var network => network };
}
