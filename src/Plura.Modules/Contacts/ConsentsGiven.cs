using Plura.Contacts.Data;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Contacts;

/// <summary>A permission that the account says it holds: from where, in which words, since when.</summary>
public sealed record ConsentGiven
{
    /// <summary>See <see cref="Channels"/>.</summary>
    public string? Channel { get; set; }

    public string? Topic { get; set; }

    public string? Source { get; set; }

    public string? Wording { get; set; }

    public DateOnly? Date { get; set; }
}

/// <summary>Brings attested permissions into the consent ledger, in the transaction that writes their contact.</summary>
public sealed class ConsentsGiven(IConsentLedger ledger, Actor actor, TimeProvider clock)
{
    public Refusal? Check(IReadOnlyList<ConsentGiven> consents, IReadOnlyList<ReadAddress> addresses)
    {
        foreach (var consent in consents)
        {
            if (Kind(consent.Channel) is not { } kind)
                return Refused("A permission is for e-mail or for text messages: give “email” or “sms” as its channel.");
            if (addresses.All(a => a.Kind != kind))
                return Refused(kind == ContactPoint.Email ? "There is no e-mail address that this permission could be for." : "There is no phone number that this permission could be for.");
            if (string.IsNullOrWhiteSpace(consent.Source))
                return Refused("Say where the permission comes from, for example “Trade fair 2026”.");
            if (string.IsNullOrWhiteSpace(consent.Wording))
                return Refused("Give the words that the person agreed to.");
            if (consent.Date is not { } date)
                return Refused("Give the day on which the person agreed.");
            if (date > DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime.AddDays(1)))
                return Refused("The day on which the person agreed lies in the future.");
            if (consent.Source.Length > 200 || consent.Wording.Length > 4000 || consent.Topic?.Length > 100)
                return Refused("A permission's source has at most 200 characters, its wording 4,000.");
        }

        return null;
    }

    /// <summary>Each permission is for every address of its channel that the contact has.</summary>
    public async Task Record(Guid contactId, IReadOnlyList<ConsentGiven> consents, IReadOnlyList<ReadAddress> addresses, CancellationToken ct)
    {
        foreach (var consent in consents)
        {
            foreach (var address in addresses.Where(a => a.Kind == Kind(consent.Channel)))
            {
                await ledger.Append(new ConsentEntry
                {
                    AddressKey = address.Key,
                    SubjectId = contactId,
                    Channel = consent.Channel!,
                    Topic = string.IsNullOrWhiteSpace(consent.Topic) ? Topics.All : consent.Topic.Trim(),
                    Act = ConsentActs.Attested,
                    How = actor.Kind is ActorKind.Token or ActorKind.App ? ConsentDoors.Api : ConsentDoors.Staff,
                    OccurredAt = new DateTimeOffset(consent.Date!.Value.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero),
                    Source = consent.Source!.Trim(),
                    Wording = consent.Wording!.Trim(),
                }, ct);
            }
        }
    }

    private static string? Kind(string? channel) => channel switch
    {
        Channels.Email => ContactPoint.Email,
        Channels.Sms => ContactPoint.Phone,
        _ => null,
    };

    private static Refusal Refused(string text) => Refusal.Invalid("contact.consent", text, "Consents");
}
