using Microsoft.EntityFrameworkCore;
using Npgsql;
using Plura.Accounts.Contracts;
using Plura.Contacts.Contracts;
using Plura.Messaging.Contracts;
using Plura.Platform;
using Plura.Privacy.Contracts;

namespace Plura.Messaging;

/// <summary>Asks the gate about a whole audience before anything is planned: the same rules, nothing stored.</summary>
public sealed class Forecasting(PluraDb db, IGate gate, IAccountDirectory accounts, IEnumerable<IEmailTransport> transports)
{
    private const int MostExamples = 50;

    public async Task<SendForecast> Forecast(LetterContent content, AudienceSql audience, CancellationToken ct)
    {
        var account = await accounts.Account(db.Tenant.Id, ct);
        var transport = transports.FirstOrDefault()?.Name;
        await db.Database.OpenConnectionAsync(ct);
        try
        {
            var connection = (NpgsqlConnection)db.Database.GetDbConnection();
            var people = await Read(connection, audience, ct);
            var withheld = new Dictionary<string, int>(StringComparer.Ordinal);
            var examples = new List<SendForecastLine>();
            var (putOff, last) = (0, (DateTimeOffset?)null);
            // Nothing is stored: the contact's own id tells the answers apart.
            var questions = people.Select(p => new GateQuestion
            {
                SendId = p.Contact,
                ContactId = p.Contact,
                AddressKey = p.AddressKey,
                Channel = Channels.Email,
                Category = content.Category,
                Topic = content.Topic,
                Minor = p.Minor,
                AccountSuspended = account?.Suspended ?? true,
                AccountHeld = account?.Held ?? false,
                Transport = transport,
                HasPostalAddress = !string.IsNullOrWhiteSpace(account?.PostalAddress),
            });
            await foreach (var decision in gate.Preview(connection, questions, ct))
            {
                if (decision.Outcome == GateDecision.Defer)
                    (putOff, last) = (putOff + 1, last > decision.DeferUntil ? last : decision.DeferUntil);
                if (decision.Outcome != GateDecision.Deny || decision.Decisive?.Rule is not { } rule)
                    continue;
                withheld[rule] = withheld.GetValueOrDefault(rule) + 1;
                if (examples.Count < MostExamples)
                    examples.Add(new SendForecastLine(decision.SendId, rule));
            }

            return new SendForecast(people.Count, people.Count - withheld.Values.Sum(), withheld, examples) { PutOff = putOff, LastAt = last };
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private static async Task<List<(Guid Contact, Guid AddressKey, bool Minor)>> Read(NpgsqlConnection connection, AudienceSql audience, CancellationToken ct)
    {
        await using var command = new NpgsqlCommand($"select a.contact_id, a.address_key, a.minor from ({audience.Sql}) a", connection) { CommandTimeout = 120 };
        foreach (var parameter in audience.Parameters)
            command.Parameters.Add(parameter.Clone());
        var people = new List<(Guid, Guid, bool)>();
        await using var reader = await command.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
            people.Add((reader.GetGuid(0), reader.GetGuid(1), reader.GetBoolean(2)));
        return people;
    }
}
