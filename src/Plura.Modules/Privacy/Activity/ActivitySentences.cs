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

    public Task<IReadOnlyList<ActivityLine>> Of(IReadOnlyList<AuditEntry> entries, CancellationToken ct) => Of(entries, _ => true, ct);

    /// <summary>Entries of the installation's own log.</summary>
    public Task<IReadOnlyList<ActivityLine>> AtTheDesk(IReadOnlyList<AuditEntry> entries, CancellationToken ct) => Of(entries, NamedAtTheDesk.Contains, ct);

    private async Task<IReadOnlyList<ActivityLine>> Of(IReadOnlyList<AuditEntry> entries, Func<string, bool> named, CancellationToken ct)
    {
        var asked = entries.Select(e => (Kind: KindOf(e), Id: e.About)).Concat(entries.Select(e => (Kind: ActorKind(e.ActorKind), Id: e.ActorId)))
            .Where(a => a is { Kind: not null, Id: not null }).Select(a => (Kind: a.Kind!, Id: a.Id!.Value)).Distinct().ToLookup(a => a.Kind, a => a.Id, StringComparer.Ordinal);
        var names = new Dictionary<(string Kind, Guid Id), NamedThing>();
        foreach (var kind in asked.Where(a => named(a.Key) && byKind.ContainsKey(a.Key)))
        {
            foreach (var (id, name) in await byKind[kind.Key].Names([.. kind], ct))
                names[(kind.Key, id)] = name;
        }

        return [.. entries.Select(e => Line(e, names))];
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

    private ActivityLine Line(AuditEntry entry, Dictionary<(string Kind, Guid Id), NamedThing> names)
    {
        var words = acts.Find(entry.Act)?.Text ?? $"did “{entry.Act}”";
        var kind = KindOf(entry);
        var thing = entry.About is { } id && kind is not null ? names.GetValueOrDefault((kind, id)) : null;
        var at = words.IndexOf(About, StringComparison.Ordinal);
        var named = at < 0 ? null : thing?.Name ?? (kind is not null ? byKind.GetValueOrDefault(kind)?.Gone : null) ?? "something";
        return new ActivityLine(
            entry, Who(entry, names), at < 0 ? words : words[..at], named, at < 0 ? null : thing?.Page, at < 0 ? "" : words[(at + About.Length)..], Details(entry));
    }

    private string Who(AuditEntry entry, Dictionary<(string Kind, Guid Id), NamedThing> names)
    {
        var name = ActorKind(entry.ActorKind) is { } kind && entry.ActorId is { } id ? names.GetValueOrDefault((kind, id))?.Name : null;
        return entry.ActorKind switch
        {
            "user" => name ?? "Somebody who left",
            "token" => name is null ? "A program that was removed" : $"The program {name}",
            "app" => name is null ? "An app that was removed" : $"The app {name}",
            // By the name that its people know it by; only pages wear one.
            "system" => (services.GetService(typeof(Brand)) as Brand)?.Name ?? Brand.Own,
            _ => "A visitor",
        };
    }

    private string Details(AuditEntry entry) => string.Join(" · ", JsonSerializer.Deserialize<SortedDictionary<string, string>>(entry.Facts)!.Select(fact => fact.Key switch
    {
        "permission" => "Needs: " + (modules.SelectMany(m => m.Permissions).FirstOrDefault(p => p.Name == fact.Value)?.Text ?? fact.Value),
        "count" => $"{fact.Value} at once",
        "people" => fact.Value == "1" ? "1 person on the page" : $"{fact.Value} people on the page",
        "fields" => "Changed: " + string.Join(", ", fact.Value.Split(' ').Select(Spoken)),
        _ => $"{Spoken(fact.Key)}: {fact.Value}",
    }));

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
}
