using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Plura.Automations.Contracts;
using Plura.Contacts.Contracts;
using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>Sets one of the account's own fields, counts a number on, or writes down a day counted from today.</summary>
internal sealed class SetFieldStep(PluraDb db, FieldBook fields, BulkField bulk, LiveContacts live, TaskPlans plans) : IStep
{
    private const string Set = "set";
    private const string Add = "add";
    private const string Today = "today";

    public StepKind Kind { get; } = new("set_field", "Set a field", "forms", "Contacts")
    {
        Fields =
        [
            new("field", "Which field", StepFields.Thing) { Things = OwnFieldThings.Word },
            new("how", "What with it", StepFields.Choice) { Choices = [(Set, "Set it to a value"), (Add, "Add to its number"), (Today, "Set it to a day, counted from today")] },
            new("value", "Value", StepFields.Text) { Optional = true, Hint = "As you would write it on a contact; left empty, the field is emptied. To add: a number, also a negative one. For a day: how many days from today, 0 for today." },
        ],
    };

    public async Task<string?> Problem(JsonObject settings, CancellationToken ct)
    {
        if (await Field(settings, ct) is not { } field)
            return "Choose one of your fields.";
        return How(settings) switch
        {
            Add when field.Kind != CustomField.Number => $"“{field.Label}” is no number, so nothing can be added to it.",
            Add when Number(settings) is null => "Say what to add: a number.",
            Today when field.Kind != CustomField.Date => $"“{field.Label}” is no date.",
            Today when Days(settings) is null => "Say how many days from today, 0 for today.",
            Set when (await Read(field, Value(settings), ct)).Refusal is { } refusal => refusal.Text,
            _ => null,
        };
    }

    public string Say(JsonObject settings, ThingNames names)
    {
        var field = names.Of(OwnFieldThings.Word, settings["field"]);
        return How(settings) switch
        {
            Add => $"Add {Value(settings)} to {field}",
            Today => Days(settings) is 0 ? $"Set {field} to today" : $"Set {field} to {Value(settings)} days from today",
            _ => Value(settings).Length == 0 ? $"Empty {field}" : $"Set {field} to “{Value(settings)}”",
        };
    }

    public async Task<IReadOnlyList<StepDone>> Run(StepBatch batch, CancellationToken ct)
    {
        if (await Field(batch.Settings, ct) is not { } field)
            return [.. batch.Runs.Select(r => new StepDone(r.RunId, "field_gone"))];
        Guid[] contacts = [.. batch.Runs.Select(r => r.ContactId).Distinct().Order()];
        var changed = new HashSet<Guid>();
        foreach (var (value, whose) in await Values(field, batch, contacts, ct))
            changed.UnionWith((await bulk.Put(new BulkValue(Field: field.Key, FieldLabel: field.Label, Text: value), whose, ct)).Select(c => c.ContactId));
        if (changed.Count > 0)
            await live.Changed(ct);
        return [.. batch.Runs.Select(r => new StepDone(r.RunId, changed.Contains(r.ContactId) ? "done" : "was_so"))];
    }

    /// <summary>Which value each gets: one for all, or one for each number that they have now.</summary>
    private async Task<IEnumerable<(string Value, Guid[] Contacts)>> Values(CustomField field, StepBatch batch, Guid[] contacts, CancellationToken ct)
    {
        if (How(batch.Settings) == Today)
            return [(LocalTimes.Day(batch.Now, await plans.Zone(ct)).AddDays(Days(batch.Settings) ?? 0).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), contacts)];
        if (How(batch.Settings) == Set)
            return [((await Read(field, Value(batch.Settings), ct)).Value, contacts)];
        // Held, so that nobody counts on from the same number.
        var now = await db.Database.SqlQuery<Counted>($"""
            select c.id, coalesce(c.fields ->> {field.Key}, '') as value from contacts.contact c where c.tenant_id = {db.Tenant.Id} and c.id = any({contacts}) order by c.id for update
            """).ToListAsync(ct);
        var more = Number(batch.Settings) ?? 0;
        return now.GroupBy(c => c.Value, StringComparer.Ordinal)
            .Select(g => ((decimal.TryParse(g.Key, NumberStyles.Number, CultureInfo.InvariantCulture, out var old) ? old + more : more).ToString(CultureInfo.InvariantCulture), g.Select(c => c.Id).ToArray()));
    }

    private async Task<Result<string>> Read(CustomField field, string value, CancellationToken ct)
    {
        var read = await fields.Read(CustomField.OnContacts, new Dictionary<string, string>(StringComparer.Ordinal) { [field.Key] = value }, Needed.WhatIsNamed, ct);
        return read.Refusal is { } refusal ? refusal : read.Value[field.Key];
    }

    private async Task<CustomField?> Field(JsonObject settings, CancellationToken ct) =>
        Guid.TryParse(settings["field"]?.ToString(), out var id) ? (await fields.All(ct)).FirstOrDefault(f => f.Id == id && f is { IsUnique: false, IsFile: false }) : null;

    private static string How(JsonObject settings) => settings["how"]?.ToString() is Add or Today ? settings["how"]!.ToString() : Set;

    private static string Value(JsonObject settings) => settings["value"]?.ToString().Trim() ?? "";

    private static decimal? Number(JsonObject settings) => decimal.TryParse(Value(settings), NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static int? Days(JsonObject settings) => int.TryParse(Value(settings), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var days) && Math.Abs(days) <= 36_500 ? days : null;

    private sealed record Counted(Guid Id, string Value);
}

/// <summary>The account's own fields of contacts that can be set for many.</summary>
internal sealed class OwnFieldThings(FieldBook fields) : IThings
{
    public const string Word = "own_field";

    public string Kind => Word;

    public async Task<IReadOnlyList<Thing>> All(CancellationToken ct) => [.. (await fields.All(ct)).Where(f => f is { IsUnique: false, IsFile: false }).Select(f => new Thing(f.Id, f.Label))];
}
