using System.Globalization;
using Plura.Privacy.Contracts;
using Plura.Ui;

namespace Plura.Contacts;

/// <summary>Permissions in plain sentences with their proof, the same on the list and on the contact's page.</summary>
public static class Permissions
{
    /// <summary>By what lists select.</summary>
    public static IReadOnlyList<Choice> Choices { get; } =
    [
        new(AddressPermissions.May, "Allowed"), new(AddressPermissions.Some, "Allowed for some topics"), new(AddressPermissions.Refused, "Unsubscribed or said no"),
        new(AddressPermissions.None, "Never allowed"), new(AddressPermissions.Blocked, "Blocked: came back, complaint or erased"),
    ];

    /// <summary>The few words for a list.</summary>
    public static string Short(IEnumerable<ConsentNow> rows)
    {
        var all = rows.Where(r => r.Channel == Channels.Email).ToList();
        if (all.Find(r => r.Suppressed is not null) is { } suppressed)
            return suppressed.Suppressed == SuppressionReasons.HardBounce ? "E-mail came back" : "Blocked";
        if (all.Find(r => r.Topic == Topics.All) is { } main)
            return (Agreed(main), Holds(main)) switch { (_, true) => "May get e-mail", (true, _) => "No permission", _ => "Unsubscribed" };
        return all.Exists(Holds) ? "May get some e-mail" : "No permission";
    }

    /// <summary>What holds for one channel of one address.</summary>
    public static (string Text, string Outcome, string? Proof) Sentence(string channel, IReadOnlyList<ConsentNow> rows)
    {
        var what = channel == Channels.Email ? "marketing e-mail" : "marketing text messages";
        if (rows.FirstOrDefault(r => r.Suppressed is not null) is { Suppressed: { } reason })
            return (Blocked(reason), "deny", null);
        if (rows.FirstOrDefault(r => r.Topic == Topics.All) is not { } main)
        {
            return rows.Where(Holds).Select(r => r.Topic).ToList() is { Count: > 0 } topics
                ? ($"May get {what} about {string.Join(", ", topics)}.", "allow", Proof(rows.First(Holds)))
                : ($"No permission for {what}. Nobody has recorded that this person agreed.", "deny", null);
        }

        var day = main.At.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
        return main.Act switch
        {
            _ when Agreed(main) && !Holds(main) => ($"No permission for {what} that you could show. It was noted that this person agreed on {day}, but not where or in which words.", "deny", null),
            ConsentActs.Granted => ($"May get {what}: agreed on {day} {Door(main.How)}.", "allow", Proof(main)),
            ConsentActs.Attested => ($"May get {what}: you stated that this person agreed on {day}.", "allow", Proof(main)),
            ConsentActs.Denied => ($"Gets no {what}: said no on {day} {Door(main.How)}.", "deny", null),
            _ => ($"Gets no {what}: unsubscribed on {day} {Door(main.How)}.", "deny", null),
        };
    }

    public static string Happened(ConsentRow row)
    {
        var what = (row.Channel == Channels.Email ? "e-mail" : "text messages") + (row.Topic == Topics.All ? "" : $" about {row.Topic}");
        return row.Act switch
        {
            ConsentActs.Granted => $"Agreed to {what} {Door(row.How)}",
            ConsentActs.Attested => $"{row.Actor} stated that this person agreed to {what}",
            ConsentActs.Denied => $"Said no to {what} {Door(row.How)}",
            ConsentActs.Withdrawn => $"Unsubscribed from {what} {Door(row.How)}",
            ConsentActs.Retracted when row.How == ConsentDoors.Text => $"Has the permission for {what} again that it had before a text ended it",
            ConsentActs.Retracted when row.How == ConsentDoors.Merge => $"Has the permission for {what} again that it had before two contacts became one",
            ConsentActs.Suppressed when row.How == ConsentDoors.Merge => $"Blocked for {what}, because another address of the same person was",
            _ => $"Permission for {what} changed {Door(row.How)}",
        };
    }

    public static string? Proof(ConsentRow row) =>
        Proof(row.Proof, row.Source) is { } proof && row.Wording is { Length: > 0 } wording ? $"{proof} “{wording}”" : Proof(row.Proof, row.Source);

    private static string? Proof(ConsentNow row) => Proof(row.Proof, row.Source);

    private static string? Proof(string level, string? source) => level switch
    {
        ProofLevels.Proven => $"Proof: recorded when it happened{From(source)}.",
        ProofLevels.Attested => $"Proof: your own statement{From(source)}.",
        _ => source is { Length: > 0 } ? $"From: {source}." : null,
    };

    private static string From(string? source) => source is { Length: > 0 } ? $" ({source})" : "";

    private static bool Agreed(ConsentNow row) => row.Act is ConsentActs.Granted or ConsentActs.Attested;

    /// <summary>The gate's own measure: a permission of which nobody can say where it comes from is none.</summary>
    private static bool Holds(ConsentNow row) => Agreed(row) && row.Proof != ProofLevels.None;

    private static string Door(string how) => how switch
    {
        ConsentDoors.Form => "on a form",
        ConsentDoors.DoubleOptIn => "by the link in a confirmation mail",
        ConsentDoors.OneClick => "by the unsubscribe button of the mail program",
        ConsentDoors.UnsubscribePage => "by the link in a message",
        ConsentDoors.PreferencePage => "on the preference page",
        ConsentDoors.Import => "by an import",
        ConsentDoors.Api => "through the API",
        ConsentDoors.Staff => "by your own note",
        ConsentDoors.Text => "by text message",
        ConsentDoors.Provider => "on word of their mailbox or phone provider",
        ConsentDoors.Merge => "at another address, and two contacts became one",
        _ => "",
    };

    private static string Blocked(string reason) => reason switch
    {
        SuppressionReasons.HardBounce => "Gets nothing: mail to this address came back for good.",
        SuppressionReasons.Complaint => "Gets nothing: this person reported a message as spam.",
        SuppressionReasons.Erased => "Gets nothing: this person asked to be erased.",
        _ => "Gets nothing: this address is blocked.",
    };
}
