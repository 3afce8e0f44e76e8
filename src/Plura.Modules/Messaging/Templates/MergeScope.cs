using Scriban.Runtime;

namespace Plura.Messaging;

/// <summary>What a template may read about one letter to one person; nothing else exists for it.</summary>
/// <param name="Contact">The recipient's fields under the names templates use.</param>
public sealed record MergeScope(IReadOnlyDictionary<string, object?> Contact, MergeAccount Account, ILetterUrls Urls)
{
    /// <summary>The value of a path, or null where there is none.</summary>
    public object? Find(IReadOnlyList<string> path) => path switch
    {
        ["contact", var name] => Contact.GetValueOrDefault(name),
        ["contact", "fields", var name] => Custom(name),
        ["account", "name"] => Account.Name,
        ["account", "postal_address"] => Account.PostalAddress,
        ["account", "sender_name"] => Account.SenderName,
        ["account", "phone"] => Account.Phone,
        ["account", "website"] => Account.Website,
        ["unsubscribe_url"] => Urls.Unsubscribe,
        ["preferences_url"] => Urls.Preferences,
        [LetterLinks.Variable, LetterLinks.Open] => Urls.Open,
        [LetterLinks.Variable, LetterLinks.Decoy] => Urls.Link(LetterLinks.DecoyNumber),
        [LetterLinks.Variable, var link] when LetterLinks.Number(link) is { } number => Urls.Link(number),
        _ => null,
    };

    /// <summary>The same for Scriban, copied into plain values so that no object of ours is reachable.</summary>
    public ScriptObject ToScript(int links)
    {
        var contact = new ScriptObject();
        foreach (var (name, value) in Contact)
            contact[name] = name == "fields" ? new ScriptObject() : Plain(value);
        var custom = new ScriptObject();
        foreach (var (name, value) in CustomFields())
            custom[name] = Plain(value);
        contact["fields"] = custom;

        var tracked = new ScriptObject { [LetterLinks.Open] = Urls.Open, [LetterLinks.Decoy] = Urls.Link(LetterLinks.DecoyNumber) };
        for (var number = 0; number < links; number++)
            tracked[LetterLinks.Name(number)] = Urls.Link(number);
        return new ScriptObject
        {
            ["contact"] = contact,
            ["account"] = new ScriptObject { ["name"] = Account.Name, ["postal_address"] = Account.PostalAddress, ["sender_name"] = Account.SenderName, ["phone"] = Account.Phone, ["website"] = Account.Website },
            ["unsubscribe_url"] = Urls.Unsubscribe,
            ["preferences_url"] = Urls.Preferences,
            [LetterLinks.Variable] = tracked,
        };
    }

    private object? Custom(string name) => Contact.GetValueOrDefault("fields") switch
    {
        IReadOnlyDictionary<string, object?> fields => fields.GetValueOrDefault(name),
        IReadOnlyDictionary<string, string> fields => fields.GetValueOrDefault(name),
        System.Text.Json.JsonElement { ValueKind: System.Text.Json.JsonValueKind.Object } json => json.TryGetProperty(name, out var value) ? value : null,
        _ => null,
    };

    private IEnumerable<KeyValuePair<string, object?>> CustomFields() => Contact.GetValueOrDefault("fields") switch
    {
        IReadOnlyDictionary<string, object?> fields => fields,
        IReadOnlyDictionary<string, string> fields => fields.Select(f => KeyValuePair.Create(f.Key, (object?)f.Value)),
        System.Text.Json.JsonElement { ValueKind: System.Text.Json.JsonValueKind.Object } json => json.EnumerateObject().Select(p => KeyValuePair.Create(p.Name, (object?)p.Value)),
        _ => [],
    };

    private static object? Plain(object? value) => value switch
    {
        null or string or bool or int or long or decimal or double => value,
        System.Text.Json.JsonElement { ValueKind: System.Text.Json.JsonValueKind.Number } json => json.GetDecimal(),
        System.Text.Json.JsonElement { ValueKind: System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False } json => json.GetBoolean(),
        System.Text.Json.JsonElement { ValueKind: System.Text.Json.JsonValueKind.Null } => null,
        IEnumerable<string> list => new ScriptArray(list),
        _ => FieldEncoding.Text(value),
    };
}

public sealed record MergeAccount(string Name, string SenderName, string? PostalAddress)
{
    public string? Phone { get; init; }

    /// <summary>As readers type it: without https:// in front.</summary>
    public string? Website { get; init; }
}

/// <summary>The addresses that only this letter has.</summary>
public interface ILetterUrls
{
    string Unsubscribe { get; }

    string Preferences { get; }

    string Open { get; }

    string Link(int number);
}
