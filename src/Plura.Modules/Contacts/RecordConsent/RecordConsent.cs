using System.ComponentModel.DataAnnotations;
using Plura.Contacts.Contracts;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Contacts;

/// <summary>Notes what a person told you themselves: that they agree to get messages, or that they want no more.</summary>
public sealed record RecordConsent
{
    public Guid Id { get; set; }

    [Required(ErrorMessage = "Choose e-mail or text messages."), RegularExpression("email|sms", ErrorMessage = "Choose e-mail or text messages.")]
    public string Channel { get; set; } = Channels.Email;

    /// <summary>True where they agreed; false where they want no more.</summary>
    public bool Agreed { get; set; } = true;

    [Required(ErrorMessage = "Say how they told you, for example “by phone”."), StringLength(200, ErrorMessage = "Use at most 200 characters.")]
    public string Source { get; set; } = "";

    [StringLength(4000, ErrorMessage = "Use at most 4,000 characters.")]
    public string? Wording { get; set; }

    [Required(ErrorMessage = "Give the day on which they told you.")]
    public DateOnly? Date { get; set; }
}

public sealed class RecordConsentHandler(PluraDb db, IContactDirectory directory, IConsentLedger ledger, IAudit audit, TimeProvider clock)
{
    public async Task<Result> Handle(RecordConsent command, CancellationToken ct)
    {
        if (command.Invalid() is { } invalid)
            return invalid;
        if (command.Agreed && command.Wording is null)
            return Refusal.Invalid("contact.consent", "Write down what they agreed to, in the words that were used.", nameof(command.Wording));
        if (command.Date > DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime.AddDays(1)))
            return Refusal.Invalid("contact.consent", "This day lies in the future.", nameof(command.Date));

        var addresses = (await directory.Addresses(command.Id, ct)).Where(a => a.Channel == command.Channel).ToList();
        if (addresses.Count == 0)
            return (await directory.Cards([command.Id], ct)).Count == 0
                ? ReadContact.Missing
                : Refusal.Invalid("contact.consent", command.Channel == Channels.Email ? "This contact has no e-mail address yet." : "This contact has no phone number yet.", nameof(command.Channel));
        var keys = addresses.ConvertAll(a => a.AddressKey);
        if (command.Agreed && (await ledger.Now(keys, ct)).Any(n => n.Channel == command.Channel && n.Act is ConsentActs.Withdrawn or ConsentActs.Denied && n.How != ConsentDoors.Staff))
            return Refusal.NotConsented("contact.opted_out", "This person unsubscribed themselves. Only they can change that, by a form or on their preference page.");

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        foreach (var key in keys)
        {
            await ledger.Append(new ConsentEntry
            {
                AddressKey = key,
                SubjectId = command.Id,
                Channel = command.Channel,
                Act = command.Agreed ? ConsentActs.Attested : ConsentActs.Withdrawn,
                How = ConsentDoors.Staff,
                OccurredAt = new DateTimeOffset(command.Date!.Value.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero),
                Source = command.Source,
                Wording = command.Wording,
            }, ct);
        }

        audit.Note("contacts.record_consent", command.Id, new Dictionary<string, string>(StringComparer.Ordinal) { ["channel"] = command.Channel, ["agreed"] = command.Agreed ? "yes" : "no" });
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return Result.Done;
    }
}
