using Microsoft.EntityFrameworkCore;
using Npgsql;
using Plura.Contacts.Contracts;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Campaigns;

/// <summary>Who of the demo's customers agreed, how, and with what proof; who took it back; whose address is blocked.</summary>
internal sealed class DemoPermissions(PluraDb db, IConsentLedger ledger, ISuppression suppression, TimeProvider clock)
{
    public enum Door
    {
        Till,
        Form,
        DoubleOptIn,
        None,
    }

    private static readonly Guid TillList = new("018f0000-0000-7000-8000-00000000d3a0");

    /// <summary>Of twenty: fourteen by the till's list, two by the form, two confirmed by mail, two not at all.</summary>
    public static Door DoorOf(int number) => (number % 20) switch
    {
        < 14 => Door.Till,
        14 or 15 => Door.Form,
        16 or 17 => Door.DoubleOptIn,
        _ => Door.None,
    };

    public async Task Grant(IReadOnlyList<(int Number, Guid Contact, ContactAddress Address)> people, string form, string wording, CancellationToken ct)
    {
        // A telling that was cut off and is told again finds them already there.
        if ((await ledger.Now([.. people.Take(40).Select(p => p.Address.AddressKey)], ct)).Count > 0)
            return;
        await Attest([.. people.Where(p => DoorOf(p.Number) == Door.Till)], ct);
        foreach (var (number, contact, address) in people)
        {
            var at = clock.GetUtcNow().AddDays(-20 - (number % 400));
            if (DoorOf(number) is Door.Form or Door.DoubleOptIn)
                await ledger.Append(Entry(contact, address, ConsentActs.Granted, DoorOf(number) == Door.Form ? ConsentDoors.Form : ConsentDoors.DoubleOptIn, at, form, wording), ct);
            if (number % 23 == 3)
                await ledger.Append(Entry(contact, address, ConsentActs.Withdrawn, ConsentDoors.UnsubscribePage, clock.GetUtcNow().AddDays(-3 - (number % 15)), null, null), ct);
            if (number % 211 == 5)
                await suppression.Add(address.AddressKey, Channels.Email, SuppressionReasons.Complaint, "Reported by the reader's mail provider", ct);
            if (number % 307 == 9)
                await suppression.Add(address.AddressKey, Channels.Email, SuppressionReasons.Blocked, "Asked by telephone", ct);
        }
    }

    private async Task Attest(IReadOnlyList<(int Number, Guid Contact, ContactAddress Address)> people, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var connection = (NpgsqlConnection)db.Database.GetDbConnection();
        await using (var fill = new NpgsqlCommand(
            """
            create temporary table consent_members (address_key uuid, contact_id uuid) on commit drop;
            insert into consent_members select * from unnest(@keys, @contacts);
            """, connection))
        {
            fill.Parameters.AddWithValue("keys", people.Select(p => p.Address.AddressKey).ToArray());
            fill.Parameters.AddWithValue("contacts", people.Select(p => p.Contact).ToArray());
            await fill.ExecuteNonQueryAsync(ct);
        }

        var day = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime).AddMonths(-8);
        await ledger.Attest(connection, new ConsentAttestation(TillList, Channels.Email, Topics.All, ConsentDoors.Import, "Customer list of the till", "May we send you news and offers by e-mail?", day), ct);
        await transaction.CommitAsync(ct);
    }

    private static ConsentEntry Entry(Guid contact, ContactAddress address, string act, string how, DateTimeOffset at, string? source, string? wording) => new()
    {
        AddressKey = address.AddressKey,
        SubjectId = contact,
        Channel = Channels.Email,
        Act = act,
        How = how,
        OccurredAt = at,
        Source = source,
        Wording = wording,
        Proof = new Dictionary<string, string>(StringComparer.Ordinal) { ["ip"] = "192.0.2.10", ["user_agent"] = "Mozilla/5.0 (iPhone) Safari/604.1", ["page"] = "https://kettle-and-chain.example/" },
    };
}
