using Plura.Contacts.Data;
using Plura.Platform;

namespace Plura.Contacts;

/// <summary>The fields of which one can be chosen when two contacts become one. All addresses come along; of each kind one is chosen to be the main one.</summary>
public static class MergeFields
{
    public const string Prefix = "fields.";

    private static readonly (string Key, string Label, Func<ContactView, string> Read)[] Plain =
    [
        ("firstName", "First name", c => c.FirstName),
        ("lastName", "Last name", c => c.LastName),
        ("company", "Company", c => c.Company),
        ("email", "Main e-mail", c => c.Email ?? ""),
        ("phone", "Main phone", c => c.Phone ?? ""),
        ("address", "Address", c => Place(c).ToString()),
        ("dateOfBirth", "Date of birth", c => c.DateOfBirth?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture) ?? ""),
        ("timeZone", "Time zone", c => c.TimeZone),
        ("assignee", "Who looks after them", c => c.Assignee?.ToString() ?? ""),
        ("source", "Source", c => c.Source),
        ("externalId", "Id in another system", c => c.ExternalId ?? ""),
    ];

    public static IEnumerable<(string Key, string Label)> Labels => Plain.Select(p => (p.Key, p.Label));

    /// <summary>The value as it is stored; empty where there is none.</summary>
    public static string Value(ContactView contact, string key) =>
        key.StartsWith(Prefix, StringComparison.Ordinal) ? contact.Fields.GetValueOrDefault(key[Prefix.Length..], "") : Array.Find(Plain, p => p.Key == key).Read(contact);

    /// <summary>Whose value stays: the chosen one's, else that of the one that stays, else the other's.</summary>
    public static Guid Of(MergeContacts command, string key, bool winnerHasOne) =>
        command.Values.TryGetValue(key, out var chosen) ? chosen : winnerHasOne ? command.Id : command.Other;

    public static Refusal? Check(MergeContacts command, IReadOnlyList<ContactView> views)
    {
        Refusal? wrong = null;
        foreach (var (key, chosen) in command.Values)
        {
            var known = key.StartsWith(Prefix, StringComparison.Ordinal) ? views.Any(v => v.Fields.ContainsKey(key[Prefix.Length..])) : Array.Exists(Plain, p => p.Key == key);
            if (!known)
                wrong = Refusal.Together(wrong, Refusal.Invalid("merge.field", $"There is no field “{key}” to choose.", $"Values.{key}"));
            else if (chosen != command.Id && chosen != command.Other)
                wrong = Refusal.Together(wrong, Refusal.Invalid("merge.choice", "Choose the value of one of the two contacts.", $"Values.{key}"));
        }

        if (wrong is not null)
            return wrong;
        foreach (var addresses in (IEnumerable<AddressView>[])[views.SelectMany(v => v.Emails), views.SelectMany(v => v.Phones)])
        {
            if (addresses.DistinctBy(a => a.Normal).Count() > AddressReader.MostAddresses)
                return Refusal.Limit("merge.addresses", $"Together they have more than {AddressReader.MostAddresses} addresses of one kind, and a contact holds no more. Delete some that are not used, then merge.");
        }

        return null;
    }

    /// <summary>The contact points that are the main ones afterwards.</summary>
    public static IEnumerable<Guid> MainAddresses(MergeContacts command, IReadOnlyList<ContactView> views)
    {
        var (winner, loser) = (views[0], views[1]);
        foreach (var (key, mine, theirs) in ((string, IReadOnlyList<AddressView>, IReadOnlyList<AddressView>)[])[("email", winner.Emails, loser.Emails), ("phone", winner.Phones, loser.Phones)])
        {
            var from = Of(command, key, mine.Count > 0) == command.Id ? mine : theirs;
            if ((from.Count > 0 ? from : mine.Count > 0 ? mine : theirs) is [var main, ..])
                yield return main.Id;
        }
    }

    private static PostalPlace Place(ContactView c) => new(c.Street, c.PostalCode, c.City, c.Region, c.Country);
}

/// <summary>Brings the chosen values to the one that stays.</summary>
internal sealed class MergeChoice(MergeContacts command, Contact winner, Contact loser)
{
    public void Apply()
    {
        winner.Rename(Pick("firstName", c => c.FirstName), Pick("lastName", c => c.LastName));
        var employer = Whose("company", winner.Company.Length > 0);
        winner.WorkFor(employer.CompanyId, employer.Company);
        winner.BornOn(Whose("dateOfBirth", winner.DateOfBirth is not null).DateOfBirth);
        winner.Live(Whose("address", winner.Place().ToString().Length > 0).Place(), Pick("timeZone", c => c.TimeZone));
        winner.Assign(Whose("assignee", winner.AssigneeId is not null).AssigneeId);
        winner.ComeFrom(Pick("source", c => c.Source));
        winner.KnownAs(Whose("externalId", winner.ExternalId is not null).ExternalId);
        // The stricter of the two: whoever is known to be under age gets no marketing.
        winner.MarkMinor(winner.Minor || loser.Minor);
        winner.Fill(winner.Fields.Keys.Union(loser.Fields.Keys).ToDictionary(
            key => key,
            key => Whose(MergeFields.Prefix + key, winner.Fields.ContainsKey(key)).Fields.GetValueOrDefault(key, ""),
            StringComparer.Ordinal));
    }

    private string Pick(string key, Func<Contact, string> read) => read(Whose(key, read(winner).Length > 0));

    private Contact Whose(string key, bool winnerHasOne) => MergeFields.Of(command, key, winnerHasOne) == winner.Id ? winner : loser;
}
