using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Plura.Platform;
using Plura.Privacy.Contracts;
using Plura.Ui;

namespace Plura.Contacts;

public sealed partial class MergeContactsPage(ReadContact contacts, FieldBook fieldBook, Assignees assignees, IConsentMerge consents, MovedContacts moved, MergeContactsHandler handler, Flash flash, NavigationManager navigation) : ComponentBase
{
    private IReadOnlyList<ContactView> both = [];
    private List<MergeRow> rows = [];
    private IReadOnlyList<string> permissions = [];
    private Guid stay;
    private Refusal? refusal;

    [Parameter] public string Account { get; set; } = "";

    [Parameter] public Guid Id { get; set; }

    [Parameter] public Guid Other { get; set; }

    [CascadingParameter] private HttpContext Http { get; set; } = null!;

    private string Root => $"/a/{Account}/contacts";

    private List<string> Addresses => [.. both.SelectMany(c => c.Emails.Concat(c.Phones)).Select(a => a.Normal).Distinct(StringComparer.Ordinal)];

    private List<string> Tags => [.. both.SelectMany(c => c.Tags).Distinct(StringComparer.Ordinal).Order(StringComparer.CurrentCultureIgnoreCase)];

    protected override async Task OnInitializedAsync()
    {
        var ct = Http.RequestAborted;
        both = Id == Other ? [] : await contacts.Many([Id, Other], ct);
        if (both.Count < 2)
        {
            // Merged a moment ago in another window, or the button was pressed twice.
            if (HttpMethods.IsGet(Http.Request.Method) && await moved.Of(both is [var left] && left.Id == Id ? Other : Id, ct) is { } there && both.Any(c => c.Id == there))
                navigation.NavigateTo($"{Root}/{there}");
            else
                Http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var form = HttpMethods.IsPost(Http.Request.Method) && Http.Request.HasFormContentType ? Http.Request.Form : null;
        // The one of which more is known; of two alike the older one, to which more links lead.
        stay = Guid.TryParse(form?["Stay"], out var wanted) && both.Any(c => c.Id == wanted) ? wanted : both.OrderByDescending(Known).ThenBy(c => c.Id).First().Id;
        var people = await assignees.Everybody(ct);
        var fields = await fieldBook.All(ct);
        var keys = MergeFields.Labels.Concat(fields.Select(f => (Key: MergeFields.Prefix + f.Key, f.Label)));
        foreach (var (key, label) in keys)
        {
            var values = both.ToDictionary(c => c.Id, c => Shown(key, MergeFields.Value(c, key)));
            if (values.Values.All(v => v.Length == 0))
                continue;
            var chosen = Guid.TryParse(form?[$"Values.{key}"], out var pick) && values.ContainsKey(pick) ? pick
                : values[stay].Length > 0 ? stay : values.First(v => v.Value.Length > 0).Key;
            rows.Add(new MergeRow(key, label, values, chosen));
        }

        var names = both.SelectMany(c => c.Emails.Concat(c.Phones)).DistinctBy(a => a.Key).ToDictionary(a => a.Key, a => a.Normal);
        permissions = [.. (await consents.Ask(MergeRows.Addresses(both), ct)).GroupBy(s => (s.From, s.Channel, s.Topic, s.Act)).Select(s => MergeWords.Of(s.First(), names[s.Key.From], [.. s.Select(to => names[to.To])]))];

        string Shown(string key, string value) =>
            value.Length == 0 ? ""
            : key == "assignee" ? people.FirstOrDefault(p => p.Id.ToString() == value)?.Name ?? "Somebody who left"
            : key == "dateOfBirth" ? Say.Day(DateOnly.Parse(value, CultureInfo.InvariantCulture))
            : key.StartsWith(MergeFields.Prefix, StringComparison.Ordinal) && fields.FirstOrDefault(f => MergeFields.Prefix + f.Key == key) is { } field ? FieldValues.Shown(field, value)
            : value;
    }

    private async Task Merge()
    {
        if (both.Count < 2)
            return;
        var form = Http.Request.Form;
        if (!string.Equals(form["Stay"], stay.ToString(), StringComparison.OrdinalIgnoreCase))
        {
            refusal = Refusal.Invalid("merge.stay", "Choose which of the two stays.");
            return;
        }

        var goes = both.Single(c => c.Id != stay);
        var merged = await handler.Handle(
            new MergeContacts
            {
                Id = stay,
                Other = goes.Id,
                Seen = Seen(stay),
                OtherSeen = Seen(goes.Id),
                Values = rows.Where(r => r.Differs).ToDictionary(r => r.Key, r => r.Chosen, StringComparer.Ordinal),
            }, Http.RequestAborted);
        refusal = merged.Refusal;
        if (!merged.Ok)
            return;
        var stays = both.Single(c => c.Id == stay);
        flash.Say(goes.Name == stays.Name ? $"Both entries of {goes.Name} are one contact now." : $"{goes.Name} and {stays.Name} are one contact now.", undo: $"{Root}/merges/{merged.Value}/undo");
        navigation.NavigateTo($"{Root}/{stay}");

        long? Seen(Guid id) => long.TryParse(form[$"Seen-{id}"], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks) ? ticks : null;
    }

    private static int Known(ContactView contact) =>
        MergeFields.Labels.Count(f => MergeFields.Value(contact, f.Key).Length > 0) + contact.Fields.Count + contact.Tags.Count + contact.Emails.Count + contact.Phones.Count;
}

/// <summary>One field of the two, side by side.</summary>
public sealed record MergeRow(string Key, string Label, IReadOnlyDictionary<Guid, string> Values, Guid Chosen)
{
    public bool Differs => Values.Values.Distinct(StringComparer.Ordinal).Count() > 1;

    public string Of(Guid contact) => Values[contact];
}

/// <summary>What a merge does to permissions, as sentences.</summary>
public static class MergeWords
{
    public static string Of(ConsentSpread spread, string from, IReadOnlyList<string> to)
    {
        var what = (spread.Channel == Channels.Email ? "marketing e-mail" : "marketing text messages") + (spread.Topic == Topics.All ? "" : $" about {spread.Topic}");
        var why = spread.Act switch
        {
            ConsentActs.Withdrawn => $"{from} unsubscribed from {what}",
            ConsentActs.Denied => $"{from} said no to {what}",
            _ => spread.Reason switch
            {
                SuppressionReasons.Complaint => $"{from} reported a message as spam",
                SuppressionReasons.Erased => $"{from} asked to be erased",
                _ => $"{from} is blocked",
            },
        };
        return $"{why}: afterwards that holds for {string.Join(" and ", to)} too.";
    }
}
